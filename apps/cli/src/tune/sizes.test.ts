import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise, durationWithShare, type MeasuredSize, quantile, sumUp } from './sizes.ts';

const size = (memoryMb: number, p50Ms: number, perMillion: number): MeasuredSize => ({
  ...{ memoryMb, p50Ms, p95Ms: p50Ms, meanMs: p50Ms, perMillion },
  ...{ usedMb: null, initMs: null, processorMs: null },
});

describe('the duration with a share of a processor', () => {
  it('grows by what the processor works longer, and by nothing else', () => {
    const report = { durationMs: 30, processorMs: 10 };
    expect(durationWithShare(report, 1769)).toBe(30);
    expect(durationWithShare(report, 10_240)).toBe(30);
    expect(durationWithShare(report, 884.5)).toBe(40);
    expect(durationWithShare({ durationMs: 30 }, 884.5)).toBe(60);
    // Another program had the processor for 15 of the 30 ms.
    expect(durationWithShare({ ...report, waitMs: 15 }, 884.5)).toBe(25);
  });

  it('is never less with less memory, and never less than what was measured', () => {
    const amount = fc.double({ min: 0.01, max: 1e4, noNaN: true });
    const memory = fc.integer({ min: 128, max: 10_240 });
    fc.assert(
      fc.property(amount, amount, memory, memory, (durationMs, processorMs, one, other) => {
        const [less, more] = [one, other]
          .toSorted((a, b) => a - b)
          .map((memoryMb) => durationWithShare({ durationMs, processorMs }, memoryMb));
        expect(less).toBeGreaterThanOrEqual((more ?? 0) - 1e-9);
        expect(more).toBeGreaterThanOrEqual(durationMs - 1e-9);
      }),
    );
  });
});

it('sums up durations, and what was told of them', () => {
  const reports = [1, 2, 3, 4].map((durationMs) => ({
    durationMs,
    memoryMb: 128,
    usedMb: 50 + durationMs,
    initMs: 200,
  }));
  expect(sumUp(128, [1, 2, 3, 4], reports, () => 0.000_001)).toEqual({
    ...{
      memoryMb: 128,
      p50Ms: 2,
      p95Ms: 4,
      meanMs: 2.5,
      usedMb: 54,
      initMs: 200,
      processorMs: null,
    },
    perMillion: expect.closeTo(1),
  });
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
});

describe('the advice', () => {
  it('is the cheapest size, and the smallest that is about as fast as any', () => {
    const sizes = [
      size(128, 80, 0.3),
      size(512, 20, 0.2),
      size(1769, 10.3, 0.4),
      size(3008, 10, 0.6),
    ];
    expect(advise(sizes)).toEqual({ cost: 512, latency: 1769 });
  });

  it('leaves sizes out that do not answer, and there is none without any', () => {
    const failed = { memoryMb: 128, failure: 'out of memory' };
    expect(advise([failed, size(256, 5, 1)])).toEqual({ cost: 256, latency: 256 });
    expect(advise([failed])).toEqual({ cost: null, latency: null });
  });
});
