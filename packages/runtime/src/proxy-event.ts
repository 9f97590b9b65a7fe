/** HTTP as API Gateway hands it to a function: the proxy integration of a REST API (payload format 1.0). */

import { InvalidRequestError, PayloadTooLargeError, stringifyJson } from '@chorus/protocol';

export interface HttpRequest {
  readonly method: string;
  /** Without the stage; begins with `/`. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The parts of the path that the parameters of its route stand for, decoded. */
  readonly pathParameters: ReadonlyMap<string, string>;
  /** The last value of each, decoded. */
  readonly query: ReadonlyMap<string, string>;
  /** Empty when there is none. */
  readonly body: Uint8Array;
  /** API Gateway's request id, which its access log has too. */
  readonly requestId: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The result that API Gateway expects from the function. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The bytes that a Lambda answer may have, less those of the headers around the body. */
const maxResultBytes = 6_291_556 - 65_536;

/** Returns the members of an object that are texts. */
function textsOf(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(asRecord(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
}

/**
 * Returns a part of a path without its percent signs; as it stands when they mean nothing. REST APIs hand it on as it came.
 */
function decodedPart([name, value]: readonly [string, string]): readonly [string, string] {
  try {
    return [name, decodeURIComponent(value)];
  } catch {
    return [name, value];
  }
}

/**
 * Reads the proxy event.
 *
 * @param invocationId stands in for the request id when the event has none.
 * @throws {InvalidRequestError} when the event is not one of API Gateway's REST APIs
 */
export function parseHttpEvent(event: unknown, invocationId: string): HttpRequest {
  const members = asRecord(event);
  const { path, httpMethod, headers, body, isBase64Encoded, requestContext } = members;
  const { pathParameters, queryStringParameters } = members;
  if (typeof path !== 'string' || typeof httpMethod !== 'string') {
    throw new InvalidRequestError(
      'the event is not a proxy event of an API Gateway REST API: it has no path and httpMethod',
    );
  }
  const { requestId } = asRecord(requestContext);
  return {
    method: httpMethod,
    path,
    headers: new Map(textsOf(headers).map(([name, value]) => [name.toLowerCase(), value])),
    pathParameters: new Map(textsOf(pathParameters).map(decodedPart)),
    query: new Map(textsOf(queryStringParameters)),
    body: Buffer.from(
      typeof body === 'string' ? body : '',
      isBase64Encoded === true ? 'base64' : 'utf8',
    ),
    requestId: typeof requestId === 'string' && requestId !== '' ? requestId : invocationId,
  };
}

/** Returns an answer of JSON. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(stringifyJson(value)),
  };
}

/**
 * The function's answer: plain text where the body is JSON, base64 where it is bytes (the API must have `*∕*` among
 * its binary media types).
 *
 * @throws PayloadTooLargeError when Lambda cannot carry it.
 */
export function toProxyResult({ status, headers, body }: HttpAnswer): ProxyResult {
  const isText =
    headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined;
  const text = Buffer.from(body).toString(isText ? 'utf8' : 'base64');
  // Quotes inside the text cost an escape each, so its true size is known only when it is written.
  const size =
    isText && body.length > maxResultBytes / 2 ? JSON.stringify(text).length : text.length;
  if (size > maxResultBytes) {
    throw new PayloadTooLargeError(
      `the answer has ${body.length} bytes, more than a function can return; send fewer rows per request`,
    );
  }
  return { statusCode: status, headers, body: text, isBase64Encoded: !isText };
}

/** Returns the members of a JSON object; of anything else, none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
