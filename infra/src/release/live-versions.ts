import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { physicalName, stageVariablePrefix, versionVariable } from '@chorus/blueprint';
import { parseModelKey } from '@chorus/registry/manifest';
import { checksumVariable } from '../env.ts';
import { LiveVersionError } from '../errors.ts';
import { liveAlias } from '../names.ts';
import type { ModelVersion } from '../options.ts';

/** By model; one that is not deployed, or has no weights yet, is missing. */
export type Versions = Readonly<Record<string, ModelVersion>>;

/** Returns a call's answer, or undefined when Lambda knows no such function or alias. */
async function unlessUnknown<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Reads the version of a model that the alias `live` of its function points to. */
async function readLive(
  lambda: LambdaClient,
  model: string,
  stageName: string,
): Promise<ModelVersion | undefined> {
  const FunctionName = physicalName(model, stageName);
  const alias = await unlessUnknown(
    lambda.send(new GetAliasCommand({ FunctionName, Name: liveAlias })),
  );
  if (alias === undefined) return undefined;
  const canaries = Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  if (canaries.length > 0)
    throw new LiveVersionError(
      `${model} is being promoted: its alias shares requests with version ${canaries.join(', ')} of the function. Wait until that is through, or end it: npx -y pnpm@12 chorus models rollback ${model} --aws --stage ${stageName}`,
    );
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName, Qualifier: alias.FunctionVersion }),
  );
  const { MODEL_KEY: key = '', MODEL_SHA256: sha256 } = Environment?.Variables ?? {};
  return key === '' ? undefined : { version: parseModelKey(key).version, sha256 };
}

/**
 * Returns the version of each model that answers now, so that a deployment keeps what has been promoted since the
 * last one.
 *
 * @throws {LiveVersionError} while a promotion is under way: deploying would cut it off
 */
export async function readLiveVersions(
  lambda: LambdaClient,
  models: readonly string[],
  stageName: string,
): Promise<Versions> {
  const live = await Promise.all(
    models.map(async (model) => [model, await readLive(lambda, model, stageName)] as const),
  );
  return Object.fromEntries(
    live.flatMap(([model, version]) => (version === undefined ? [] : [[model, version]])),
  );
}

/** Versions as the environment variables that the synthesis reads, see `env.ts`. */
export function variablesOf(versions: Versions, stage: string): Record<string, string> {
  const prefix = stageVariablePrefix(stage);
  return Object.fromEntries(
    Object.entries(versions).flatMap(([model, { version, sha256 }]) => [
      [`${prefix}${versionVariable(model)}`, version],
      ...(sha256 === undefined ? [] : [[`${prefix}${checksumVariable(model)}`, sha256]]),
    ]),
  );
}
