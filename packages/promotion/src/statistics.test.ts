import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostAboveP95, newTally, note, percentile, summarise } from './statistics.ts';

describe('a percentile', () => {
  it('is the nearest rank', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(percentile(twenty, 0.5)).toBe(10);
    expect(percentile(twenty, 0.95)).toBe(19);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.95)).toBeNull();
  });

  it('has at least that share of the values at or below it, and is one of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, share) => {
          const ascending = values.toSorted((one, other) => one - other);
          const found = percentile(ascending, share) ?? Number.NaN;
          expect(values).toContain(found);
          const below = values.filter((value) => value <= found).length;
          expect(below / values.length).toBeGreaterThanOrEqual(share - 1e-9);
        },
      ),
    );
  });
});

it('a summary counts errors by kind, and times only what was answered', () => {
  const tally = newTally();
  note(tally, 5, undefined);
  note(tally, 900, 'ModelLoadError: gone');
  note(tally, 7, undefined);
  note(tally, 900, 'ModelLoadError: gone');
  expect(summarise(tally)).toEqual({
    requests: 4,
    errors: 2,
    errorKinds: { 'ModelLoadError: gone': 2 },
    p50: 5,
    p95: 7,
    p95AtLeast: 5,
  });
  expect(summarise(newTally())).toMatchObject({ requests: 0, p50: null, p95AtLeast: null });
});

describe('what a p95 is at least', () => {
  it.each([
    // The first number of values for which binom.cdf(number, count, 0.05) >= 0.99, by SciPy.
    [1, 1],
    [20, 4],
    [100, 11],
    [1000, 67],
    // From here on by the normal distribution; the exact numbers are the same.
    [1001, 67],
    [10_000, 551],
  ])('is that with %i answers at most %i are above the true one', (count, most) => {
    expect(mostAboveP95(count)).toBe(most);
  });

  it('is not moved by a few answers that were slow by chance', () => {
    const tally = newTally();
    for (let index = 0; index < 16; index++) note(tally, 1 + index, undefined);
    for (let index = 0; index < 4; index++) note(tally, 900, undefined);
    expect(summarise(tally)).toMatchObject({ p95: 900, p95AtLeast: 16 });
    note(tally, 900, undefined);
    expect(summarise(tally)).toMatchObject({ p95AtLeast: 900 });
  });
});
