import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bill,
  breakEvenRequests,
  containerBill,
  serverlessBill,
  type Traffic,
} from './monthly-bill.ts';
import { requestCost } from './request-cost.ts';

/** Functions of one size. */
function functionsOf(count: number, memoryMb: number): Traffic['functions'] {
  return Array.from({ length: count }, () => ({ memoryMb, architecture: 'x64' }));
}

const traffic: Traffic = {
  requests: 1e6,
  functions: functionsOf(3, 1024),
  inTurn: 1,
  durationMs: 20,
  coldShare: 0,
  coldMs: 400,
  architecture: 'x64',
  peakPerSecond: 4,
};

const anyTraffic: fc.Arbitrary<Traffic> = fc.record({
  requests: fc.integer({ min: 1, max: 1e9 }),
  functions: fc.array(
    fc.record({
      memoryMb: fc.integer({ min: 128, max: 10_240 }),
      architecture: fc.constantFrom('x64', 'arm64'),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  inTurn: fc.integer({ min: 1, max: 10 }),
  writes: fc.integer({ min: 0, max: 3 }),
  durationMs: fc.integer({ min: 1, max: 5000 }),
  coldShare: fc.double({ min: 0, max: 1, noNaN: true }),
  coldMs: fc.integer({ min: 0, max: 5000 }),
  architecture: fc.constantFrom('x64', 'arm64'),
  peakPerSecond: fc.double({ min: 0.01, max: 1000, noNaN: true }),
});

describe('serverlessBill', () => {
  it('is, with no cold start, so many times the cost of one request, and what is observed', () => {
    const one = requestCost({
      invocations: Array.from({ length: 3 }, () => ({
        durationMs: 20,
        memoryMb: 1024,
        architecture: traffic.architecture,
      })),
      workflow: { durationMs: 20 },
    });
    const { total, lines } = serverlessBill(traffic);
    const observed = lines
      .filter(({ what }) => /CloudWatch|X-Ray/.test(what))
      .reduce((sum, { cost }) => sum + cost, 0);
    expect(total - observed).toBeCloseTo(1e6 * one, 6);
  });

  it('counts each function by its own size, those that wait for one another, and writes', () => {
    const functions = [
      { memoryMb: 512, architecture: 'arm64' },
      { memoryMb: 2048, architecture: 'x64' },
    ] as const;
    const one = requestCost({
      invocations: functions.map((size) => ({ ...size, durationMs: 150 })),
      workflow: { durationMs: 300 },
      written: [900],
    });
    const { lines } = serverlessBill({
      ...traffic,
      functions,
      inTurn: 2,
      writes: 1,
      durationMs: 150,
    });
    const costs = lines.filter(({ what }) => !/CloudWatch|X-Ray/.test(what));
    expect(costs.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(1e6 * one, 6);
    expect(costs.map(({ what }) => what)).toContain('Lambda, arm64, x64');
  });

  it('costs nothing without requests', () => {
    expect(serverlessBill({ ...traffic, requests: 0 }).total).toBe(0);
  });

  it('adds up, grows with traffic and with cold starts', () => {
    fc.assert(
      fc.property(anyTraffic, (each) => {
        const bill = serverlessBill(each);
        expect(bill.lines.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(bill.total, 6);
        // Metrics cost no more from some requests a day on.
        const byRequest = ({ lines }: Bill) =>
          lines.reduce((sum, { what, cost }) => sum + (/metrics/.test(what) ? 0 : cost), 0);
        expect(byRequest(serverlessBill({ ...each, requests: each.requests * 2 }))).toBeCloseTo(
          2 * byRequest(bill),
          4,
        );
        const colder = Math.min(1, each.coldShare + 0.1);
        const tolerance = bill.total * 1e-9;
        expect(serverlessBill({ ...each, coldShare: colder }).total).toBeGreaterThanOrEqual(
          bill.total - tolerance,
        );
      }),
    );
  });
});

describe('containerBill', () => {
  it('keeps two tasks however little there is to do', () => {
    const [fargate] = containerBill({ ...traffic, peakPerSecond: 0.001 }).lines;
    expect(fargate?.quantity).toBe('2 tasks of 0.5 vCPU and 3 GB');
  });

  it('agrees with a bill reckoned by hand', () => {
    // 2 x 730 h x (0.5 x 0.04048 + 3 x 0.004445), and a load balancer for 730 h at 0.0305.
    const { total } = containerBill({ ...traffic, requests: 0 });
    expect(total).toBeCloseTo(49.02 + 22.265, 2);
  });

  it.each([
    ['as many vCPUs as the smallest has', 1, 1769, 5, '2 tasks of 0.25 vCPU and 2 GB'],
    ['as much memory as the smallest may have', 2, 1024, 0.001, '2 tasks of 0.25 vCPU and 2 GB'],
    ['more memory than that', 2, 1025, 0.001, '2 tasks of 0.5 vCPU and 3 GB'],
    ['more than two of the largest', 1, 1769, 1000, '7 tasks of 16 vCPU and 32 GB'],
  ])(
    'takes the smallest size that holds %s',
    (_what, models, memoryMb, peakPerSecond, quantity) => {
      const functions = functionsOf(models, memoryMb);
      const needs = { ...traffic, durationMs: 100, functions, peakPerSecond };
      expect(containerBill(needs).lines[0]?.quantity).toBe(quantity);
    },
  );

  it('has vCPUs for the peak', () => {
    fc.assert(
      fc.property(anyTraffic, (each) => {
        const text = containerBill(each).lines[0]?.quantity ?? '';
        const [tasks = 0, vcpus = 0] = (text.match(/[\d.,]+/g) ?? []).map((number) =>
          Number(number.replaceAll(',', '')),
        );
        const shares = each.functions.map(({ memoryMb }) => Math.min(1, memoryMb / 1769));
        const share = shares.reduce((sum, one) => sum + one, 0);
        const busy = each.peakPerSecond * (each.durationMs / 1000) * share;
        expect(tasks * vcpus).toBeGreaterThanOrEqual(busy * (1 - 1e-9));
      }),
    );
  });
});

describe('breakEvenRequests', () => {
  it('is where both bills are the same', () => {
    const requests = breakEvenRequests(traffic) ?? 0;
    const both = [serverlessBill, containerBill].map(
      (bill) => bill({ ...traffic, requests }).total,
    );
    expect(both[0]).toBeCloseTo(both[1] ?? 0, 3);
  });
});
