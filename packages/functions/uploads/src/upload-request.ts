import { kindOfContentType, maxPhotoBytes, type PhotoKind } from '@chorus/photo/kinds';
import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';

/** A request for an upload. */
export interface UploadRequest {
  readonly kind: PhotoKind;
  /** Exact size. */
  readonly bytes: number;
}

/** A body of a request. */
export const example = '{"contentType":"image/jpeg","bytes":1234567}';

/**
 * Reads the body of a `POST /uploads`, e.g. `{"contentType":"image/jpeg","bytes":1234567}`.
 *
 * @throws InvalidRequestError (400) naming the field that is missing, unknown or of another type, and for 0 bytes.
 * @throws UnsupportedMediaTypeError (415) naming the types that are taken.
 * @throws PayloadTooLargeError (413) for more than `maxPhotoBytes`.
 */
export function parseUploadRequest(body: Readonly<Record<string, unknown>>): UploadRequest {
  const { contentType, bytes, ...others } = body;
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
