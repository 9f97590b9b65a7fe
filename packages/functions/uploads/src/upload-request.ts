import { kindOfContentType, maxPhotoBytes, type PhotoKind } from '@chorus/photo/kinds';
import {
  decodeJson,
  InvalidRequestError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';
import type { HttpRequest } from '@chorus/runtime/proxy-event';

/** A request for an upload. */
export interface UploadRequest {
  readonly kind: PhotoKind;
  /** Exact size. */
  readonly bytes: number;
}

const example = '{"contentType":"image/jpeg","bytes":1234567}';

function parseBody(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = decodeJson(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidRequestError(`${reason}; send ${example}`, { cause });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidRequestError(`the body is not a JSON object: send ${example}`);
  }
  return body as Record<string, unknown>;
}

/** @throws UnsupportedMediaTypeError (415) unless the body is said to be plain JSON, or nothing is said. */
function checkHeaders({ headers }: Pick<HttpRequest, 'headers'>): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && type !== 'application/json') {
    throw new UnsupportedMediaTypeError(
      `content-type: expected application/json, got ${JSON.stringify(type.slice(0, 60))}: send ${example}; the photo itself goes to the URL in the answer`,
    );
  }
  const coding = headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
  if (coding !== 'identity') {
    throw new UnsupportedMediaTypeError('content-encoding: send the body uncompressed');
  }
}

/**
 * Reads a `POST /uploads`, whose body is, e.g. `{"contentType":"image/jpeg","bytes":1234567}`.
 *
 * @throws InvalidRequestError (400) naming the field that is missing, unknown or of another type, and for 0 bytes.
 * @throws UnsupportedMediaTypeError (415) naming the types that are taken, or for a body that is said to be no JSON.
 * @throws PayloadTooLargeError (413) for more than `maxPhotoBytes`.
 */
export function parseUploadRequest(request: Pick<HttpRequest, 'headers' | 'body'>): UploadRequest {
  checkHeaders(request);
  const { contentType, bytes, ...others } = parseBody(request.body);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const shown = JSON.stringify(unknown.slice(0, 60));
    throw new InvalidRequestError(`${shown} is no field of an upload: send ${example}`);
  }
  if (typeof contentType !== 'string') {
    throw new InvalidRequestError(`"contentType" must be a string: send ${example}`);
  }
  if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 1) {
    throw new InvalidRequestError(
      `"bytes" must be the size of the photo, a whole number from 1 to ${maxPhotoBytes}`,
    );
  }
  const kind = kindOfContentType(contentType);
  if (bytes > maxPhotoBytes) {
    throw new PayloadTooLargeError(
      `${bytes} bytes are too many: at most ${maxPhotoBytes} are taken; send the photo smaller`,
    );
  }
  return { kind, bytes };
}
