import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { InvalidRequestError, UnsupportedMediaTypeError } from '@chorus/protocol';

/** The client has gone before it had sent all of its request: there is nothing to answer, and nothing to report. */
export class RequestAbortedError extends Error {
  constructor(options?: ErrorOptions) {
    super('the client closed the connection before the end of its request', options);
    Object.defineProperty(this, 'name', { value: 'RequestAbortedError', configurable: true });
  }
}

function decoderOf(request: IncomingMessage): Transform | undefined {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return undefined;
  if (encoding === 'gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  throw new UnsupportedMediaTypeError(
    `content-encoding: expected gzip, deflate or identity, got ${JSON.stringify(encoding.slice(0, 60))}`,
  );
}

/**
 * Reads a request's body, decompressed, up to a limit: what lies behind it is never held in memory.
 *
 * @param tooLarge makes the error thrown above the limit
 * @throws {InvalidRequestError} if the compressed body is damaged
 * @throws {UnsupportedMediaTypeError} for another encoding than gzip and deflate
 * @throws {RequestAbortedError} if the client hangs up
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  tooLarge: (limit: number) => Error,
): Promise<Buffer> {
  const decoder = decoderOf(request);
  if (decoder === undefined) return readRaw(request, limit, tooLarge);
  // A client that hangs up ends the decoder too, which alone would wait for the rest.
  request.once('close', () => {
    if (!request.complete) decoder.destroy();
  });
  try {
    return await collect(request.pipe(decoder), limit, tooLarge);
  } catch (cause) {
    // No more is inflated than the limit lets in.
    decoder.destroy();
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
      throw new InvalidRequestError(
        `content-encoding: the body is not what it says: ${cause.message}`,
        { cause },
      );
    throw cause;
  }
}

/**
 * Reads a request's body as it came, up to a limit.
 *
 * @param tooLarge makes the error thrown above the limit
 * @throws {RequestAbortedError} if the client hangs up
 */
export function readRaw(
  request: IncomingMessage,
  limit: number,
  tooLarge: (limit: number) => Error,
): Promise<Buffer> {
  // What is announced as too large is refused before it is sent.
  if (Number(request.headers['content-length'] ?? 0) > limit)
    return Promise.reject(tooLarge(limit));
  return collect(request, limit, tooLarge);
}

/** Node's error for a request whose connection has been closed. */
function isAborted(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET';
}

/** Collects a body by events: an async iterator costs a tenth of a short request. */
function collect(
  stream: Readable,
  limit: number,
  tooLarge: (limit: number) => Error,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      // The stream goes on: destroying it would close the connection before the answer is out.
      if (bytes > limit) reject(tooLarge(limit));
      else chunks.push(chunk);
    });
    stream.once('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    stream.once('error', (error) =>
      reject(isAborted(error) ? new RequestAbortedError({ cause: error }) : error),
    );
    stream.once('close', () => {
      if (!stream.readableEnded) reject(new RequestAbortedError());
    });
  });
}
