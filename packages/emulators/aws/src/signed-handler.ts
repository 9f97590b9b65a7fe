import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonNames } from './aws-errors.ts';
import { readRaw } from './request-body.ts';
import { type Refusal, refuseInJson } from './send.ts';
import { type Credentials, verifyHeader } from './verify-header.ts';

/** A request to an AWS API: its body is read and its signature is right. */
export interface AwsRequest {
  readonly method: string;
  /** With the query, as it came. */
  readonly path: string;
  /** By lower-case name; several lines of one name joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly requestId: string;
}

/** Answers a request; rejects with `RequestAbortedError` if the client hangs up before its end. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface SignedHandlerOptions {
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
  /** Answers a request, errors included. */
  answer(request: AwsRequest, response: ServerResponse): void | Promise<void>;
  /** Refuses a request in the form that the service's clients read. @default in JSON */
  refuse?(response: ServerResponse, requestId: string, refusal: Refusal): void;
}

/** Above every limit of the AWS APIs, which then refuse in their own words; in bytes. */
const maxBodyBytes = 20_000_000;

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Headers with several lines of one name joined, as signatures cover them. */
function joinedHeaders({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}

const tooLarge = (limit: number): Error =>
  new TooLargeError(`Request must be smaller than ${limit} bytes`);

/**
 * Returns the handler that AWS APIs with whole bodies share. It reads the body, verifies the signature (Signature
 * Version 4, in the header), and refuses requests that are too large or not signed.
 */
export function signedHandler(options: SignedHandlerOptions): Handle {
  const { credentials, answer, refuse = refuseInJson } = options;
  return async (request, response) => {
    const requestId = randomUUID();
    let body: Buffer;
    try {
      body = await readRaw(request, maxBodyBytes, tooLarge);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      const { message } = error;
      return refuse(response, requestId, {
        status: 413,
        code: 'RequestTooLargeException',
        message,
      });
    }
    const { method = 'GET', url = '/' } = request;
    const headers = joinedHeaders(request);
    const [path = '/', search = ''] = url.split(/\?(.*)/s);
    const query = new URLSearchParams(search);
    const refusal = verifyHeader({ method, path, query, headers }, credentials, Date.now(), body);
    if (refusal !== undefined)
      return refuse(response, requestId, {
        status: 403,
        code: jsonNames[refusal.reason],
        message: refusal.message,
      });
    return answer({ method, path: url, headers, body, requestId }, response);
  };
}
