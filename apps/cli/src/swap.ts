import { setTimeout } from 'node:timers/promises';
import { modelKey } from '@chorus/registry';
import type { Cloud } from './cloud.ts';
import { CliError, isCausedBy } from './errors.ts';
import { type LiveFunction, liveVersion, readFunction } from './live.ts';

/** What a swap did. */
export interface Swap {
  readonly model: string;
  /** The version that was live before; null when none was. */
  readonly from: string | null;
  /** The version that answered. */
  readonly to: string;
  /** From the first question to the new version's answer. */
  readonly durationMs: number;
}

/** How long an update of a function's configuration may take; AWS needs seconds. */
const updateTimeoutMs = 120_000;

/**
 * Makes a version of a model live: checks that the registry has it, points the function at it, waits until the
 * change is through and warms it up. A version that does not get ready is taken back.
 *
 * @throws {RegistryError} if the version does not exist, with those that do
 * @throws {CliError} if the function is not there, was changed by somebody else meanwhile, or the version did not get ready
 */
export async function swap(cloud: Cloud, model: string, version: string): Promise<Swap> {
  const started = performance.now();
  const { file } = await cloud.registry.fetchManifest(model, version);
  const before = await readFunction(cloud, model);
  const environment = {
    ...before.environment,
    MODEL_KEY: modelKey(model, version),
    MODEL_SHA256: file.sha256,
  };
  const after = await configure(cloud, model, environment, before.revisionId);
  try {
    await checkReady(cloud, after, version);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${model} ${version} did not get ready: ${why}`;
    throw new CliError(`${message}\n${await swapBack(cloud, model, before, after)}`, { cause });
  }
  return {
    model,
    from: liveVersion(before) ?? null,
    to: version,
    durationMs: Math.round(performance.now() - started),
  };
}

/** Replaces a function's environment, if it is still the one that was read, and waits until that is through. */
async function configure(
  cloud: Cloud,
  model: string,
  environment: LiveFunction['environment'],
  revisionId: string | undefined,
): Promise<LiveFunction> {
  const { UpdateFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  const { physicalName } = await import('@chorus/blueprint');
  try {
    await cloud.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: physicalName(model),
        Environment: { Variables: { ...environment } },
        ...(revisionId !== undefined && { RevisionId: revisionId }),
      }),
    );
  } catch (cause) {
    if (!isCausedBy(cause, 'PreconditionFailedException', 'ResourceConflictException')) throw cause;
    throw changedMeanwhile(model, cause);
  }
  const settled = await waitForUpdate(cloud, model);
  if (settled.environment['MODEL_KEY'] !== environment['MODEL_KEY']) throw changedMeanwhile(model);
  return settled;
}

function changedMeanwhile(model: string, cause?: unknown): CliError {
  return new CliError(
    `Somebody else is changing ${model} at this moment. See what is live (chorus models list), then try again`,
    { cause },
  );
}

async function waitForUpdate(cloud: Cloud, model: string): Promise<LiveFunction> {
  const deadline = performance.now() + updateTimeoutMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    const current = await readFunction(cloud, model);
    if (current.updateStatus !== 'InProgress') return current;
    if (performance.now() > deadline) {
      throw new CliError(
        `${current.functionName} is still updating after ${updateTimeoutMs / 1000} s: look at it in the AWS console`,
      );
    }
    await setTimeout(pauseMs);
  }
}

/** Has the function load its weights. @throws {Error} if it cannot, or serves another version */
async function checkReady(cloud: Cloud, live: LiveFunction, version: string): Promise<void> {
  if (live.updateStatus === 'Failed') {
    throw new CliError(`the update failed: ${live.updateReason ?? 'Lambda does not say why'}`);
  }
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const answer = await cloud.lambda.send(
    new InvokeCommand({
      FunctionName: live.functionName,
      Payload: Buffer.from(JSON.stringify({ chorus: 'ready' })),
    }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) throw new CliError(functionError(text));
  const served = readyVersion(text);
  if (served !== version) throw new CliError(`${served ?? 'something else'} answered`);
}

function functionError(text: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(text);
    return `${errorType}: ${errorMessage}`;
  } catch {
    return text;
  }
}

function readyVersion(text: string): string | undefined {
  const answer: unknown = JSON.parse(text);
  const isReady = typeof answer === 'object' && answer !== null && 'model_version' in answer;
  return isReady ? String(answer.model_version) : undefined;
}

/** Restores the former environment. @returns how that went, in a sentence */
async function swapBack(
  cloud: Cloud,
  model: string,
  before: LiveFunction,
  after: LiveFunction,
): Promise<string> {
  const former = liveVersion(before);
  try {
    await configure(cloud, model, before.environment, after.revisionId);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `Swapping back to ${former ?? 'no version'} failed too, so it is still configured: ${why}`;
  }
  return former === undefined
    ? 'Swapped back: as before, no version is live.'
    : `Swapped back: ${former} is live again.`;
}
