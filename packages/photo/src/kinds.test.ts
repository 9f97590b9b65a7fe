import { InvalidRequestError, UnsupportedMediaTypeError } from '@chorus/protocol';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { kindOf, kindOfContentType, photoKinds } from './kinds.ts';
import { samplePicture } from './testing/sample-photos.ts';

/** Returns the first box of a file in the ISO base media file format. */
function ftyp(major: string, ...compatible: string[]): Buffer {
  const box = Buffer.from(`\0\0\0\0ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  box.writeUInt32BE(box.length);
  return box;
}

describe('the kind of a content type', () => {
  it.each(photoKinds)('$contentType is itself, in any case', (kind) => {
    expect(kindOfContentType(kind.contentType.toUpperCase())).toBe(kind);
  });

  it.each([
    ['image/heic', /send one of image\/jpeg.*HEIC .* convert it to JPEG/],
    ['IMAGE/HEIF', /HEIC/],
    ['image/gif', /GIF is not taken/],
    ['application/pdf', /PDF is not taken/],
    ['image/svg+xml', /SVG is a drawing/],
    ['text/html', /"text\/html" is not taken: send one of image\/jpeg, image\/png[^.]*$/],
    ['', /"" is not taken/],
  ])('%j is refused, with what to do', (contentType, message) => {
    expect(() => kindOfContentType(contentType)).toThrow(UnsupportedMediaTypeError);
    expect(() => kindOfContentType(contentType)).toThrow(message);
  });
});

/** Returns the message with which bytes are refused as no photo. */
function refusal(bytes: Uint8Array): string {
  try {
    kindOf(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(UnsupportedMediaTypeError);
    return (error as Error).message;
  }
  throw new Error('taken');
}

describe('the kind of a photo', () => {
  it.each([
    ['image/jpeg', 'jpeg'],
    ['image/png', 'png'],
    ['image/webp', 'webp'],
    ['image/avif', 'avif'],
    ['image/tiff', 'tiff'],
  ] as const)('%s is told by its first 256 bytes', async (contentType, format) => {
    const bytes = await samplePicture()[format]().toBuffer();
    expect(kindOf(bytes.subarray(0, 256)).contentType).toBe(contentType);
  });

  it('is AVIF also when only a compatible brand says so', () => {
    expect(kindOf(ftyp('mif1', 'miaf', 'avif')).contentType).toBe('image/avif');
    expect(kindOf(ftyp('avis')).contentType).toBe('image/avif');
  });

  it('of HEIC is explained to whoever has an iPhone', () => {
    expect(refusal(ftyp('heic', 'mif1', 'heic'))).toMatch(/HEIC .* convert it to JPEG/);
    expect(refusal(ftyp('mif1', 'heic'))).toMatch(/HEIC/);
  });

  // When this fails, sharp has learnt HEVC, and photoKinds can have HEIC.
  it('of HEIC is not taken because this libvips has no decoder for it', () => {
    expect(sharp.format.heif.input.fileSuffix).toEqual(['.avif']);
  });

  it.each([
    ['GIF', Buffer.from('GIF89a\x01\0\x01\0'), /^GIF is not taken/],
    ['PDF', Buffer.from('%PDF-1.7\n'), /^PDF is not taken/],
    ['SVG', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="x">'), /^SVG is a drawing/],
    ['text', Buffer.from('hello, I am a photo'), /JPEG, PNG, WebP, AVIF or TIFF/],
    ['a video', ftyp('isom', 'mp42'), /not a photo/],
    ['a RIFF that is sound', Buffer.from('RIFF\0\0\0\0WAVE'), /not a photo/],
    ['one byte', Buffer.from([0xff]), /not a photo/],
  ])('%s is refused', (_name, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });

  it('of no bytes at all is a mistake of the request', () => {
    expect(() => kindOf(new Uint8Array())).toThrow(InvalidRequestError);
  });

  it('of any bytes is one of the table, or refused', () => {
    const starts = [
      '',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'RIFF',
      'II*\0',
      'MM\0*',
      '\0\0\0 ftyp',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array(), (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
        fc.pre(bytes.length > 0);
        try {
          expect(photoKinds).toContain(kindOf(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(UnsupportedMediaTypeError);
        }
      }),
    );
  });
});
