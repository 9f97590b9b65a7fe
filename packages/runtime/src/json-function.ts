/** Functions that answer HTTP with JSON. */

import {
  decodeJson,
  InvalidRequestError,
  toErrorBody,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';
import type { Handler, InvocationContext } from './handler.ts';
import {
  type HttpRequest,
  jsonAnswer,
  type ProxyResult,
  parseHttpEvent,
  toProxyResult,
} from './proxy-event.ts';
import { isReadyEvent } from './ready-event.ts';

/** What a function answers with. */
export interface JsonResult {
  readonly status: number;
  readonly value: unknown;
}

/** What a function takes and does. */
export interface JsonFunction {
  /** What to send, for messages about a body that is something else: `send {"bytes":1}`. */
  readonly expects: string;
  /** Answers a body; what it throws becomes a failure's status and `{"error": …}`. */
  answer(body: Readonly<Record<string, unknown>>, request: HttpRequest): Promise<JsonResult>;
}

function parseBody(bytes: Uint8Array, expects: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = decodeJson(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidRequestError(`${reason}; ${expects}`, { cause });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new InvalidRequestError(`the body is not a JSON object: ${expects}`);
  return body as Record<string, unknown>;
}

/** @throws {UnsupportedMediaTypeError} unless the body is said to be plain JSON, or nothing is said */
function checkHeaders({ headers }: Pick<HttpRequest, 'headers'>, expects: string): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && type !== 'application/json')
    throw new UnsupportedMediaTypeError(
      `content-type: expected application/json, got ${JSON.stringify(type.slice(0, 60))}: ${expects}`,
    );
  const coding = headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
  if (coding !== 'identity')
    throw new UnsupportedMediaTypeError('content-encoding: send the body uncompressed');
}

/** Names the error in the log; of a caller's own mistake not the message, which may quote the body. */
function noteError({ notes }: InvocationContext, status: number, error: unknown): void {
  notes['error'] = error instanceof Error ? error.name : 'Error';
  if (status >= 500)
    notes['reason'] = error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Makes a handler that reads the proxy event of an API Gateway REST API and answers with JSON; it never throws. */
function createHandler(answer: (request: HttpRequest) => Promise<JsonResult>): Handler {
  return async (event, context): Promise<ProxyResult | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    let requestId = context.requestId;
    const finish = ({ status, value }: JsonResult): ProxyResult => {
      context.notes['status'] = status;
      return toProxyResult(jsonAnswer(status, value, { 'x-request-id': requestId }));
    };
    try {
      const request = parseHttpEvent(event, context.requestId);
      requestId = request.requestId;
      context.notes['httpRequestId'] = requestId;
      return finish(await answer(request));
    } catch (error) {
      const { status, body } = toErrorBody(error);
      noteError(context, status, error);
      return finish({ status, value: body });
    }
  };
}

/**
 * Makes the handler of a route that takes a JSON object. It answers with JSON, or with `{"error": …}`: it never throws.
 * `{"chorus":"ready"}` is answered `{"ready":true}`.
 */
export function createJsonHandler({ expects, answer }: JsonFunction): Handler {
  return createHandler(async (request) => {
    checkHeaders(request, expects);
    return answer(parseBody(request.body, expects), request);
  });
}

/**
 * Makes the handler of a GET route, which takes what it needs from the path and the query. It answers as
 * `createJsonHandler` does, and reads no body.
 */
export function createReadHandler(
  answer: (request: Pick<HttpRequest, 'pathParameters' | 'query'>) => Promise<JsonResult>,
): Handler {
  return createHandler(answer);
}
