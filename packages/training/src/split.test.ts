import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sfc32 } from './random.ts';
import { splitRows } from './split.ts';

it('puts every row into exactly one part, a fifth of them held out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), (rows, seed) => {
      const { train, test } = splitRows(rows, seed);
      expect(test.length).toBe(Math.ceil(rows / 5));
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
    }),
  );
});

it('depends on the seed alone', () => {
  expect(splitRows(506, 1)).toEqual(splitRows(506, 1));
  expect(splitRows(506, 1)).not.toEqual(splitRows(506, 2));
});

it('draws evenly, and differently in each stream', () => {
  const [random, other] = [sfc32(5), sfc32(5, 1)];
  const counts = new Array<number>(10).fill(0);
  let same = 0;
  for (let draw = 0; draw < 10_000; draw++) {
    const value = random.below(10);
    counts[value] = (counts[value] ?? 0) + 1;
    same += Number(value === other.below(10));
  }
  // Five standard deviations of a binomial count are 150.
  for (const count of [...counts, same]) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

it('draws what it has always drawn: files trained by a recipe depend on it', () => {
  const random = sfc32(42, 1);
  expect([1, 2, 3, 4].map(() => random.below(2 ** 32))).toEqual([
    1960356726, 3073982541, 1646972858, 746640000,
  ]);
});
