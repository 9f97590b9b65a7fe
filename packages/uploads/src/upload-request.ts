import { maxPhotoBytes, type PhotoKind, photoKinds } from '@chorus/photo/kinds';
import {
  InvalidRequestError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';

/** What somebody wants to upload. */
export interface UploadRequest {
  readonly kind: PhotoKind;
  /** Exact size. */
  readonly bytes: number;
}

const example = '{"contentType":"image/jpeg","bytes":1234567}';

function parseBody(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new InvalidRequestError(`the body is not JSON: send ${example}`, { cause });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidRequestError(`the body is not a JSON object: send ${example}`);
  }
  return body as Record<string, unknown>;
}

function kindOfContentType(contentType: string): PhotoKind {
  const kind = photoKinds.find((one) => one.contentType === contentType);
  if (kind === undefined) {
    const taken = photoKinds.map((one) => one.contentType).join(', ');
    const shown = JSON.stringify(contentType.slice(0, 60));
    throw new UnsupportedMediaTypeError(`${shown} is not taken: send one of ${taken}`);
  }
  return kind;
}

/**
 * Reads the body of `POST /uploads`, e.g. `{"contentType":"image/jpeg","bytes":1234567}`.
 *
 * @throws InvalidRequestError (400) naming the field that is missing, unknown or of another type, and for 0 bytes.
 * @throws UnsupportedMediaTypeError (415) naming the types that are taken.
 * @throws PayloadTooLargeError (413) for more than `maxPhotoBytes`.
 */
export function parseUploadRequest(text: string): UploadRequest {
  const { contentType, bytes, ...others } = parseBody(text);
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
