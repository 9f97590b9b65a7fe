import { decodeBase64, InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';
import { maxPhotoBytes } from './kinds.ts';

/**
 * Decodes a photo that is part of a request.
 *
 * @throws InvalidRequestError (400) for anything but padded base64 of at least one byte.
 * @throws PayloadTooLargeError (413) for more than `maxPhotoBytes`.
 */
export function decodePhoto(text: string): Buffer {
  if (text === '') throw new InvalidRequestError('the photo is empty: it has 0 bytes');
  if (text.length > Math.ceil(maxPhotoBytes / 3) * 4) {
    throw new PayloadTooLargeError(
      `the photo has more than ${maxPhotoBytes} bytes: send it smaller`,
    );
  }
  const bytes = decodeBase64(text);
  if (bytes === undefined) {
    const advice = text.startsWith('data:')
      ? 'leave out what is before the comma of the data: URL'
      : 'use + and /, pad with =, without line breaks';
    throw new InvalidRequestError(`the photo is not base64: ${advice}`);
  }
  return bytes;
}
