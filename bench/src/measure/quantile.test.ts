import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, minimum, quantile } from './quantile.ts';

const samples = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
  minLength: 1,
  maxLength: 40,
});

describe('a quantile', () => {
  it.each([
    // numpy.quantile([1, 2, 4, 8], …)
    [0, 1],
    [0.25, 1.75],
    [0.5, 3],
    [0.9, 6.8],
    [1, 8],
  ])('%d of 8, 1, 4, 2 is %d, as NumPy has it', (share, expected) => {
    expect(quantile([8, 1, 4, 2], share)).toBeCloseTo(expected, 12);
  });

  it('of one value is that value', () => {
    expect([median([7]), minimum([7]), quantile([7], 0.99)]).toEqual([7, 7, 7]);
  });

  it('sorts numbers as numbers and leaves the sample as it was', () => {
    const sample = [10, 9, 100];
    expect(median(sample)).toBe(10);
    expect(sample).toEqual([10, 9, 100]);
  });

  it('has the right share of the sample on either side', () => {
    fc.assert(
      fc.property(samples, fc.double({ noNaN: true, min: 0, max: 1 }), (sample, share) => {
        const value = quantile(sample, share);
        const rank = share * (sample.length - 1);
        const slack = 1e-6;
        expect(sample.filter((each) => each <= value + slack).length).toBeGreaterThan(rank - slack);
        expect(sample.filter((each) => each >= value - slack).length).toBeGreaterThan(
          sample.length - 1 - rank - slack,
        );
      }),
    );
  });

  it('of nothing, or beyond the ends, is refused', () => {
    expect(() => median([])).toThrow(new RangeError('the sample is empty'));
    expect(() => quantile([1], 1.5)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});
