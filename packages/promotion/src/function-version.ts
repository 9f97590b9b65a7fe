import { setTimeout } from 'node:timers/promises';
import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  paginateListVersionsByFunction,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Manifest } from '@chorus/registry/manifest';
import { modelKey, parseModelKey } from '@chorus/registry/manifest';
import { codeOf } from '@chorus/registry/s3';
import { NotDeployedError, NotReadyError } from './errors.ts';
import { changedMeanwhile, isConflict } from './live-alias.ts';
import { type Ask, load, prove } from './prove.ts';
import type { PromotionTarget, ServedVersion } from './target.ts';

type Environment = Readonly<Record<string, string>>;

/** `$LATEST` or a version of a model's function, as far as promotions care. */
export interface ConfiguredFunction {
  readonly functionVersion: string;
  /** All its environment variables. */
  readonly environment: Environment;
  readonly revisionId: string | undefined;
  readonly codeSha256: string | undefined;
  /** `InProgress`, `Successful` or `Failed`. */
  readonly updateStatus: string | undefined;
  /** Why the last update failed. */
  readonly updateReason: string | undefined;
}

/** How long an update of a function's configuration may take, in milliseconds; AWS needs seconds. */
const updateTimeoutMs = 120_000;

function configured(answer: FunctionConfiguration): ConfiguredFunction {
  return {
    functionVersion: answer.Version ?? '',
    environment: answer.Environment?.Variables ?? {},
    revisionId: answer.RevisionId,
    codeSha256: answer.CodeSha256,
    updateStatus: answer.LastUpdateStatus,
    updateReason: answer.LastUpdateStatusReason,
  };
}

/**
 * Reads a function.
 *
 * @param qualifier a version or an alias. @default `$LATEST`
 * @throws {NotDeployedError} if there is no such function or version of it
 */
export async function readFunction(
  { lambda, functionName }: PromotionTarget,
  qualifier?: string,
): Promise<ConfiguredFunction> {
  try {
    const answer = await lambda.send(
      new GetFunctionConfigurationCommand({
        FunctionName: functionName,
        ...(qualifier !== undefined && { Qualifier: qualifier }),
      }),
    );
    return configured(answer);
  } catch (cause) {
    if (codeOf(cause) !== 'ResourceNotFoundException') throw cause;
    const what = qualifier === undefined ? 'function' : `version ${qualifier} of the function`;
    throw new NotDeployedError(`There is no ${what} ${functionName}: deploy it first`, { cause });
  }
}

/** The version that MODEL_KEY names; undefined when it names none. @throws {ModelKeyError} when it names nonsense */
export function modelVersionIn(environment: Environment): string | undefined {
  const key = environment['MODEL_KEY'];
  return key === undefined || key === '' ? undefined : parseModelKey(key).version;
}

/** Lists every published version of the function that serves a version of the model, newest first. */
export async function listServedVersions({
  lambda,
  functionName,
}: PromotionTarget): Promise<ServedVersion[]> {
  const served: ServedVersion[] = [];
  const pages = paginateListVersionsByFunction({ client: lambda }, { FunctionName: functionName });
  for await (const { Versions = [] } of pages)
    for (const { Version = '', Environment } of Versions) {
      const version = modelVersionIn(Environment?.Variables ?? {});
      if (version !== undefined && Version !== '$LATEST')
        served.push({ version, functionVersion: Version });
    }
  return served.sort((one, other) => Number(other.functionVersion) - Number(one.functionVersion));
}

/**
 * Says what is served, in other words than a stack of ours does: Lambda publishes no version of a function that has not
 * changed, and so a deployment after a promotion would fail where it means to publish one.
 */
function descriptionOf(model: string, environment: Environment): string {
  return `${model} as promoted: ${environment['MODEL_KEY'] ?? 'no weights'}`;
}

/**
 * Replaces the environment of `$LATEST`, if it is still as it was read, and waits until Lambda is through.
 *
 * @throws {ChangedMeanwhileError} if another process changed it
 * @throws {NotReadyError} if the update failed or takes too long
 */
async function configureLatest(
  target: PromotionTarget,
  before: ConfiguredFunction,
  environment: Environment,
): Promise<ConfiguredFunction> {
  const { lambda, functionName, model } = target;
  try {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: functionName,
        Environment: { Variables: { ...environment } },
        Description: descriptionOf(model, environment),
        ...(before.revisionId !== undefined && { RevisionId: before.revisionId }),
      }),
    );
  } catch (cause) {
    throw isConflict(cause) ? changedMeanwhile(model, cause) : cause;
  }
  const settled = await waitForUpdate(target);
  if (settled.environment['MODEL_KEY'] !== environment['MODEL_KEY']) throw changedMeanwhile(model);
  if (settled.updateStatus === 'Failed')
    throw new NotReadyError(
      `the update failed: ${settled.updateReason ?? 'Lambda does not say why'}`,
    );
  return settled;
}

async function waitForUpdate(target: PromotionTarget): Promise<ConfiguredFunction> {
  const deadline = performance.now() + updateTimeoutMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    const current = await readFunction(target);
    if (current.updateStatus !== 'InProgress') return current;
    if (performance.now() > deadline)
      throw new NotReadyError(
        `${target.functionName} is still updating after ${updateTimeoutMs / 1000} s: look at it in the AWS console`,
      );
    await setTimeout(pauseMs);
  }
}

/**
 * Makes a version of the function that serves a version of the model, and has it load the weights and answer a
 * request. No caller's request goes there yet.
 *
 * @throws {NotReadyError} if it does not; `$LATEST` is then as it was before
 * @throws {ChangedMeanwhileError} if another process changes the function at the same time
 */
export async function publishReady(
  target: PromotionTarget,
  manifest: Manifest,
): Promise<ServedVersion> {
  const { version, file } = manifest;
  const before = await readFunction(target);
  const environment = {
    ...before.environment,
    MODEL_KEY: modelKey(target.model, version),
    MODEL_SHA256: file.sha256,
  };
  try {
    const latest = await configureLatest(target, before, environment);
    const functionVersion = await publish(target, latest);
    await proveVersion(target, manifest, functionVersion);
    return { version, functionVersion };
  } catch (cause) {
    if (!(cause instanceof NotReadyError)) throw cause;
    const restored = await restoreLatest(target, before.environment);
    throw new NotReadyError(
      `${target.model} ${version} did not get ready: ${cause.message}${restored}`,
      { cause },
    );
  }
}

/** @param latest the configuration that is to be published and no other */
async function publish(
  { lambda, functionName, model }: PromotionTarget,
  { revisionId, codeSha256 }: ConfiguredFunction,
): Promise<string> {
  try {
    const { Version = '' } = await lambda.send(
      new PublishVersionCommand({
        FunctionName: functionName,
        ...(revisionId !== undefined && { RevisionId: revisionId }),
        ...(codeSha256 !== undefined && { CodeSha256: codeSha256 }),
      }),
    );
    return Version;
  } catch (cause) {
    throw isConflict(cause) ? changedMeanwhile(model, cause) : cause;
  }
}

/**
 * Gives `$LATEST` an environment back, so that it says what is live. Not worth failing for: no caller invokes it.
 *
 * @returns what to say about it: nothing when it went well
 */
export async function restoreLatest(
  target: PromotionTarget,
  environment: Environment,
): Promise<string> {
  try {
    const current = await readFunction(target);
    if (current.environment['MODEL_KEY'] !== environment['MODEL_KEY'])
      await configureLatest(target, current, environment);
    return '';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return ` ($LATEST could not be set back, which nobody is served by: ${why})`;
  }
}

/** Invokes a version of the function by its number, which no caller does. */
function askOf({ lambda, functionName }: PromotionTarget, functionVersion: string): Ask {
  return async (event) => {
    const { Payload = [], FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        Qualifier: functionVersion,
        Payload: Buffer.from(event),
      }),
    );
    return { text: Buffer.from(Payload).toString(), isError: FunctionError !== undefined };
  };
}

/** Has a version of the function load its weights. @throws {NotReadyError} */
export function warm(target: PromotionTarget, served: ServedVersion): Promise<void> {
  return load(askOf(target, served.functionVersion), served);
}

/** Has a version of the function load its weights and answer a request. @throws {NotReadyError} */
export function proveVersion(
  target: PromotionTarget,
  manifest: Manifest,
  functionVersion: string,
): Promise<void> {
  return prove(askOf(target, functionVersion), manifest, target.examples);
}
