import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPhoto } from './open-photo.ts';
import { type PhotoSize, type RgbImage, resizePhoto } from './resize-photo.ts';
import { quarters, samplePicture } from './testing/sample-photos.ts';

const { red, green, blue, white } = quarters;

async function pixelsOf(bytes: Uint8Array, size: Partial<PhotoSize> = {}): Promise<RgbImage> {
  const whole: PhotoSize = { width: 32, height: 24, fit: 'contain', kernel: 'linear', ...size };
  return resizePhoto(await openPhoto(bytes), whole);
}

/** Red, green and blue of a pixel. */
function at({ data, width }: RgbImage, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

/** Returns the colours in the middle of the quarters, from the top left, row by row. */
function corners(image: RgbImage): number[][] {
  const [left, right] = [Math.floor(image.width / 4), Math.floor((image.width * 3) / 4)];
  const [top, bottom] = [Math.floor(image.height / 4), Math.floor((image.height * 3) / 4)];
  return [
    at(image, left, top),
    at(image, right, top),
    at(image, left, bottom),
    at(image, right, bottom),
  ];
}

/** Expects four colours, each channel within so many levels. */
function expectColours(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance = 6,
): void {
  const difference = actual.flatMap((colour, index) =>
    colour.map((level, channel) => Math.abs(level - (expected[index]?.[channel] ?? 999))),
  );
  expect(Math.max(...difference), JSON.stringify(actual)).toBeLessThanOrEqual(tolerance);
}

describe('pixels of a photo', () => {
  it.each([
    ['JPEG', () => samplePicture().jpeg({ quality: 95, chromaSubsampling: '4:4:4' })],
    ['progressive JPEG', () => samplePicture().jpeg({ quality: 95, progressive: true })],
    ['PNG', () => samplePicture().png()],
    ['PNG with a palette', () => samplePicture().png({ palette: true })],
    ['WebP', () => samplePicture().webp({ quality: 95 })],
    ['AVIF', () => samplePicture().avif({ quality: 95, effort: 0 })],
    ['TIFF', () => samplePicture().tiff({ compression: 'lzw' })],
    ['TIFF of tiles', () => samplePicture().tiff({ compression: 'none', tile: true })],
    ['PNG of 16 bits', () => samplePicture().toColourspace('rgb16').png()],
    ['AVIF of 10 bits', () => samplePicture().avif({ quality: 95, bitdepth: 10, effort: 0 })],
    ['JPEG of a large photo', () => samplePicture(3200, 2400).jpeg()],
    ['WebP of a large photo', () => samplePicture(1600, 1200).webp()],
  ])('of a %s are red, green and blue in a byte each', async (_name, picture) => {
    const image = await pixelsOf(await picture().toBuffer());
    expect(image).toMatchObject({ width: 32, height: 24, channels: 3 });
    expect(image.data).toHaveLength(32 * 24 * 3);
    expectColours(corners(image), [red, green, blue, white]);
  });

  it('of a CMYK JPEG are near to what they were before it was printed', async () => {
    const cmyk = await samplePicture().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect(await sharp(cmyk).metadata()).toMatchObject({ space: 'cmyk', channels: 4 });
    expectColours(corners(await pixelsOf(cmyk)), [red, green, blue, white], 70);
  });

  it('of a greyscale photo have three equal channels', async () => {
    for (const grey of [
      samplePicture().greyscale().jpeg(),
      samplePicture().toColourspace('b-w').png(),
    ]) {
      const [first = []] = corners(await pixelsOf(await grey.toBuffer()));
      expect(new Set(first).size).toBe(1);
      expect(first).toHaveLength(3);
    }
  });

  it('of 16-bit grey with transparency are 8-bit too', async () => {
    const data = Uint16Array.from({ length: 16 * 16 * 2 }, (_, index) =>
      index % 2 === 0 ? 0x8080 : 0xffff,
    );
    const png = await sharp(data, { raw: { width: 16, height: 16, channels: 2 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    expectColours([at(await pixelsOf(png, { fit: 'fill' }), 3, 3)], [[128, 128, 128]], 1);
  });

  it('that are transparent are black', async () => {
    for (const format of ['png', 'webp', 'avif'] as const) {
      const half = await samplePicture().ensureAlpha(0.5)[format]({ quality: 100 }).toBuffer();
      expectColours(corners(await pixelsOf(half)).slice(0, 1), [[110, 20, 20]], 8);
    }
  });

  it('of a wide-gamut photo are those of sRGB', async () => {
    const p3 = await samplePicture().withIccProfile('p3').png().toBuffer();
    expect((await sharp(p3).metadata()).hasProfile).toBe(true);
    expectColours(corners(await pixelsOf(p3)), [red, green, blue, white], 6);
  });

  it('of an animation are those of its first frame', async () => {
    const frames = [red, green, blue].map(([r, g, b]) =>
      sharp({ create: { width: 32, height: 32, channels: 3, background: { r, g, b } } })
        .png()
        .toBuffer(),
    );
    const animation = await sharp(await Promise.all(frames), { join: { animated: true } })
      .webp({ lossless: true })
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(3);
    expectColours(corners(await pixelsOf(animation, { width: 32, height: 32 })), [
      red,
      red,
      red,
      red,
    ]);
  });

  it('of a document are those of its first page', async () => {
    const pages = [green, red].map(([r, g, b]) =>
      sharp({ create: { width: 32, height: 32, channels: 3, background: { r, g, b } } })
        .png()
        .toBuffer(),
    );
    const tiff = await sharp(await Promise.all(pages), { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect((await sharp(tiff).metadata()).pages).toBe(2);
    expectColours([at(await pixelsOf(tiff, { width: 32, height: 32 }), 16, 30)], [green]);
  });
});

describe('a photo that was taken', () => {
  // What the camera saw, upright, is always red, green, blue, white; the file has it turned.
  it.each([
    [1, 'upright', [red, green, blue, white]],
    [2, 'mirrored', [green, red, white, blue]],
    [3, 'upside down', [white, blue, green, red]],
    [4, 'mirrored upside down', [blue, white, red, green]],
    [5, 'mirrored and turned left', [red, blue, green, white]],
    [6, 'turned left', [green, white, red, blue]],
    [7, 'mirrored and turned right', [white, green, blue, red]],
    [8, 'turned right', [blue, red, white, green]],
  ] as const)(
    'with EXIF orientation %i, %s, is put upright',
    async (orientation, _name, inFile) => {
      const [width, height] = orientation < 5 ? [64, 48] : [48, 64];
      const tile = (colour: (typeof inFile)[number]) => {
        const [r, g, b] = colour;
        const half = { width: width / 2, height: height / 2 };
        return { create: { ...half, channels: 3 as const, background: { r, g, b } } };
      };
      const jpeg = await sharp({ create: { width, height, channels: 3, background: 'black' } })
        .composite(
          inFile.map((colour, index) => ({
            input: tile(colour),
            left: (index % 2) * (width / 2),
            top: Math.floor(index / 2) * (height / 2),
          })),
        )
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .withMetadata({ orientation })
        .toBuffer();
      expectColours(corners(await pixelsOf(jpeg, { fit: 'fill' })), [red, green, blue, white]);
    },
  );
});

describe('a photo that has another shape than is wanted', () => {
  const size = { width: 40, height: 40 } as const;

  it('is framed by bars', async () => {
    const image = await pixelsOf(await samplePicture(64, 32).png().toBuffer(), size);
    expectColours(
      [at(image, 20, 3), at(image, 20, 36), at(image, 4, 15)],
      [[0, 0, 0], [0, 0, 0], red],
      1,
    );
  });

  it('is framed in a colour of choice', async () => {
    const background = [114, 10, 20] as const;
    const image = await pixelsOf(await samplePicture(64, 32).jpeg().toBuffer(), {
      ...size,
      background,
    });
    expectColours([at(image, 20, 3)], [background], 1);
  });

  it('is distorted', async () => {
    const image = await pixelsOf(await samplePicture(64, 32).png().toBuffer(), {
      ...size,
      fit: 'fill',
    });
    expectColours(corners(image), [red, green, blue, white], 1);
  });

  it('is cut off at its sides', async () => {
    const image = await pixelsOf(await samplePicture(400, 32).png().toBuffer(), {
      ...size,
      fit: 'cover',
    });
    expectColours(corners(image), [red, green, blue, white], 1);
    expect(image.data).toHaveLength(40 * 40 * 3);
  });

  it('is enlarged, sharply or smoothly', async () => {
    const png = await samplePicture(4, 4).png().toBuffer();
    const colours = async (kernel: PhotoSize['kernel']) => {
      const { data } = await pixelsOf(png, { ...size, kernel });
      return new Set(data).size;
    };
    expect(await colours('nearest')).toBe(6);
    expect(await colours('cubic')).toBeGreaterThan(50);
    expect(await colours('lanczos3')).toBeGreaterThan(50);
  });
});
