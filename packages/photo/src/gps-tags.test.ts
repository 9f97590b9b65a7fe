import { describe, expect, it } from 'vitest';
import { readGpsTags } from './gps-tags.ts';
import { type GpsEntry, gpsBlock } from './testing/exif-block.ts';

const north: GpsEntry = { tag: 1, text: 'N\0' };
const east: GpsEntry = { tag: 3, text: 'E\0' };
const latitude: GpsEntry = {
  tag: 2,
  rationals: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
};

/** Returns a block with a byte, or two, at an offset of its structure replaced. */
function changed(block: Buffer, at: number, value: number, bytes: 1 | 2 | 4 = 2): Buffer {
  const copy = Buffer.from(block);
  copy.writeUIntLE(value, 6 + at, bytes);
  return copy;
}

describe('a directory', () => {
  it('is read to its last entry, also where the block ends with it', () => {
    const block = gpsBlock([north, east]);
    // Without the four bytes that say where the next directory is.
    expect(readGpsTags(block.subarray(0, -4))).toMatchObject({
      latitudeRef: 'N\0',
      longitudeRef: 'E\0',
    });
    expect(readGpsTags(block.subarray(0, -5))).toMatchObject({
      latitudeRef: 'N\0',
      longitudeRef: undefined,
    });
  });

  it('has as many entries as it says', () => {
    expect(readGpsTags(changed(gpsBlock([north, east]), 26, 1))).toMatchObject({
      latitudeRef: 'N\0',
      longitudeRef: undefined,
    });
  });

  it('has the first of entries with the same tag', () => {
    const south: GpsEntry = { tag: 1, text: 'S\0' };
    expect(readGpsTags(gpsBlock([north, south]))?.latitudeRef).toBe('N\0');
    expect(readGpsTags(gpsBlock([south, north]))?.latitudeRef).toBe('S\0');
  });

  it.each([-2, -1, 0, 1000])('is empty where it begins %i bytes from the end', (distance) => {
    const block = gpsBlock([north]);
    const size = block.length - 6;
    // The pointer's value: the fourth field of the only entry of the first directory.
    expect(readGpsTags(changed(block, 18, size + distance, 4))).toMatchObject({
      latitudeRef: undefined,
      latitude: undefined,
    });
    expect(readGpsTags(changed(block, 4, size + distance, 4))).toBeUndefined();
  });
});

describe('three fractions', () => {
  it('are read to the last byte of the block, and no further', () => {
    const block = gpsBlock([latitude]);
    expect(readGpsTags(block)?.latitude).toEqual([
      { numerator: 1, denominator: 2 },
      { numerator: 3, denominator: 4 },
      { numerator: 5, denominator: 6 },
    ]);
    expect(readGpsTags(block.subarray(0, -1))).toMatchObject({ latitude: undefined });
  });

  it.each([2, 4])('are not %i', (count) => {
    const rationals = Array.from({ length: count }, () => [1, 1] as const);
    expect(readGpsTags(gpsBlock([{ tag: 2, rationals }]))).toMatchObject({ latitude: undefined });
  });
});

it.each([
  ['N', 'N'],
  ['N\0\0\0', 'N\0\0\0'],
  ['N\0\0\0\0', undefined],
  ['', undefined],
])('a hemisphere is one to four characters: %j', (text, expected) => {
  expect(readGpsTags(gpsBlock([{ tag: 1, text }]))?.latitudeRef).toBe(expected);
});

it.each([
  ['of another byte order', (block: Buffer) => changed(block, 0, 0x4a4a)],
  ['of another number than 42', (block: Buffer) => changed(block, 2, 43)],
  ['whose pointer is a short', (block: Buffer) => changed(block, 12, 3)],
  ['whose pointer is two', (block: Buffer) => changed(block, 14, 2)],
  ['whose only tag is another', (block: Buffer) => changed(block, 10, 0x8769)],
  ['of seven bytes', (block: Buffer) => block.subarray(6, 13)],
  ['of no bytes', () => Buffer.alloc(0)],
])('a block %s has no position', (_, change) => {
  expect(readGpsTags(gpsBlock([north]))).toBeDefined();
  expect(readGpsTags(change(gpsBlock([north])))).toBeUndefined();
});
