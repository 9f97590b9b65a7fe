import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';
import { maxPhotoBytes } from './kinds.ts';

/** RFC 4648, section 4, without line breaks; `Buffer.from` would skip whatever else there is. */
const base64Pattern = /^[A-Za-z0-9+/]*={0,2}$/;

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
  if (text.length % 4 !== 0 || !base64Pattern.test(text)) {
    const advice = text.startsWith('data:')
      ? 'leave out what is before the comma of the data: URL'
      : 'use + and /, pad with =, without line breaks';
    throw new InvalidRequestError(`the photo is not base64: ${advice}`);
  }
  return Buffer.from(text, 'base64');
}
