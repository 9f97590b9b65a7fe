import { allowOrigins } from './allow-origins.ts';
import { describeError } from './describe-error.ts';
import { allowedOrigins, isSnapStart, runtimeApi } from './env.ts';
import { ConfigurationError } from './errors.ts';
import { createFatal, explain, type Fatal } from './fatal.ts';
import type { Handler } from './handler.ts';
import { connectRuntimeApi, type RuntimeApi } from './runtime-api.ts';
import { serveEvents } from './serve-events.ts';

export type { Handler, InvocationContext } from './handler.ts';

/** Hooks around a SnapStart snapshot; used only when Lambda takes one. */
export interface SnapStartHooks {
  /** Last step before the snapshot, e.g. to wait for weights; a failure fails the publishing of the version. */
  readonly beforeSnapshot?: () => Promise<void>;
  /** First step in each restored process, e.g. to forget what must not be shared. */
  readonly afterRestore?: () => Promise<void>;
}

/** Runs a step before the first event; its failure is said in full, because no payload has been seen yet. */
async function prepare<T>(fatal: Fatal, step: () => Promise<T> | T): Promise<T> {
  try {
    const done = await step();
    return fatal.ending ?? done;
  } catch (error) {
    return fatal.end(error, { ...explain(error), reason: describeError(error).errorMessage });
  }
}

/** Lets Lambda take its snapshot: hooks, the long wait in `restore/next`, hooks again. */
async function takeSnapshot(api: RuntimeApi, fatal: Fatal, hooks: SnapStartHooks): Promise<void> {
  await prepare(fatal, () => hooks.beforeSnapshot?.());
  await prepare(fatal, () => api.restoreNext());
  fatal.during(api.failRestore);
  await prepare(fatal, () => hooks.afterRestore?.());
}

/**
 * Runs a function: initialises once, then serves events one after the other until Lambda ends the process. The same
 * loop serves on Lambda, in a container and in the local cloud. A failing `init` is reported to `init/error` and ends
 * the process with 1; so does any unhandled rejection, and a Runtime API that is gone.
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
  const fatal = createFatal();
  fatal.during(api.failInit);
  // A process that reports an error ends by itself, with 1.
  process.on('SIGTERM', () => fatal.ending ?? process.exit(0));
  const handler = allowOrigins(await prepare(fatal, init), allowedOrigins());
  if (isSnapStart()) {
    await takeSnapshot(api, fatal, hooks);
  }
  return serveEvents(api, fatal, handler);
}
