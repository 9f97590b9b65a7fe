import {
  InvalidRequestError,
  PayloadTooLargeError,
  ProtocolError,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPhoto } from './open-photo.ts';
import { type RgbImage, resizePhoto } from './resize-photo.ts';
import {
  jpegOfClaimedSize,
  pngHeader,
  samplePicture,
  webpHeader,
} from './testing/sample-photos.ts';

/** Opens a photo and decodes it small. */
async function decode(bytes: Uint8Array): Promise<RgbImage> {
  const size = { width: 16, height: 16, fit: 'contain', kernel: 'linear' } as const;
  return resizePhoto(await openPhoto(bytes), size);
}

/** Returns the error with which a photo is refused, be it at its header or at its pixels. */
async function refusal(bytes: Uint8Array): Promise<ProtocolError> {
  const thrown = await decode(bytes).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ProtocolError);
  return thrown as ProtocolError;
}

describe('a photo is opened', () => {
  it('and has its kind before anything is decoded', async () => {
    const { kind } = await openPhoto(await samplePicture().jpeg().toBuffer());
    expect(kind.contentType).toBe('image/jpeg');
  });

  it('with its EXIF', async () => {
    const bytes = await samplePicture()
      .webp()
      .withExif({ IFD0: { Make: 'Lens & Co' } })
      .toBuffer();
    const { exif = new Uint8Array() } = await openPhoto(bytes);
    expect(Buffer.from(exif).toString('latin1')).toContain('Lens & Co');
    expect((await openPhoto(await samplePicture().png().toBuffer())).exif).toBeUndefined();
  });

  it('with whatever a camera hangs onto its end', async () => {
    const jpeg = await samplePicture().jpeg().toBuffer();
    expect((await decode(Buffer.concat([jpeg, Buffer.alloc(5000, 0x5a)]))).data).toHaveLength(768);
  });

  it('with a stray byte between its segments, as some editors leave', async () => {
    const jpeg = await samplePicture().jpeg().toBuffer();
    const tables = jpeg.indexOf(Buffer.from([0xff, 0xc4]));
    const odd = Buffer.concat([jpeg.subarray(0, tables), Buffer.from([0]), jpeg.subarray(tables)]);
    expect((await decode(odd)).data).toHaveLength(768);
  });
});

describe('a decompression bomb', () => {
  it.each([
    [40_000, 40_000],
    [1_000_000, 121],
    [9_999_999, 12],
    [1, 65_501],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31 - 1, 1],
    [1, 2 ** 32 - 1],
  ])('PNG of %i x %i is refused by its header', async (width, height) => {
    const thrown = await refusal(pngHeader(width, height));
    expect(thrown).toBeInstanceOf(PayloadTooLargeError);
    expect(thrown.message).toContain(`${width} x ${height} pixels; at most 120 million`);
  });

  it.each([
    [12_000, 10_000],
    [65_500, 1],
    [1, 65_500],
  ])('PNG of %i x %i, which is the most, is not', async (width, height) => {
    expect(await refusal(pngHeader(width, height))).toBeInstanceOf(InvalidRequestError);
  });

  it.each([
    ['VP8X', 16_384, 16_384],
    ['VP8X', 16_777_216, 1],
    ['VP8X', 1, 16_777_216],
    ['VP8L', 16_384, 16_384],
    ['VP8L', 10_955, 10_955],
  ] as const)('WebP (%s) of %i x %i is refused by its header', async (chunk, width, height) => {
    const thrown = await refusal(webpHeader(chunk, width, height));
    expect(thrown).toBeInstanceOf(PayloadTooLargeError);
    expect(thrown.message).toContain(`${width} x ${height} pixels; at most 120 million`);
  });

  it('WebP or PNG is refused by the shortest header that says its size', async () => {
    const shortest = webpHeader('VP8X', 16_384, 16_384).subarray(0, 30);
    expect(await refusal(shortest)).toBeInstanceOf(PayloadTooLargeError);
    expect(await refusal(shortest.subarray(0, 29))).toBeInstanceOf(InvalidRequestError);
    const png = pngHeader(40_000, 40_000).subarray(0, 24);
    expect(await refusal(png)).toBeInstanceOf(PayloadTooLargeError);
    expect(await refusal(png.subarray(0, 23))).toBeInstanceOf(InvalidRequestError);
  });

  it.each(['VP8X', 'VP8L'] as const)('WebP (%s) of a fair size is not', async (chunk) => {
    expect(await refusal(webpHeader(chunk, 10_954, 10_954))).toBeInstanceOf(InvalidRequestError);
  });

  it.each([
    [40_000, 40_000],
    [65_500, 65_500],
    [65_535, 65_535],
  ])('JPEG of %i x %i is refused by its header', async (width, height) => {
    const before = process.memoryUsage().rss;
    expect(await refusal(await jpegOfClaimedSize(width, height))).toBeInstanceOf(
      PayloadTooLargeError,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('AVIF may have fewer pixels than the others, because it is decoded whole', async () => {
    const avif = await samplePicture(64, 48).avif({ effort: 0 }).toBuffer();
    // Its size is in the property `ispe`, and again in the coded frame, which has not been read yet.
    const ispe = avif.indexOf('ispe');
    avif.writeUInt32BE(8000, ispe + 8);
    avif.writeUInt32BE(6000, ispe + 12);
    const thrown = await refusal(avif);
    expect(thrown).toBeInstanceOf(PayloadTooLargeError);
    expect(thrown.message).toContain('8000 x 6000 pixels; at most 40 million of image/avif');
    for (const side of [40_000, 2 ** 31 - 1, 2 ** 32 - 1]) {
      avif.writeUInt32BE(side, ispe + 8);
      expect(await refusal(avif)).toBeInstanceOf(PayloadTooLargeError);
    }
  });
});

describe('what is no photo', () => {
  it.each([
    ['GIF', () => samplePicture().gif().toBuffer()],
    [
      'SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['text', async () => Buffer.from('I am a photo')],
  ])('%s is refused', async (_name, bytes) => {
    expect(await refusal(await bytes())).toBeInstanceOf(UnsupportedMediaTypeError);
  });

  it('of a few bytes only is refused as cut off', async () => {
    for (const whole of [pngHeader(9, 9), webpHeader('VP8X', 9, 9), webpHeader('VP8L', 9, 9)]) {
      for (let length = 12; length < 32; length += 1) {
        expect(await refusal(whole.subarray(0, length))).toBeInstanceOf(InvalidRequestError);
      }
    }
  });

  it('0 bytes are refused', async () => {
    expect(await refusal(new Uint8Array())).toBeInstanceOf(InvalidRequestError);
  });

  it('but begins like one is refused as damaged', async () => {
    const jpeg = Buffer.from('\xff\xd8\xff and then nothing of the kind', 'latin1');
    expect(await refusal(jpeg)).toBeInstanceOf(InvalidRequestError);
  });
});

describe('a photo that is cut off', () => {
  it.each([
    ['JPEG', () => samplePicture().jpeg().toBuffer()],
    ['progressive JPEG', () => samplePicture().jpeg({ progressive: true }).toBuffer()],
    ['PNG', () => samplePicture().png({ compressionLevel: 0 }).toBuffer()],
    ['interlaced PNG', () => samplePicture().png({ progressive: true }).toBuffer()],
    ['WebP', () => samplePicture().webp().toBuffer()],
    ['lossless WebP', () => samplePicture().webp({ lossless: true }).toBuffer()],
    ['AVIF', () => samplePicture().avif({ effort: 0 }).toBuffer()],
    ['TIFF', () => samplePicture().tiff({ compression: 'lzw' }).toBuffer()],
  ])('%s is refused, wherever it is cut', async (_name, make) => {
    const bytes = await make();
    // The last bytes of a PNG are no pixels: it may lack its IEND and their checksum.
    const shortest = bytes.length - (bytes[0] === 0x89 ? 24 : 1);
    for (const part of [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1]) {
      const thrown = await refusal(bytes.subarray(0, Math.max(16, Math.floor(shortest * part))));
      expect(thrown).toBeInstanceOf(InvalidRequestError);
      expect(thrown.message).toMatch(/cut off/);
      expect(thrown.cause).toBeInstanceOf(Error);
    }
  });
});

describe('a photo that is changed at random', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)(
    '%s is decoded or refused, and the process lives on',
    async (format) => {
      const good = await samplePicture(40, 30)[format]().toBuffer();
      const change = fc.record({ at: fc.nat({ max: good.length - 1 }), value: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
          const bytes = Buffer.from(good);
          for (const { at, value } of changes) bytes[at] = value;
          const outcome = await decode(bytes).catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ProtocolError);
          else expect(outcome).toMatchObject({ width: 16, height: 16, channels: 3 });
        }),
        { numRuns: 150 },
      );
    },
  );
});
