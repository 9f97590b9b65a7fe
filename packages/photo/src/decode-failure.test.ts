import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { decodeFailure } from './decode-failure.ts';

/** The messages of sharp 0.35 about real files. */
describe('an error of sharp becomes the caller’s', () => {
  it.each([
    ['took too long', 'timeout: 28% complete\nVipsImage: killed for image "temp-34"'],
    ['took too long', 'source: bad seek to 2071090\ntimeout: 40% complete\nVipsImage: killed'],
    [
      'is a bomb',
      'Input buffer has corrupt header: VipsJpeg: Maximum supported image dimension is 65500',
    ],
    ['is a bomb in AVIF', 'Input buffer has corrupt header: heifload: bad dimensions'],
    ['is a bomb in TIFF', 'Input buffer has corrupt header: tiff2vips: width/height out of range'],
  ])('413 when the photo %s', (_name, message) => {
    expect(decodeFailure(new Error(message))).toBeInstanceOf(PayloadTooLargeError);
  });

  it.each([
    ['VipsJpeg: premature end of JPEG image', /^the photo is cut off: its end is missing/],
    ['vipspng: libpng read error', /^the photo is cut off/],
    [
      'heif: Invalid input: Unexpected end of file: Extent in iloc box (2.100)',
      /^the photo is cut off/,
    ],
    [
      'Input buffer has corrupt header: webp: unable to parse image',
      /^the photo is damaged or cut off/,
    ],
    ['image: bad dimensions', /^the photo is damaged/],
    ['Unknown error', /^the photo is damaged/],
  ])('400 when it said %j, without those words', (message, expected) => {
    const failure = decodeFailure(new Error(message));
    expect(failure).toBeInstanceOf(InvalidRequestError);
    expect(failure.message).toMatch(expected);
    expect(failure.cause).toMatchObject({ message });
  });

  it('400 for whatever else was thrown', () => {
    expect(decodeFailure('a string')).toMatchObject({ status: 400, cause: 'a string' });
  });
});
