import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomial, randomFrom, resample } from './resample.ts';
import { summariseNumbers } from './summarise.ts';
import { thresholdsAt, thresholdsOf } from './thresholds.ts';

const reference = summariseNumbers(
  'x',
  Array.from({ length: 1000 }, (_, row) => Math.sqrt(row)),
);

describe('thresholds', () => {
  const table = thresholdsOf(reference, 1000, 10);

  it('are the same whenever they are made', () => {
    expect(thresholdsOf(reference, 1000, 10)).toEqual(table);
  });

  it('fall with the rows of the window, and never below what chance alone comes to', () => {
    for (const kind of ['js', 'psi', 'ks', 'wasserstein'] as const) {
      const found = [100, 150, 300, 700, 1000, 2000, 3000, 9000, 30_000, 1e6].map(
        (rows) => thresholdsAt(table, rows)?.[kind] ?? 0,
      );
      expect(found).toEqual(found.toSorted((a, b) => b - a));
      expect(found.at(-1)).toBeGreaterThan(0);
    }
    expect(thresholdsAt(table, 300)).toEqual({ ...table[1], rows: undefined });
  });

  it('are higher for a small training, for more features, and none is about nothing', () => {
    const ofFew = thresholdsOf(reference, 100, 10);
    const ofMany = thresholdsOf(reference, 1000, 1000);
    for (const [at, { js }] of table.entries()) {
      expect(ofFew[at]?.js).toBeGreaterThan(js);
      expect(ofMany[at]?.js).toBeGreaterThan(js);
    }
    expect(thresholdsOf(reference, 1e9, 10).at(-1)).toMatchObject({ js: 0.02, ks: 0.02 });
    expect(thresholdsAt([], 300)).toBeUndefined();
  });

  it('of categories have no order', () => {
    const plan = { name: 'plan', categories: ['a', 'b'], shares: [0.5, 0.5] };
    expect(thresholdsOf(plan, 1000, 1)[0]).toEqual({
      rows: 100,
      js: expect.any(Number),
      psi: expect.any(Number),
    });
  });
});

describe('a sample', () => {
  it('has as many rows as it is asked for, and none in an empty bin', () => {
    const counts = fc
      .array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 8 })
      .filter((all) => all.some((count) => count > 0));
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 1e6 }), fc.nat(), (all, rows, seed) => {
        const sum = all.reduce((total, count) => total + count, 0);
        const drawn = resample(
          all.map((count) => count / sum),
          rows,
          randomFrom(seed),
        );
        expect(drawn.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 9);
        for (const [bin, share] of drawn.entries()) {
          expect(share).toBeGreaterThanOrEqual(0);
          if (all[bin] === 0) expect(share).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it.each([
    [40, 0.02],
    [40, 0.9],
    [300, 0.1],
    [100_000, 0.3],
  ])('of %i rows with a share of %d has the mean and the variance of a binomial one', (rows, p) => {
    const random = randomFrom(3);
    const drawn = Array.from({ length: 20_000 }, () => binomial(rows, p, random));
    const mean = drawn.reduce((sum, count) => sum + count, 0) / drawn.length;
    const variance = drawn.reduce((sum, count) => sum + (count - mean) ** 2, 0) / drawn.length;
    const expected = rows * p * (1 - p);
    expect(Math.abs(mean - rows * p)).toBeLessThan(5 * Math.sqrt(expected / drawn.length));
    expect(variance / expected).toBeGreaterThan(0.93);
    expect(variance / expected).toBeLessThan(1.07);
  });
});
