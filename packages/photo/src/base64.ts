import { decodeBase64, InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';
import { maxPhotoBytes } from './kinds.ts';

/**
 * Decodes a photo that is part of a request: base64 of any common form, also as a `data:` URL, whose type is not believed.
 *
 * @throws InvalidRequestError (400) for anything but base64 of at least one byte.
 * @throws PayloadTooLargeError (413) for more than `maxPhotoBytes`.
 */
export function decodePhoto(text: string): Buffer {
  const bytes = decodeBase64(text);
  if (bytes === undefined) {
    throw new InvalidRequestError(
      'the photo is not base64: it is cut off, or holds other characters (a data: URL must say ;base64)',
    );
  }
  if (bytes.byteLength === 0) throw new InvalidRequestError('the photo is empty: it has 0 bytes');
  if (bytes.byteLength > maxPhotoBytes) {
    throw new PayloadTooLargeError(
      `the photo has more than ${maxPhotoBytes} bytes: send it smaller`,
    );
  }
  return bytes;
}
