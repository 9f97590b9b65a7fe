import { UnsupportedMediaTypeError } from '@chorus/protocol';
import exifReader from 'exif-reader';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Location } from './exif-place.ts';
import { readGpsTags } from './gps-tags.ts';
import { locationOf } from './location.ts';
import { type GpsEntry, gpsBlock, hugeExifBlock, tiffWithGps } from './testing/exif-block.ts';
import { gpsTags, jpegWithExif, samplePicture } from './testing/sample-photos.ts';

const nairobi: Location = { lat: -1.2921, lon: 36.8219 };

/** A place anywhere, the poles and the date line more often than chance would have it. */
const anyPlace: fc.Arbitrary<Location> = fc.record({
  lat: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 59.999999)),
  lon: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180)),
});

/** Latitude and longitude of a block in the shape of EXIF, three fractions each. */
const latitude: GpsEntry = {
  tag: 2,
  rationals: [
    [1, 1],
    [17, 1],
    [31, 1],
  ],
};
const longitude: GpsEntry = {
  tag: 4,
  rationals: [
    [36, 1],
    [49, 1],
    [19, 1],
  ],
};
const north: GpsEntry = { tag: 1, text: 'N\0' };
const east: GpsEntry = { tag: 3, text: 'E\0' };

/** Returns the location of a JPEG with these tags. */
async function locate(...entries: GpsEntry[]): Promise<Location | undefined> {
  return locationOf(await jpegWithExif(gpsBlock(entries)));
}

describe('the place of a photo', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'is read back from %s, wherever it is',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(anyPlace, async (place) => {
          fc.pre(Math.abs(place.lat) > 1e-6 || Math.abs(place.lon) > 1e-6);
          const bytes = await samplePicture(8, 8)[format]().withExif(gpsTags(place)).toBuffer();
          const found = await locationOf(bytes);
          expect(found?.lat).toBeCloseTo(place.lat, 4);
          expect(found?.lon).toBeCloseTo(place.lon, 4);
        }),
        { numRuns: 50 },
      );
    },
  );

  it('is read from a TIFF, which is itself EXIF', async () => {
    const tiff = await samplePicture().tiff().toBuffer();
    const place = await locationOf(tiffWithGps(tiff, [north, latitude, east, longitude]));
    expect(place).toEqual({ lat: expect.closeTo(1.291944, 6), lon: expect.closeTo(36.821944, 6) });
  });

  it('is read from a block of either byte order', async () => {
    const [little, big] = await Promise.all(
      (['little', 'big'] as const).map(async (order) =>
        locationOf(await jpegWithExif(gpsBlock([north, latitude, east, longitude], order))),
      ),
    );
    expect(little?.lat).toBeCloseTo(1.291944, 6);
    expect(big).toEqual(little);
  });

  it('is none where there is no EXIF, or no GPS in it', async () => {
    expect(await locationOf(await samplePicture().jpeg().toBuffer())).toBeUndefined();
    const exif = { IFD0: { Make: 'A camera' } };
    expect(
      await locationOf(await samplePicture().jpeg().withExif(exif).toBuffer()),
    ).toBeUndefined();
    expect(await locationOf(await samplePicture().tiff().toBuffer())).toBeUndefined();
  });

  it('is not looked for in what is no photo', async () => {
    await expect(locationOf(Buffer.from('II, no TIFF'))).rejects.toThrow(UnsupportedMediaTypeError);
  });

  it('needs no more than the first 256 kB of a JPEG', async () => {
    const noise = await sharp({
      create: {
        width: 1200,
        height: 1200,
        channels: 3,
        background: 'black',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg({ quality: 95 })
      .withExif(gpsTags(nairobi))
      .toBuffer();
    expect(noise.length).toBeGreaterThan(400_000);
    expect((await locationOf(noise.subarray(0, 262_144)))?.lon).toBeCloseTo(nairobi.lon, 6);
  });
});

describe('a hemisphere', () => {
  it.each([
    ['S', 'W', -1, -1],
    ['s', 'e', -1, 1],
    ['N', 'w\0', 1, -1],
    ['n \0', 'E\0\0\0', 1, 1],
    ['S ', 'E  ', -1, 1],
  ])('may be written %j and %j', async (latRef, lonRef, latSign, lonSign) => {
    const place = await locate(
      { tag: 1, text: latRef },
      latitude,
      { tag: 3, text: lonRef },
      longitude,
    );
    expect(place?.lat).toBeCloseTo(latSign * 1.291944, 5);
    expect(place?.lon).toBeCloseTo(lonSign * 36.821944, 5);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['a NUL', '\0'],
    ['of the other axis', 'E\0'],
    ['a word', 'North\0'],
    ['nonsense', '??'],
  ])('that is %s leaves the place unknown, instead of in the north', async (_name, text) => {
    const ref: GpsEntry[] = text === undefined ? [] : [{ tag: 1, text }];
    expect(await locate(...ref, latitude, east, longitude)).toBeUndefined();
  });
});

describe('a position that is absurd is none:', () => {
  it.each<[string, [number, number][]]>([
    [
      'a denominator of 0',
      [
        [1, 0],
        [17, 1],
        [31, 1],
      ],
    ],
    [
      '0/0',
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'minutes of 0/0',
      [
        [1, 1],
        [0, 0],
        [31, 1],
      ],
    ],
    [
      'seconds of 31/0',
      [
        [1, 1],
        [17, 1],
        [31, 0],
      ],
    ],
    [
      '95 degrees',
      [
        [95, 1],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      '90 degrees and a second',
      [
        [90, 1],
        [0, 1],
        [1, 1],
      ],
    ],
    [
      '60 minutes',
      [
        [1, 1],
        [60, 1],
        [0, 1],
      ],
    ],
    [
      '61 seconds',
      [
        [1, 1],
        [17, 1],
        [61, 1],
      ],
    ],
    [
      '4,294,967,295 degrees',
      [
        [0xffff_ffff, 1],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'two numbers',
      [
        [1, 1],
        [17, 1],
      ],
    ],
    ['no numbers', []],
  ])('%s', async (_name, rationals) => {
    expect(await locate(north, { tag: 2, rationals }, east, longitude)).toBeUndefined();
  });

  it('181 degrees of longitude', async () => {
    const far: GpsEntry = {
      tag: 4,
      rationals: [
        [181, 1],
        [0, 1],
        [0, 1],
      ],
    };
    expect(await locate(north, latitude, east, far)).toBeUndefined();
  });

  it('0, 0, but not a zero of one alone', async () => {
    const zero: [number, number][] = [
      [0, 1],
      [0, 1],
      [0, 1],
    ];
    const south: GpsEntry = { tag: 1, text: 'S\0' };
    expect(
      await locate(north, { tag: 2, rationals: zero }, east, { tag: 4, rationals: zero }),
    ).toBeUndefined();
    const quito = await locate(south, { tag: 2, rationals: zero }, east, longitude);
    expect(quito).toEqual({ lat: 0, lon: expect.closeTo(36.8219, 3) });
  });

  it('also as signed fractions, as some phones write it, but never below zero', async () => {
    const signed = (entry: GpsEntry): GpsEntry => ({ ...entry, signed: true }) as GpsEntry;
    const found = await locate(north, signed(latitude), east, signed(longitude));
    expect(found).toEqual(await locate(north, latitude, east, longitude));
    expect(found).toBeDefined();
    for (const part of [0, 1, 2]) {
      const rationals = [1, 17, 31].map((value, at): [number, number] => [
        at === part ? -value : value,
        1,
      ]);
      const negative: GpsEntry = { tag: 2, rationals, signed: true };
      expect(await locate(north, negative, east, longitude)).toBeUndefined();
    }
  });

  it('but seconds of 0/0 are only unknown', async () => {
    const rationals: [number, number][] = [
      [1, 1],
      [17, 1],
      [0, 0],
    ];
    const place = await locate(north, { tag: 2, rationals }, east, longitude);
    expect(place?.lat).toBeCloseTo(1 + 17 / 60, 9);
  });

  it('but 60 seconds, and fractions of minutes, are only careless', async () => {
    const careless: GpsEntry = {
      tag: 2,
      rationals: [
        [47, 1],
        [46, 1],
        [60, 1],
      ],
    };
    expect((await locate(north, careless, east, longitude))?.lat).toBeCloseTo(47.783333, 5);
    const minutes: GpsEntry = {
      tag: 2,
      rationals: [
        [1, 1],
        [175_166, 10_000],
        [0, 1],
      ],
    };
    expect((await locate(north, minutes, east, longitude))?.lat).toBeCloseTo(1.291943, 5);
  });
});

describe('the tags of an EXIF block', () => {
  it('are those that exif-reader reads', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, async (place) => {
        const bytes = await samplePicture(8, 8).png().withExif(gpsTags(place)).toBuffer();
        const { exif = Buffer.alloc(0) } = await sharp(bytes).metadata();
        const theirs = exifReader(exif).GPSInfo;
        const ours = readGpsTags(exif);
        const values = ours?.latitude?.map(({ numerator, denominator }) => numerator / denominator);
        expect(values).toEqual(theirs?.GPSLatitude);
        expect(ours?.longitudeRef).toBe(`${theirs?.GPSLongitudeRef}\0`);
      }),
      { numRuns: 30 },
    );
  });

  it('are none in any bytes that are no block', () => {
    const start = fc.constantFrom(
      '',
      'II*\0',
      'MM\0*',
      'Exif\0\0',
      'Exif\0\0II*\0\b\0\0\0',
      'Exif\0\0MM\0*\0\0\0\b',
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 400 }), (text, rest) => {
        expect(() => readGpsTags(Buffer.concat([Buffer.from(text, 'latin1'), rest]))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('do not throw when a good block is cut or changed anywhere', () => {
    const block = gpsBlock([north, latitude, east, longitude]);
    const position = fc.nat({ max: block.length - 1 });
    fc.assert(
      fc.property(position, position, fc.nat(255), (cut, at, value) => {
        const changed = Buffer.from(block);
        changed[at] = value;
        expect(() => readGpsTags(changed.subarray(0, cut))).not.toThrow();
        expect(() => readGpsTags(changed)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  // exif-reader takes 8 s and 3.6 GB for 65 kB of this; for so much, a test would not end.
  it('are looked for in a block that claims to have gigabytes, and no others', () => {
    expect(readGpsTags(hugeExifBlock(20_000_000))).toBeUndefined();
  });

  it('may be nonsense without making the photo unreadable', async () => {
    for (const block of [Buffer.from('Exif\0\0'), Buffer.alloc(500, 0xa7), hugeExifBlock(60_000)]) {
      expect(await locationOf(await jpegWithExif(block))).toBeUndefined();
    }
    // A directory whose only entry points back at itself.
    const loop = 'Exif\0\0II*\0\b\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\b\0\0\0\b\0\0\0';
    expect(await locationOf(await jpegWithExif(Buffer.from(loop, 'latin1')))).toBeUndefined();
  });
});
