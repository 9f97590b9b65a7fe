import { placeOfExif } from '@chorus/photo/exif-place';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exifBlockOf } from './exif-block.ts';
import { type Kind, kindOf } from './kind.ts';

const kinds = ['jpeg', 'png', 'webp', 'avif'] as const;

/** A small picture of a kind, with a place south of the equator. */
function photoOf(kind: (typeof kinds)[number]): Promise<Buffer> {
  return sharp({ create: { width: 16, height: 16, channels: 3, background: 'green' } })
    .withExif({
      IFD3: {
        GPSLatitudeRef: 'S',
        GPSLatitude: '1/1 24/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '35/1 6/1 0/1',
      },
    })
    .toFormat(kind)
    .toBuffer();
}

describe.each(kinds)('a photo in %s', (kind) => {
  it('is known by its first bytes, and its place is found', async () => {
    const bytes = await photoOf(kind);
    expect(kindOf(bytes)).toBe(kind);
    const block = exifBlockOf(bytes, kind);
    const place = block && placeOfExif(block);
    expect(place).toEqual({ lat: expect.closeTo(-1.4, 6), lon: expect.closeTo(35.1, 6) });
  });

  it('has no place when it is cut or damaged, or another one, but nothing is thrown', async () => {
    const bytes = await photoOf(kind);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
        const changed = isCut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!isCut) changed[at] = byte;
        const block = exifBlockOf(changed, kind);
        if (block !== undefined) placeOfExif(block);
      }),
      { numRuns: 500 },
    );
  });
});

it('any bytes are some kind, and have a block or none', () => {
  const all: readonly Kind[] = [...kinds, 'heic', 'tiff', 'other'];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...all), (bytes, kind) => {
      expect(all).toContain(kindOf(bytes));
      const block = exifBlockOf(bytes, kind);
      expect(block?.byteLength ?? 0).toBeLessThanOrEqual(bytes.byteLength);
    }),
  );
});

it.each([
  ['heic', 'ftypheic\0\0\0\0mif1'],
  ['heic', 'ftypmif1\0\0\0\0heic'],
  ['avif', 'ftypavif\0\0\0\0mif1'],
  ['other', 'ftypqt  \0\0\0\0qt  '],
])('%s is told by its brands: %j', (kind, text) => {
  expect(kindOf(Buffer.from(`\0\0\0\x18${text}`, 'latin1'))).toBe(kind);
});
