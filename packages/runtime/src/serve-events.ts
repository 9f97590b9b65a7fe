import { parseJson } from '@chorus/protocol';
import { describeError, isA } from './describe-error.ts';
import { functionIdentity, setTraceId } from './env.ts';
import { RuntimeApiError } from './errors.ts';
import { explain, type Fatal } from './fatal.ts';
import type { Handler, InvocationContext } from './handler.ts';
import { type Fields, log, writeLine } from './log.ts';
import { encodeAnswer, type Invocation, type RuntimeApi } from './runtime-api.ts';

/** Lets due work run: an unhandled rejection is seen before the next event is asked for. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A post about an invocation that is no longer ours to answer (it timed out, say) is let go. */
async function unlessGone(post: Promise<void>): Promise<void> {
  try {
    await post;
  } catch (error) {
    if (!isA(error, RuntimeApiError) || error.status !== 400) {
      throw error;
    }
  }
}

/**
 * Waits for an event. When an error is fatal meanwhile, the Runtime API is told that this process waits no longer; an
 * event that was under way already is answered with the error rather than lost.
 */
async function nextEvent(api: RuntimeApi, fatal: Fatal): Promise<Invocation> {
  const coming = api.next();
  fatal.during(async (error) => {
    api.leave();
    const late = await coming.catch(() => undefined);
    if (late !== undefined) {
      await api.fail(late.requestId, error);
    }
  });
  return coming;
}

/** What an invocation counts as. A fault in counting is said, and costs no answer. */
function countsOf({ count }: InvocationContext): Fields | undefined {
  try {
    return count?.();
  } catch (error) {
    log('error', 'not counted', explain(error));
    return undefined;
  }
}

/** Serves one event: answer or error to Lambda, then one line to the log. Payloads are in neither log nor trace. */
async function serve(
  api: RuntimeApi,
  fatal: Fatal,
  handler: Handler,
  invocation: Invocation,
): Promise<void> {
  const started = performance.now();
  const { payload, requestId, deadlineMs, functionArn } = invocation;
  const notes: Record<string, string | number | boolean> = {};
  let answering: Promise<void> | undefined;
  // An invocation is answered once: by what the handler does, or by an error that ends the process before that.
  fatal.during((error) => {
    answering ??= unlessGone(api.fail(requestId, error));
    return answering;
  });
  setTraceId(invocation.traceId);
  let failure: Fields | undefined;
  let post: () => Promise<void>;
  const context: InvocationContext = { requestId, deadlineMs, functionArn, notes };
  try {
    const answer = encodeAnswer(await handler(parseJson(payload), context));
    post = () => api.respond(requestId, answer);
  } catch (error) {
    failure = explain(error);
    post = () => api.fail(requestId, error);
    // Answered already, with the error that came first.
    if (fatal.ending !== undefined) return fatal.end(error, failure);
  }
  if (fatal.ending !== undefined) return fatal.ending;
  answering = unlessGone(post());
  await answering;
  const counts = countsOf(context);
  const write = counts === undefined ? log : writeLine;
  write(failure === undefined ? 'info' : 'warn', 'invocation', {
    requestId,
    function: functionIdentity().name,
    version: functionIdentity().version,
    durationMs: Math.round((performance.now() - started) * 1000) / 1000,
    outcome: failure === undefined ? 'ok' : 'error',
    ...failure,
    ...notes,
    ...counts,
  });
}

/** Serves events one after the other; an error that is fatal, or a Runtime API that is gone, ends the process. */
export async function serveEvents(api: RuntimeApi, fatal: Fatal, handler: Handler): Promise<never> {
  try {
    while (true) {
      await turn();
      if (fatal.ending !== undefined) return fatal.ending;
      const invocation = await nextEvent(api, fatal);
      if (fatal.ending !== undefined) return fatal.ending;
      await serve(api, fatal, handler, invocation);
    }
  } catch (error) {
    // The end of the wait that an error has ended is no error of its own.
    if (fatal.ending !== undefined) return fatal.ending;
    fatal.during(async () => {});
    return fatal.end(error, { ...explain(error), reason: describeError(error).errorMessage });
  }
}
