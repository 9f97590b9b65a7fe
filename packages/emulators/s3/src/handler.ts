import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Credentials } from '@chorus/emulator-aws';
import { authorize } from './authorization.ts';
import { chunkSigning } from './chunk-signatures.ts';
import type { S3Context } from './context.ts';
import { shareAcrossOrigins } from './cors.ts';
import { asS3Error } from './errors.ts';
import { parseRequest, type S3Request } from './request.ts';
import { sendError } from './responses.ts';
import { findOperation } from './routes.ts';

/**
 * Answers one S3 request, errors included; it rejects only when an error comes too late to be told (the answer has
 * begun), after cutting the connection so that the caller does not take half an object for a whole one.
 */
export async function handleRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: S3Context,
  credentials: Credentials,
): Promise<void> {
  const id = randomBytes(8).toString('hex').toUpperCase();
  response.setHeader('x-amz-request-id', id);
  response.setHeader('server', 'chorus-s3');
  // Clients set their own clock by it when a signature was made at another time.
  response.setHeader('date', new Date(context.now()).toUTCString());
  let request: S3Request | undefined;
  try {
    request = parseRequest(incoming, id);
    if (context.fromBrowsers.has(request.bucket) && shareAcrossOrigins(incoming, response)) return;
    authorize(request, credentials, context.now());
    request = { ...request, chunkSigning: chunkSigning(request, credentials) };
    context.expire(request.bucket);
    await findOperation(request)(request, response, context);
  } catch (error) {
    if (incoming.errored !== null || isHangUp(error)) return;
    if (response.headersSent) {
      response.destroy();
      throw error;
    }
    // Clients write their whole body before they read; answering earlier could reset the connection under them.
    incoming.resume();
    if (!incoming.complete) await finished(incoming, { writable: false }).catch(() => undefined);
    sendError(request ?? bareRequest(incoming, id), response, asS3Error(error));
  }
}

const hangUps: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
  'EPIPE',
]);

/**
 * Tells whether the caller went away in the middle of its download: no answer is possible, and nothing is wrong here.
 */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && hangUps.has(error.code);
}

/** Enough of a request to answer one whose address cannot be read. */
function bareRequest(incoming: IncomingMessage, id: string): S3Request {
  return {
    incoming,
    id,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    query: new URLSearchParams(),
    virtualHost: false,
    bucket: '',
    key: '',
    incomingHeaders: {},
    headers: {},
  };
}
