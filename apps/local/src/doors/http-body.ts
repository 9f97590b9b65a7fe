import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { InvalidRequestError, UnsupportedMediaTypeError } from '@chorus/protocol';

/** A JSON answer of the HTTP API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

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

async function collect(
  stream: Readable,
  limit: number,
  tooLarge: (limit: number) => Error,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The stream stays open after a `throw`: destroying it would close the connection before the answer is out.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
