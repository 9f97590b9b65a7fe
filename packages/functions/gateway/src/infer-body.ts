import {
  decodeJson,
  headerLengthName,
  parseHeaderLength,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';
import type { HttpRequest } from '@chorus/runtime/proxy-event';
import { decompress } from './compression.ts';

/** Body of an inference request, as `decodeInferRequest` takes it. */
export interface InferBody {
  readonly body: Uint8Array;
  readonly headerLength: number | undefined;
}

/** tritonclient sends binary bodies without any type. */
const mediaTypes = ['', 'application/json', 'application/octet-stream'];

/**
 * Reads an inference request's body: its type, its compression, the length of its JSON part.
 *
 * @throws UnsupportedMediaTypeError, PayloadTooLargeError or InvalidRequestError.
 */
export async function readInferBody({ headers, body }: HttpRequest): Promise<InferBody> {
  const type = mediaTypeOf(headers);
  if (!mediaTypes.includes(type)) {
    throw new UnsupportedMediaTypeError(
      `content-type: expected application/json, or application/octet-stream with binary tensors, got ${JSON.stringify(type)}`,
    );
  }
  return {
    body: await decompress(body, headers.get('content-encoding')),
    headerLength: parseHeaderLength(headers.get(headerLengthName)),
  };
}

/**
 * Reads a body of plain JSON, compressed or not.
 *
 * @throws UnsupportedMediaTypeError, PayloadTooLargeError or InvalidRequestError.
 */
export async function readJsonBody({ headers, body }: HttpRequest): Promise<unknown> {
  const type = mediaTypeOf(headers);
  if (type !== '' && type !== 'application/json') {
    throw new UnsupportedMediaTypeError(
      `content-type: expected application/json, got ${JSON.stringify(type)}`,
    );
  }
  return decodeJson(await decompress(body, headers.get('content-encoding')));
}

function mediaTypeOf(headers: HttpRequest['headers']): string {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}
