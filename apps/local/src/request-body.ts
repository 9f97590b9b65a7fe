import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { InvalidRequestError, UnsupportedMediaTypeError } from '@chorus/protocol';

function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return request;
  if (encoding === 'gzip') return request.pipe(createGunzip());
  if (encoding === 'deflate') return request.pipe(createInflate());
  throw new UnsupportedMediaTypeError(
    `content-encoding: expected gzip, deflate or identity, got ${encoding}`,
  );
}

/**
 * Reads a request's body, decompressed, up to a limit: what lies behind it is never held in memory.
 *
 * @param tooLarge makes the error thrown above the limit
 * @throws {InvalidRequestError} if the compressed body is damaged
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  tooLarge: (limit: number) => Error,
): Promise<Buffer> {
  const body = decoded(request);
  try {
    return await collect(body, limit, tooLarge);
  } catch (cause) {
    // No more is inflated than the limit lets in.
    if (body !== request) body.destroy();
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
      throw new InvalidRequestError(
        `content-encoding: the body is not what it says: ${cause.message}`,
        {
          cause,
        },
      );
    throw cause;
  }
}

/** Reads a request's body as it came, up to a limit. */
export function readRaw(
  request: IncomingMessage,
  limit: number,
  tooLarge: (limit: number) => Error,
): Promise<Buffer> {
  return collect(request, limit, tooLarge);
}

/** By events: an async iterator costs a tenth of a short request. */
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
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('the request was cut off')));
  });
}
