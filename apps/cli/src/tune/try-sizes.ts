import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CliError } from '../errors.ts';
import { type InvocationReport, readReport } from './read-report.ts';

/** A function to try in several sizes, and how. */
export interface Trial {
  readonly lambda: LambdaClient;
  readonly functionName: string;
  /** The alias whose configuration is tried, but for its memory. */
  readonly alias: string;
  /** The event of each invocation, as JSON. */
  readonly event: string;
  readonly requests: number;
  /**
   * Whether each size is a published version under an alias of its own, as callers of AWS have them; else `$LATEST` is tried, which
   * callers of the local cloud do not ask.
   */
  readonly publishes: boolean;
  readonly signal?: AbortSignal | undefined;
  report(line: string): void;
}

/** The reports of a size's invocations, without the first one; or why there are none. */
export type Tried =
  | { readonly memoryMb: number; readonly reports: readonly InvocationReport[] }
  | { readonly memoryMb: number; readonly failure: string };

/** The part of a function's configuration that is changed, and put back. */
interface Configured {
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
}

const updateTimeoutMs = 120_000;

async function read({ lambda, functionName }: Trial, Qualifier?: string): Promise<Configured> {
  const answer = await lambda.send(
    new GetFunctionConfigurationCommand({
      FunctionName: functionName,
      ...(Qualifier !== undefined && { Qualifier }),
    }),
  );
  return { memoryMb: answer.MemorySize ?? 0, variables: answer.Environment?.Variables ?? {} };
}

/** Waits until a configuration, or a version that was just made, is ready. @throws {CliError} if it fails or takes too long */
async function settled(
  { lambda, functionName: FunctionName }: Trial,
  Qualifier: string | undefined,
): Promise<void> {
  const deadline = performance.now() + updateTimeoutMs;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = await lambda.send(
      new GetFunctionConfigurationCommand({
        FunctionName,
        ...(Qualifier !== undefined && { Qualifier }),
      }),
    );
    if (LastUpdateStatus === 'Failed' || State === 'Failed')
      throw new CliError(
        `${FunctionName} cannot be changed: ${LastUpdateStatusReason ?? StateReason ?? 'Lambda does not say why'}`,
      );
    if (LastUpdateStatus !== 'InProgress' && State !== 'Pending') return;
    if (performance.now() > deadline)
      throw new CliError(`${FunctionName} is still updating after ${updateTimeoutMs / 1000} s`);
    await sleep(pauseMs);
  }
}

/** Changes `$LATEST` and waits until Lambda is through. @throws {CliError} if it fails or takes too long */
async function configure(trial: Trial, { memoryMb, variables }: Configured): Promise<void> {
  await trial.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: trial.functionName,
      MemorySize: memoryMb,
      Environment: { Variables: { ...variables } },
    }),
  );
  await settled(trial, undefined);
}

/** Numbers of all published versions. */
async function versionsOf({ lambda, functionName }: Trial): Promise<ReadonlySet<string>> {
  const versions = new Set<string>();
  let Marker: string | undefined;
  do {
    const page = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: functionName, Marker }),
    );
    for (const { Version = '' } of page.Versions ?? []) versions.add(Version);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return versions;
}

/** What asks a size, and takes it away. */
interface Size {
  readonly qualifier: string;
  remove(): Promise<void>;
}

async function publish(trial: Trial, memoryMb: number): Promise<Size> {
  const { lambda, functionName: FunctionName } = trial;
  const before = await versionsOf(trial);
  const { Version = '' } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  const removeVersion = async (): Promise<void> => {
    // What has not changed is the version that was there.
    if (!before.has(Version))
      await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: Version }));
  };
  const Name = `tune-${memoryMb}`;
  try {
    await settled(trial, Version);
    await lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: Version }));
  } catch (error) {
    await removeVersion();
    throw error;
  }
  return {
    qualifier: Name,
    async remove() {
      await lambda.send(new DeleteAliasCommand({ FunctionName, Name }));
      await removeVersion();
    },
  };
}

/** Returns what a function's error says. */
function messageOf(payload: string): string {
  const { errorType = 'Error', errorMessage = payload } = Object(JSON.parse(payload));
  return `${errorType}: ${errorMessage}`.replaceAll(/\s+/g, ' ').slice(0, 300);
}

/** Asks once. @returns the report, or what the function answered instead of a success */
async function ask(
  { lambda, functionName, event, signal }: Trial,
  Qualifier: string,
): Promise<InvocationReport | string> {
  const {
    FunctionError,
    Payload = [],
    LogResult = '',
  } = await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      Qualifier,
      LogType: 'Tail',
      Payload: Buffer.from(event),
    }),
    signal && { abortSignal: signal },
  );
  if (FunctionError !== undefined) return messageOf(Buffer.from(Payload).toString());
  return readReport(LogResult) ?? 'Lambda gave no report of the invocation';
}

async function askOften(trial: Trial, memoryMb: number, qualifier: string): Promise<Tried> {
  const reports: InvocationReport[] = [];
  let init: Pick<InvocationReport, 'initMs'> = {};
  for (let request = 0; request <= trial.requests; request += 1) {
    trial.signal?.throwIfAborted();
    const answer = await ask(trial, qualifier);
    if (typeof answer === 'string') return { memoryMb, failure: answer };
    // The first one starts cold.
    if (request === 0) init = answer.initMs === undefined ? {} : { initMs: answer.initMs };
    else reports.push({ ...answer, ...init });
  }
  return { memoryMb, reports };
}

async function trySize(trial: Trial, live: Configured, memoryMb: number): Promise<Tried> {
  await configure(trial, { ...live, memoryMb });
  const size = trial.publishes
    ? await publish(trial, memoryMb)
    : { qualifier: '$LATEST', remove: async () => {} };
  try {
    return await askOften(trial, memoryMb, size.qualifier);
  } finally {
    await size.remove();
  }
}

/**
 * Invokes a function in each of several sizes, with the configuration that is live otherwise. No caller's request goes there; versions
 * and aliases that were made are removed, and `$LATEST` is as before, also after an error or when the signal is raised.
 *
 * @throws the signal's reason
 */
export async function trySizes(
  trial: Trial,
  sizes: readonly number[],
): Promise<{
  /** Memory of what is live. */
  readonly now: number;
  readonly tried: readonly Tried[];
}> {
  const [latest, live] = await Promise.all([read(trial), read(trial, trial.alias)]);
  const tried: Tried[] = [];
  try {
    for (const memoryMb of sizes) {
      trial.signal?.throwIfAborted();
      trial.report(`${memoryMb} MB: ${trial.requests} requests`);
      tried.push(await trySize(trial, live, memoryMb));
    }
    return { now: live.memoryMb, tried };
  } finally {
    await configure(trial, latest);
  }
}
