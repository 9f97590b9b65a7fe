/** Compressed bodies in both directions: gzip and deflate, as tritonclient and most HTTP clients send and take. */

import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import {
  InvalidRequestError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';
import type { HttpAnswer } from '@chorus/runtime/proxy-event';

/** Largest body after decompression, in bytes: more would not fit into a Lambda event anyway. */
export const maxBodyBytes: number = 6 * 1024 * 1024;

/** Below it compression saves no packet. */
const worthCompressing = 1024;

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate) };
const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

type Coding = keyof typeof encoders;

/**
 * Undoes the Content-Encoding of a body; never holds more than `maxBodyBytes`.
 *
 * @throws UnsupportedMediaTypeError for a coding other than gzip, deflate and identity.
 * @throws PayloadTooLargeError for a body larger than `maxBodyBytes`, compressed or not.
 * @throws InvalidRequestError when the body is not what its coding says.
 */
export async function decompress(
  body: Uint8Array,
  contentEncoding: string | undefined,
): Promise<Uint8Array> {
  const coding = contentEncoding?.trim().toLowerCase() || 'identity';
  if (coding !== 'identity' && !isCoding(coding)) {
    throw new UnsupportedMediaTypeError(
      'content-encoding: expected gzip, deflate or identity; send the body uncompressed',
    );
  }
  if (body.length > maxBodyBytes) {
    throw tooLarge();
  }
  if (coding === 'identity') {
    return body;
  }
  try {
    return await decoders[coding](body, { maxOutputLength: maxBodyBytes });
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw tooLarge(cause);
    }
    throw new InvalidRequestError(`content-encoding: the body is not valid ${coding}`, { cause });
  }
}

/** Compresses an answer as the client's Accept-Encoding allows, unless it is too small to gain. */
export async function compress(
  answer: HttpAnswer,
  acceptEncoding: string | undefined,
): Promise<HttpAnswer> {
  if (answer.body.length < worthCompressing) {
    return answer;
  }
  const headers = { ...answer.headers, vary: 'accept-encoding' };
  const coding = chooseCoding(acceptEncoding ?? '');
  if (coding === undefined) {
    return { ...answer, headers };
  }
  return {
    ...answer,
    headers: { ...headers, 'content-encoding': coding },
    body: await encoders[coding](answer.body),
  };
}

/** Returns the coding with the highest weight, gzip when they are equal. RFC 9110, 12.5.3. */
function chooseCoding(acceptEncoding: string): Coding | undefined {
  const weights = new Map(
    acceptEncoding.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const best: Coding = weightOf('deflate') > weightOf('gzip') ? 'deflate' : 'gzip';
  const least = weights.get('identity') ?? 0;
  return weightOf(best) > 0 && weightOf(best) >= least ? best : undefined;
}

function isCoding(name: string): name is Coding {
  return Object.hasOwn(encoders, name);
}

function tooLarge(cause?: unknown): PayloadTooLargeError {
  return new PayloadTooLargeError(
    `the body is larger than ${maxBodyBytes} bytes; send fewer rows per request`,
    { cause },
  );
}
