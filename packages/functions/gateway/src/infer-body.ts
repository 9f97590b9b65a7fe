import { headerLengthName, parseHeaderLength, UnsupportedMediaTypeError } from '@chorus/protocol';
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
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
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
