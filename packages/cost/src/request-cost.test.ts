import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invocationCost, requestCost, workflowCost, writeCost } from './request-cost.ts';

describe('invocationCost', () => {
  it("agrees with the first example of Lambda's price list", () => {
    // 3 million requests of 120 ms with 1536 MB: 540,000 GB-s at 0.0000166667 and 0.60 for the requests.
    const invocation = { durationMs: 120, memoryMb: 1536, architecture: 'x64' } as const;
    expect(3e6 * invocationCost(invocation)).toBeCloseTo(9.0 + 0.6, 3);
  });

  it('bills every begun millisecond', () => {
    const bill = (durationMs: number) => invocationCost({ durationMs, memoryMb: 1024 });
    expect(bill(1.01)).toBe(bill(2));
    expect(bill(2)).toBeLessThan(bill(2.01));
  });

  it('asks a fifth less for arm64, which functions run on unless they say otherwise', () => {
    const x64 = invocationCost({ durationMs: 1e6, memoryMb: 1024, architecture: 'x64' });
    const arm64 = invocationCost({ durationMs: 1e6, memoryMb: 1024 });
    expect(arm64 / x64).toBeCloseTo(0.8, 2);
  });
});

describe('workflowCost', () => {
  it('rounds up to 100 ms and to 64 MB', () => {
    expect(workflowCost(1)).toBe(workflowCost(100));
    expect(workflowCost(101)).toBe(workflowCost(200));
    expect(workflowCost(100, 65)).toBe(workflowCost(100, 128));
  });

  it("agrees with the price list's example: 1 million of 30 s in 64 MB", () => {
    // $1 for the requests and 1,875,000 GB-s at 0.00001667.
    expect(1e6 * workflowCost(30_000)).toBeCloseTo(1 + 31.25625, 6);
  });
});

describe('writeCost', () => {
  it('agrees with the price list: $0.625 for a million writes of up to 1 KB', () => {
    expect(1e6 * writeCost(1)).toBeCloseTo(0.625, 9);
    expect(writeCost(0)).toBe(writeCost(1024));
    expect(writeCost(1025)).toBe(2 * writeCost(1024));
  });

  it('is a part of a request’s cost', () => {
    const profile = { invocations: [], throughApi: false };
    expect(requestCost({ ...profile, written: [10, 5000] })).toBeCloseTo(6 * writeCost(1), 15);
  });
});

describe('requestCost', () => {
  const invocation = fc.record({
    durationMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
    memoryMb: fc.integer({ min: 128, max: 10_240 }),
  });

  it('is the sum of its parts', () => {
    fc.assert(
      fc.property(fc.array(invocation), fc.integer({ min: 0, max: 29_000 }), (all, ms) => {
        const whole = requestCost({ invocations: all, workflow: { durationMs: ms } });
        const api = requestCost({ invocations: [] });
        const parts = all.reduce((sum, each) => sum + invocationCost(each), workflowCost(ms) + api);
        expect(whole).toBeCloseTo(parts, 12);
      }),
    );
  });

  it('leaves out the API when the call did not come through it', () => {
    const invocations = [{ durationMs: 10, memoryMb: 512 }];
    expect(requestCost({ invocations, throughApi: false })).toBe(
      invocationCost({ durationMs: 10, memoryMb: 512 }),
    );
  });
});
