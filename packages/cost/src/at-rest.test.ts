import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atRest, type RestingParts } from './at-rest.ts';

const nothing: RestingParts = {
  alarmMetrics: 0,
  compositeAlarms: 0,
  dashboards: 0,
  secrets: 0,
  caches: 0,
  databases: 0,
  databaseProxies: 0,
  webAcls: 0,
  webAclRules: 0,
  images: 0,
  processors: 0,
  models: 0,
  provisioned: [],
  warmCalls: 0,
  polledQueues: 0,
  scheduledCalls: 0,
  takingCalls: 0,
};

const anyParts: fc.Arbitrary<RestingParts> = fc.record({
  alarmMetrics: fc.nat(50),
  compositeAlarms: fc.nat(5),
  dashboards: fc.nat(6),
  secrets: fc.nat(3),
  caches: fc.nat(2),
  databases: fc.nat(2),
  databaseProxies: fc.nat(1),
  webAcls: fc.nat(2),
  webAclRules: fc.nat(9),
  images: fc.nat(30),
  processors: fc.nat(2),
  models: fc.nat(30),
  provisioned: fc.array(
    fc.record({
      environments: fc.integer({ min: 1, max: 10 }),
      memoryMb: fc.integer({ min: 128, max: 10_240 }),
      architecture: fc.constantFrom('x64', 'arm64'),
    }),
    { maxLength: 3 },
  ),
  warmCalls: fc.nat(50_000),
  polledQueues: fc.nat(20),
  scheduledCalls: fc.nat(100_000),
  takingCalls: fc.nat(50_000),
});

const dollars = (parts: Partial<RestingParts>) => atRest({ ...nothing, ...parts }).total;

describe('a stage at rest', () => {
  it('costs nothing without parts, and has no line for what it does not have', () => {
    expect(atRest(nothing)).toEqual({ lines: [], total: 0 });
    expect(atRest({ ...nothing, secrets: 1 }).lines).toEqual([
      { what: 'Secrets Manager', quantity: '1 secret', cost: 0.4 },
    ]);
  });

  it.each<[string, Partial<RestingParts>, number]>([
    ['ten alarms of a metric each', { alarmMetrics: 10 }, 1],
    ['a composite alarm', { compositeAlarms: 1 }, 0.5],
    ['three dashboards, which are free', { dashboards: 3 }, 0],
    ['a fourth', { dashboards: 4 }, 3],
    // 0.084 x 0.1 GB x 730 h.
    ['a cache', { caches: 1 }, 6.132],
    ['a database asleep', { databases: 1 }, 0.1],
    // 8 x 0.015 x 730 h, and half a unit at 0.12.
    ['a proxy', { databaseProxies: 1 }, 87.6 + 43.8],
    ['a web ACL of two rules', { webAcls: 1, webAclRules: 2 }, 7],
    // 5 x 730 h x 180 an hour x 0.0000004.
    ['a queue that Lambda asks', { polledQueues: 1 }, 0.2628],
    ['a schedule of every minute', { scheduledCalls: 43_800 }, 0.0438],
    // 43,800 x (0.0000004 + 0.0000002 + 0.1 s x 0.25 GB x 0.0000166667).
    ['a queue that is asked every minute', { takingCalls: 43_800 }, 0.0445],
    // 2 x 0.1 GB and 24 x 2 x 0.01 GB, at $0.10.
    ['24 images for one processor', { images: 24, processors: 1 }, 0.068],
    // 2 GB x 0.0000041667 x 2,628,000 s.
    [
      'two environments of 1 GB that are kept ready',
      { provisioned: [{ environments: 2, memoryMb: 1024, architecture: 'x64' }] },
      21.9,
    ],
  ])('agrees with a bill reckoned by hand for %s', (_name, parts, expected) => {
    expect(dollars(parts)).toBeCloseTo(expected, 2);
  });

  it('adds up, and never costs less with more in it', () => {
    fc.assert(
      fc.property(anyParts, anyParts, (some, more) => {
        const { lines, total } = atRest(some);
        expect(lines.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(total, 9);
        const both = Object.fromEntries(
          Object.entries(some).map(([name, value]) => {
            const other = more[name as keyof RestingParts];
            return [
              name,
              Array.isArray(value) ? [...value, ...[other].flat()] : Number(value) + Number(other),
            ];
          }),
        ) as unknown as RestingParts;
        expect(atRest(both).total).toBeGreaterThanOrEqual(total);
      }),
    );
  });
});
