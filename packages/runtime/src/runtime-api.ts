import { stringifyJson } from '@chorus/protocol';
import { describeError } from './describe-error.ts';
import { ResponseSizeTooLargeError, RuntimeApiError } from './errors.ts';
import type { HttpAnswer, HttpCall } from './http.ts';
import { connect } from './http-connection.ts';

/** Largest response payload of a synchronous invocation, in bytes (Lambda's 6 MB and the envelope it allows). */
export const maxResponseBytes: number = 6_291_556;

/** One event and what Lambda says about it. */
export interface Invocation {
  /** The event's JSON, as it came. */
  readonly payload: string;
  readonly requestId: string;
  /** Epoch milliseconds at which Lambda gives up on this invocation. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string | undefined;
}

/** The Lambda Runtime API (version 2018-06-01), as the process inside a function sees it. */
export interface RuntimeApi {
  /** Waits for the next event, however long. */
  next(): Promise<Invocation>;
  /**
   * Ends the wait of `next`, and nothing is asked again: an event that is under way still comes, otherwise `next`
   * rejects.
   */
  leave(): void;
  /** Posts an answer that `encodeAnswer` made. */
  respond(requestId: string, answer: Uint8Array): Promise<void>;
  fail(requestId: string, error: unknown): Promise<void>;
  failInit(error: unknown): Promise<void>;
  /** SnapStart: returns in the restored process; the snapshot is taken while it waits. */
  restoreNext(): Promise<void>;
  failRestore(error: unknown): Promise<void>;
}

/** A keep-alive socket may be closed by the other side just as a request goes out; such a request may be repeated. */
function wasClosedWhileIdle(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function headerOf(answer: HttpAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/**
 * Returns the bytes of what a handler returned.
 *
 * @throws {ResponseSizeTooLargeError}
 * @throws {TypeError} for what JSON cannot say
 */
export function encodeAnswer(answer: unknown): Uint8Array {
  // A handler that returns nothing answers null, as in Lambda's own runtimes.
  const body = Buffer.from(stringifyJson(answer ?? null));
  if (body.byteLength > maxResponseBytes) {
    throw new ResponseSizeTooLargeError(
      `the response has ${body.byteLength} bytes; Lambda carries at most ${maxResponseBytes}`,
    );
  }
  return body;
}

/**
 * Opens a client for the Runtime API at `host` (AWS_LAMBDA_RUNTIME_API; may end in a path prefix) over one
 * connection that is kept alive. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function connectRuntimeApi(host: string): RuntimeApi {
  const { host: server, pathname } = new URL(`http://${host}/2018-06-01/runtime/`);
  const { ask, leave } = connect(server);
  let left = false;

  async function call(path: string, request: HttpCall): Promise<HttpAnswer> {
    let answer: HttpAnswer;
    try {
      answer = await ask(pathname + path, request);
    } catch (error) {
      if (!wasClosedWhileIdle(error) || (left && request.method === 'GET')) {
        throw error;
      }
      answer = await ask(pathname + path, request);
    }
    if (answer.status >= 300) {
      throw new RuntimeApiError(answer.status, `${request.method} ${path}: HTTP ${answer.status}`);
    }
    return answer;
  }

  async function report(path: string, error: unknown): Promise<void> {
    const body = describeError(error);
    const headers = {
      'content-type': 'application/vnd.aws.lambda.error+json',
      // An error may be named anything, a header may not.
      'lambda-runtime-function-error-type': body.errorType.replace(/[^\w.:-]/g, '_'),
    };
    await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  return {
    async next() {
      const answer = await call('invocation/next', { method: 'GET' });
      const requestId = headerOf(answer, 'lambda-runtime-aws-request-id');
      if (requestId === undefined) {
        throw new RuntimeApiError(
          answer.status,
          'GET invocation/next: no request id in the answer',
        );
      }
      return {
        payload: answer.body.toString(),
        requestId,
        deadlineMs: Number(
          headerOf(answer, 'lambda-runtime-deadline-ms') ?? Number.POSITIVE_INFINITY,
        ),
        functionArn: headerOf(answer, 'lambda-runtime-invoked-function-arn') ?? '',
        traceId: headerOf(answer, 'lambda-runtime-trace-id'),
      };
    },
    leave() {
      left = true;
      leave();
    },
    async respond(requestId, body) {
      const headers = { 'content-type': 'application/json' };
      await call(`invocation/${requestId}/response`, { method: 'POST', headers, body });
    },
    fail: (requestId, error) => report(`invocation/${requestId}/error`, error),
    failInit: (error) => report('init/error', error),
    async restoreNext() {
      await call('restore/next', { method: 'GET' });
    },
    failRestore: (error) => report('restore/error', error),
  };
}
