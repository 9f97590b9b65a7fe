import { InvalidRequestError, PayloadTooLargeError, type ProtocolError } from '@chorus/protocol';

/** How long libvips may decode one photo; the largest allowed ones take up to 6 s of one core. */
export const maxDecodeSeconds = 7;

/** The messages of sharp and libvips, by the first line that tells anything, with the error each becomes. */
const failures: readonly [pattern: RegExp, failure: (options: ErrorOptions) => ProtocolError][] = [
  [
    /^timeout: /m,
    (options) =>
      new PayloadTooLargeError(
        `the photo takes more than ${maxDecodeSeconds} seconds to decode: send it smaller, or as JPEG`,
        options,
      ),
  ],
  [
    /Security limit|Maximum supported image dimension|image is too large|dimensions? (?:too large|exceed)|width\/height out of range|heifload: bad dimensions|out of memory/i,
    (options) =>
      new PayloadTooLargeError(
        'the photo is too large to decode: send it smaller, or as JPEG',
        options,
      ),
  ],
  [
    /premature end|truncated|unexpected end|end of (?:file|stream|image)|libpng read error|not enough data|EOF/i,
    (options) =>
      new InvalidRequestError('the photo is cut off: its end is missing; send it again', options),
  ],
];

/**
 * Returns the caller's error for an error that sharp threw while it read a photo: bytes that libvips cannot decode
 * are never a fault of ours. libvips's own words are in `cause`; they name functions of C libraries, which do not
 * help a caller.
 */
export function decodeFailure(thrown: unknown): ProtocolError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const options: ErrorOptions = { cause: thrown };
  const [, failure] = failures.find(([pattern]) => pattern.test(text)) ?? [];
  return (
    failure?.(options) ??
    new InvalidRequestError(
      'the photo is damaged or cut off and cannot be decoded: send it again, or save it as JPEG first',
      options,
    )
  );
}
