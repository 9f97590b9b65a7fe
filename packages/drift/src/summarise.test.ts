import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf } from './counts.ts';
import { summariseCategories, summariseNumbers } from './summarise.ts';

const summarise = (values: readonly number[]) => summariseNumbers('x', values);

describe('numbers', () => {
  it('are cut into ten bins where they are even', () => {
    const reference = summarise([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(reference).toMatchObject({ name: 'x', mean: 5.5, minimum: 1, maximum: 10, rows: 10 });
    expect(reference.std).toBeCloseTo(Math.sqrt(8.25), 12);
    expect(reference.edges).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(reference.shares).toEqual(new Array(10).fill(0.1));
    expect(reference.centres).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('of two values, or of one, leave no bin empty', () => {
    expect(summarise([0, 0, 0, 1])).toMatchObject({ edges: [0], shares: [0.75, 0.25] });
    expect(summarise([7, 7])).toMatchObject({ edges: [], shares: [1], centres: [7], std: 0 });
  });

  it('that are missing count for their share only', () => {
    const reference = summarise([1, Number.NaN, 2, 3]);
    expect(reference).toMatchObject({ mean: 2, minimum: 1, maximum: 3, rows: 4, missing: 0.25 });
    expect(summarise([1, 2, 3])).not.toHaveProperty('missing');
  });

  it('are each in a bin that is not empty, whose centre is their mean', () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 3 }),
      fc.double({ min: -9, max: 9, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const { edges, shares, centres = [], mean } = summarise(values);
        const counts = new Array<number>(edges.length + 1).fill(0);
        for (const x of values) counts[binOf(edges, x)] = (counts[binOf(edges, x)] ?? 0) + 1;
        expect(shares).toEqual(counts.map((count) => count / values.length));
        expect(Math.min(...shares)).toBeGreaterThan(0);
        expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
        const whole = centres.reduce((sum, centre, bin) => sum + centre * (shares[bin] ?? 0), 0);
        expect(whole).toBeCloseTo(mean, 9);
        for (const [bin, centre] of centres.entries())
          expect(centre).toBeLessThanOrEqual((edges[bin] ?? Infinity) + 1e-9);
      }),
    );
  });
});

describe('categories', () => {
  it('come by their share, those that are missing apart', () => {
    expect(summariseCategories('plan', ['free', 'paid', 'free', null, ''])).toEqual({
      name: 'plan',
      categories: ['free', '', 'paid'],
      shares: [0.5, 0.25, 0.25],
      rows: 5,
      missing: 0.2,
    });
  });
});
