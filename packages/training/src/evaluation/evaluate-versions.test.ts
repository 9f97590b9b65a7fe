import { describe, expect, it } from 'vitest';
import { sfc32 } from '../random.ts';
import { comparePaired, evaluateVersions, measureVersion } from './evaluate-versions.ts';

/** Standard normal numbers (Box & Muller 1958). */
function normal(count: number, seed: number): Float64Array {
  const random = sfc32(seed);
  const uniform = () => (random.below(2 ** 32) + 0.5) / 2 ** 32;
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

const plus = (values: Float64Array, others: Float64Array, share = 1) =>
  values.map((value, row) => value + share * (others[row] ?? Number.NaN));

describe('measureVersion', () => {
  it('gives an interval that holds the true value in some 95 of 100 samples', () => {
    const samples = Array.from({ length: 100 }, (_, seed) => {
      const target = normal(150, 2 * seed);
      return measureVersion(plus(target, normal(150, 2 * seed + 1), 0.5), target, seed);
    });
    const holds = (name: 'rmse' | 'r2', truth: number) =>
      samples.filter(({ intervals: { [name]: each } }) => each.low <= truth && truth <= each.high);
    // Three standard deviations below 95.
    expect(holds('rmse', 0.5).length).toBeGreaterThan(87);
    expect(holds('r2', 0.75).length).toBeGreaterThan(87);
    for (const { metrics, intervals } of samples) {
      expect(metrics.rmse).toBeGreaterThan(intervals.rmse.low);
      expect(metrics.rmse).toBeLessThan(intervals.rmse.high);
    }
  });

  it('gives many rows the interval that drawing them would give', () => {
    const target = normal(5001, 1);
    const predicted = plus(target, normal(5001, 2), 0.5);
    const [drawn, linear] = [
      measureVersion(predicted.subarray(1), target.subarray(1)),
      measureVersion(predicted, target),
    ];
    for (const name of ['rmse', 'r2'] as const) {
      const width = drawn.intervals[name].high - drawn.intervals[name].low;
      for (const end of ['low', 'high'] as const) {
        const difference = Math.abs(linear.intervals[name][end] - drawn.intervals[name][end]);
        expect(difference).toBeLessThan(width / 10);
      }
    }
  });

  it('is the same for the same rows and seed', () => {
    const [target, predicted] = [normal(50, 1), normal(50, 2)];
    expect(measureVersion(predicted, target, 3)).toEqual(measureVersion(predicted, target, 3));
    expect(measureVersion(predicted, target, 3)).not.toEqual(measureVersion(predicted, target, 4));
  });

  it('is sure of a perfect fit, and of a single row', () => {
    const target = normal(20, 1);
    expect(measureVersion(target, target)).toEqual({
      metrics: { rmse: 0, r2: 1 },
      intervals: { rmse: { low: 0, high: 0 }, r2: { low: 1, high: 1 } },
    });
    const single = measureVersion(Float64Array.of(3), Float64Array.of(1));
    expect(single.intervals.rmse).toEqual({ low: 2, high: 2 });
  });

  it.each([
    ['no rows', [], [], 'no rows to judge by'],
    ['another number of predictions', [1], [1, 2], '1 predictions for 2 rows'],
    ['a prediction that is no number', [1, Number.NaN], [1, 2], 'The prediction of row 1 is NaN'],
  ])('refuses %s', (_, predicted, target, message) => {
    expect(() => measureVersion(Float64Array.from(predicted), Float64Array.from(target))).toThrow(
      message,
    );
  });
});

describe('comparePaired', () => {
  const shared = normal(100, 1);
  const champion = plus(shared, normal(100, 2), 0.2);

  it('sees a small difference that the intervals of both do not show', () => {
    const challenger = plus(
      shared.map((error) => error * 0.9),
      normal(100, 3),
      0.2,
    );
    const { difference, interval, better } = comparePaired(champion, challenger);
    expect(better).toBe('challenger');
    expect(difference).toBeGreaterThan(interval.low);
    expect(difference).toBeLessThan(interval.high);
    const [old, next] = [champion, challenger].map((errors) =>
      measureVersion(errors, new Float64Array(100)),
    );
    expect(next?.intervals.rmse.high).toBeGreaterThan(old?.intervals.rmse.low ?? Number.NaN);
  });

  it('prefers neither of two that are as good, and the champion to a worse one', () => {
    const twin = plus(shared, normal(100, 4), 0.2);
    expect(comparePaired(champion, twin).better).toBe('neither');
    expect(comparePaired(champion, champion)).toEqual({
      difference: 0,
      interval: { low: 0, high: 0 },
      better: 'neither',
    });
    expect(
      comparePaired(
        champion,
        champion.map((error) => error * 1.2),
      ).better,
    ).toBe('champion');
  });

  it('asks for as much as the margin says', () => {
    const challenger = champion.map((error) => error * 0.9);
    expect(comparePaired(champion, challenger).better).toBe('challenger');
    expect(comparePaired(champion, challenger, { margin: 0.05 }).better).toBe('challenger');
    expect(comparePaired(champion, challenger, { margin: 0.15 }).better).toBe('neither');
  });

  it('mistakes one of two equals for better in hardly more than one of twenty samples', () => {
    const wrong = Array.from({ length: 100 }, (_, seed) => {
      const hard = normal(100, 3 * seed);
      const [one, other] = [1, 2].map((at) => plus(hard, normal(100, 3 * seed + at), 0.3));
      return comparePaired(one ?? hard, other ?? hard, { seed }).better;
    }).filter((better) => better !== 'neither');
    // Three standard deviations above 5.
    expect(wrong.length).toBeLessThan(12);
  });

  it('refuses errors of other rows', () => {
    expect(() => comparePaired(champion, champion.subarray(1))).toThrow('not of the same rows');
  });
});

it('evaluateVersions measures both and compares them', () => {
  const target = normal(100, 5);
  const champion = plus(target, normal(100, 6), 0.5);
  const challenger = plus(target, normal(100, 7), 0.2);
  expect(evaluateVersions(target, { champion, challenger })).toEqual({
    rows: 100,
    champion: measureVersion(champion, target),
    challenger: measureVersion(challenger, target),
    comparison: expect.objectContaining({ better: 'challenger' }),
  });
});
