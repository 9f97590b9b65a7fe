import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newTally, note, percentile, summarise } from './statistics.ts';

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
  });
});
