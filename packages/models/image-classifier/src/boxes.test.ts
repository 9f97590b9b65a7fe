import type { ImageInput } from '@chorus/registry/manifest';
import { describe, expect, it } from 'vitest';
import { boxesOf } from './boxes.ts';

const input: ImageInput = {
  name: 'pixels',
  layout: 'NHWC',
  datatype: 'UINT8',
  width: 100,
  height: 100,
  channels: 'RGB',
  fit: 'contain',
  kernel: 'linear',
};
const labels = [
  { name: 'cat', indices: [1] },
  { name: 'dog', indices: [2, 3] },
];
/** Twice as wide as high: 100 x 50 pixels of the input, between bars of 25. */
const wide = { width: 400, height: 200 };

const close = (...numbers: number[]) => numbers.map((number) => expect.closeTo(number, 9));

describe('a box', () => {
  it.each([
    ['between bars', 'contain', [10, 25, 60, 50], [0.1, 0, 0.5, 0.5]],
    ['of a stretched photo', 'fill', [10, 25, 60, 50], [0.1, 0.25, 0.5, 0.25]],
    ['of a cropped photo', 'cover', [0, 50, 100, 100], [0.25, 0.5, 0.5, 0.5]],
  ] as const)('%s is a part of the photo itself', (_, fit, corners, box) => {
    expect(boxesOf([...corners, 0.9, 1], wide, { ...input, fit }, labels)).toEqual([
      { label: 'cat', probability: 0.9, box: close(...box) },
    ]);
  });

  it('ends where the photo ends', () => {
    const [found] = boxesOf([-20, 0, 120, 50, 0.9, 3], wide, input, labels);
    expect(found).toEqual({ label: 'dog', probability: 0.9, box: close(0, 0, 1, 0.5) });
  });

  it.each([
    ['of no score', [0, 30, 10, 40, 0, 1]],
    ['of a class that no label names', [0, 30, 10, 40, 0.9, 0]],
    ['in a bar', [0, 0, 10, 20, 0.9, 1]],
    ['of no size', [10, 30, 10, 40, 0.9, 1]],
    ['inside out', [20, 30, 10, 40, 0.9, 1]],
  ])('%s is none', (_, numbers) => {
    expect(boxesOf(numbers, wide, input, labels)).toEqual([]);
  });

  it('comes in the order of the graph', () => {
    const found = boxesOf([0, 30, 9, 40, 0.4, 1, 0, 30, 9, 40, 0.9, 2], wide, input, labels);
    expect(found.map(({ label }) => label)).toEqual(['cat', 'dog']);
  });

  it('without a place is a fault of ours', () => {
    expect(() => boxesOf([0, Number.NaN, 1, 1, 1, 1], wide, input, labels)).toThrow('no place');
  });
});
