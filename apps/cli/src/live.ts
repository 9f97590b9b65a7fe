import { physicalName } from '@chorus/blueprint';
import { type Manifest, parseModelKey } from '@chorus/registry';
import type { Cloud } from './cloud.ts';
import { CliError, isCausedBy } from './errors.ts';

/** A model's function as it is configured now. */
export interface LiveFunction {
  readonly functionName: string;
  /** All its environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Changes with every change of the configuration. */
  readonly revisionId: string | undefined;
  /** `InProgress`, `Successful` or `Failed`. */
  readonly updateStatus: string | undefined;
  /** Why the last update failed. */
  readonly updateReason: string | undefined;
}

/**
 * Reads a model's function.
 *
 * @throws {CliError} if there is no such function
 */
export async function readFunction(
  { lambda, target }: Cloud,
  model: string,
): Promise<LiveFunction> {
  const { GetFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  const functionName = physicalName(model);
  try {
    const answer = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    return {
      functionName,
      environment: answer.Environment?.Variables ?? {},
      revisionId: answer.RevisionId,
      updateStatus: answer.LastUpdateStatus,
      updateReason: answer.LastUpdateStatusReason,
    };
  } catch (cause) {
    if (!isCausedBy(cause, 'ResourceNotFoundException')) throw cause;
    throw new CliError(`There is no function ${functionName} in ${target.label}: deploy it first`, {
      cause,
    });
  }
}

/** The version that a function's MODEL_KEY names; undefined when it names none. */
export function liveVersion({ environment }: LiveFunction): string | undefined {
  const key = environment['MODEL_KEY'];
  if (key === undefined || key === '') return undefined;
  return parseModelKey(key).version;
}

/** Version and manifest of what is live; undefined when nothing is, or the function is not deployed. */
export async function findLive(
  cloud: Cloud,
  model: string,
): Promise<{ readonly version: string; readonly manifest: Manifest | undefined } | undefined> {
  let version: string | undefined;
  try {
    version = liveVersion(await readFunction(cloud, model));
  } catch (error) {
    if (isCausedBy(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
  if (version === undefined) return undefined;
  try {
    return { version, manifest: await cloud.registry.fetchManifest(model, version) };
  } catch (error) {
    if (isCausedBy(error, 'UnknownVersionError', 'UnknownModelError')) {
      return { version, manifest: undefined };
    }
    throw error;
  }
}
