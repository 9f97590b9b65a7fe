import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jensenShannon, kolmogorovSmirnov, stabilityIndex, wasserstein } from './distances.ts';

const bins = 6;

/** Shares of six bins, some of them empty. */
const shares = fc
  .array(fc.nat({ max: 20 }), { minLength: bins, maxLength: bins })
  .filter((counts) => counts.some((count) => count > 0))
  .map((counts) => {
    const sum = counts.reduce((total, count) => total + count, 0);
    return counts.map((count) => count / sum);
  });

const points = [0, 1, 2, 3, 4, 5];

const distances = {
  'Jensen-Shannon': jensenShannon,
  'the population stability index': stabilityIndex,
  'Kolmogorov-Smirnov': kolmogorovSmirnov,
  Wasserstein: (p: readonly number[], q: readonly number[]) => wasserstein(points, p, q),
};

describe.each(Object.entries(distances))('%s', (name, distance) => {
  it('is nothing for the same, more for others, and the same both ways', () => {
    fc.assert(
      fc.property(shares, shares, (p, q) => {
        expect(distance(p, p)).toBeCloseTo(0, 12);
        expect(distance(p, q)).toBeCloseTo(distance(q, p), 12);
        const differs = p.some((share, bin) => Math.abs(share - (q[bin] ?? 0)) > 1e-9);
        if (differs) expect(distance(p, q)).toBeGreaterThan(1e-9);
      }),
    );
  });

  if (name === 'the population stability index') return;

  it('is no longer than a way round', () => {
    fc.assert(
      fc.property(shares, shares, shares, (p, q, r) => {
        expect(distance(p, r)).toBeLessThanOrEqual(distance(p, q) + distance(q, r) + 1e-9);
      }),
    );
  });
});

it('Jensen-Shannon is the root of ln 2 where there is no common bin, Kolmogorov-Smirnov at most 1', () => {
  expect(jensenShannon([1, 0], [0, 1])).toBeCloseTo(Math.sqrt(Math.LN2), 12);
  expect(kolmogorovSmirnov([1, 0], [0, 1])).toBe(1);
});

it('the stability index of an empty bin is that of a share of 0.0001', () => {
  expect(stabilityIndex([0.5, 0.5], [0, 1])).toBeCloseTo(
    (0.0001 - 0.5) * Math.log(0.0001 / 0.5) + 0.5 * Math.log(2),
    12,
  );
});

it('Wasserstein is what values move on average', () => {
  expect(wasserstein([0, 10, 30], [1, 0, 0], [0, 0, 1])).toBe(30);
  const value = fc.integer({ min: 0, max: 5 });
  const sample = fc.array(value, { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(sample, sample, (one, other) => {
      const of = (values: readonly number[]) =>
        points.map((point) => values.filter((each) => each === point).length / values.length);
      const [a, b] = [one.toSorted(), other.toSorted()];
      const moved = a.reduce((sum, each, at) => sum + Math.abs(each - (b[at] ?? 0)), 0) / a.length;
      expect(wasserstein(points, of(one), of(other))).toBeCloseTo(moved, 12);
    }),
  );
});
