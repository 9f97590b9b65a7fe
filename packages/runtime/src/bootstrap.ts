import { statusOfErrorName } from '@chorus/protocol';
import { functionIdentity, isSnapStart, runtimeApi, setTraceId } from './env.ts';
import { ConfigurationError, describeError, RuntimeApiError, RuntimeFailure } from './errors.ts';
import type { Handler } from './handler.ts';
import { type Fields, log } from './log.ts';
import { connectRuntimeApi, type Invocation, type RuntimeApi } from './runtime-api.ts';

export type { Handler, InvocationContext } from './handler.ts';

/** What to do around a SnapStart snapshot; used only when Lambda takes one. */
export interface SnapStartHooks {
  /** Last step before the snapshot, e.g. to wait for weights; a failure fails the publishing of the version. */
  readonly beforeSnapshot?: () => Promise<void>;
  /** First step in each restored process, e.g. to forget what must not be shared. */
  readonly afterRestore?: () => Promise<void>;
}

/** Where an error that nobody awaits is reported; changes with what runs at the moment. */
interface Progress {
  report: (error: unknown) => Promise<void>;
}

/** Between invocations there is nobody to tell but the log. */
async function unreported(): Promise<void> {}

/**
 * What the log says about a failed invocation. A message may quote the payload, so only our own are repeated, and
 * what caused them; a caller's mistake (4xx) is told to the caller alone.
 */
function explain(thrown: unknown): Fields {
  const { errorType, stackTrace } = describeError(thrown);
  if (statusOfErrorName(errorType) < 500) {
    return { error: errorType };
  }
  const source =
    thrown instanceof RuntimeFailure || !(thrown instanceof Error) ? thrown : thrown.cause;
  const reason = source instanceof Error ? source.message : undefined;
  return { error: errorType, reason, stack: stackTrace.join('\n') };
}

/** Logs a fault that ends the process, reports it where Lambda expects it, and exits with 1. */
async function exitWith(
  error: unknown,
  report: () => Promise<void>,
  facts: Fields = { ...explain(error), reason: describeError(error).errorMessage },
): Promise<never> {
  log('error', 'fatal', facts);
  try {
    await report();
  } catch (failure) {
    // The report is a courtesy: without it Lambda still sees the process end.
    log('error', 'fatal error not reported', { reason: describeError(failure).errorMessage });
  }
  process.exit(1);
}

/** An error that nobody awaits ends the process; it belongs to the init phase or the invocation that runs. */
function catchStrayErrors(progress: Progress): void {
  const stray = (error: unknown) =>
    void exitWith(error, () => progress.report(error), explain(error));
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
}

/** Lets Lambda take its snapshot: hooks, the long wait in `restore/next`, hooks again. */
async function takeSnapshot(api: RuntimeApi, hooks: SnapStartHooks): Promise<void> {
  try {
    await hooks.beforeSnapshot?.();
  } catch (error) {
    return exitWith(error, () => api.failInit(error));
  }
  await api.restoreNext();
  try {
    await hooks.afterRestore?.();
  } catch (error) {
    return exitWith(error, () => api.failRestore(error));
  }
}

/** Serves one event: answer or error to Lambda, then one line to the log. Payloads are in neither log nor trace. */
async function serve(api: RuntimeApi, handler: Handler, invocation: Invocation): Promise<void> {
  const started = performance.now();
  const { event, requestId, deadlineMs, functionArn } = invocation;
  const notes: Record<string, string | number | boolean> = {};
  let failure: Fields | undefined;
  setTraceId(invocation.traceId);
  try {
    const answer = await handler(event, { requestId, deadlineMs, functionArn, notes });
    await api.respond(requestId, answer);
  } catch (error) {
    failure = explain(error);
    await settle(api, requestId, error);
  }
  log(failure === undefined ? 'info' : 'warn', 'invocation', {
    requestId,
    function: functionIdentity().name,
    version: functionIdentity().version,
    durationMs: Math.round((performance.now() - started) * 1000) / 1000,
    outcome: failure === undefined ? 'ok' : 'error',
    ...failure,
    ...notes,
  });
}

/** Reports a failed invocation; one that is no longer ours to answer (it timed out, say) is let go. */
async function settle(api: RuntimeApi, requestId: string, thrown: unknown): Promise<void> {
  const isGone = (error: unknown) => error instanceof RuntimeApiError && error.status === 400;
  if (isGone(thrown)) {
    return;
  }
  try {
    await api.fail(requestId, thrown);
  } catch (failure) {
    if (!isGone(failure)) {
      throw failure;
    }
  }
}

/**
 * Runs a function: initialises once, then serves events one after the other until Lambda ends the process.
 * The same loop serves on Lambda, in a container and in the local cloud. A failing `init` is reported to
 * `init/error` and ends the process with 1; so does any error that nobody awaits, and a Runtime API that is gone.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 * @throws ConfigurationError when AWS_LAMBDA_RUNTIME_API is not set
 */
export async function runBootstrap(
  init: () => Promise<Handler> | Handler,
  hooks: SnapStartHooks = {},
): Promise<never> {
  const host = runtimeApi();
  if (host === undefined) {
    throw new ConfigurationError(
      'AWS_LAMBDA_RUNTIME_API is not set: this program runs inside Lambda; `pnpm start` runs it on this machine',
    );
  }
  const api = connectRuntimeApi(host);
  const progress: Progress = { report: api.failInit };
  catchStrayErrors(progress);
  process.on('SIGTERM', () => process.exit(0));
  let handler: Handler;
  try {
    handler = await init();
  } catch (error) {
    return exitWith(error, () => api.failInit(error));
  }
  try {
    if (isSnapStart()) {
      await takeSnapshot(api, hooks);
    }
    while (true) {
      progress.report = unreported;
      const invocation = await api.next();
      progress.report = (error) => api.fail(invocation.requestId, error);
      await serve(api, handler, invocation);
    }
  } catch (error) {
    return exitWith(error, unreported);
  }
}
