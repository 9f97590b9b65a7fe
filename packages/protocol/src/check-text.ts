import { InvalidRequestError, PayloadTooLargeError } from './errors.ts';

/** Longest text, in bytes of UTF-8. */
export const maxTextBytes = 100_000;

/**
 * Judges a text for a model that judges texts; that it is well-formed Unicode the protocol has seen to.
 *
 * @param place of the text, for messages
 * @throws {InvalidRequestError} (400) for a text without a character that is seen
 * @throws {PayloadTooLargeError} (413) for more than `maxTextBytes`
 */
export function checkText(text: string, place: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxTextBytes)
    throw new PayloadTooLargeError(`${place}: ${bytes} bytes; at most ${maxTextBytes} in a text`);
  if (!/[^\s\p{Cc}\p{Cf}]/u.test(text))
    throw new InvalidRequestError(`${place}: expected a text, got an empty one`);
}
