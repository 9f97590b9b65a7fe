import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsPerMonth } from './calls-per-month.ts';

describe('how often a month a schedule comes', () => {
  it.each([
    ['rate(1 minute)', 43_800],
    ['rate(5 minutes)', 8760],
    ['rate(12 hours)', 61],
    ['rate(1 day)', 30],
    ['cron(0 6 * * ? *)', 30],
    ['cron(*/15 * * * ? *)', 2920],
    ['cron(0/30 8-17 ? * MON-FRI *)', 608],
    ['cron(0 8-17/3 ? * 2,4,6 *)', 52],
    ['cron(0 0 1 * ? *)', 1],
    ['cron(0 0 1 1,7 ? *)', 0],
    ['at(2027-01-01T00:00:00)', 0],
    ['rate(0 days)', 0],
    ['never', 0],
  ])('is reckoned for %s', (expression, calls) => {
    expect(callsPerMonth(expression)).toBe(calls);
  });

  it('is a number, at most that of the minutes, whatever stands in the fields', () => {
    const field = fc.oneof(
      fc.constantFrom('*', '?', 'L', '1W', 'MON', '2#1', '', '5-1', '*/0'),
      fc.nat(59).map(String),
      fc.tuple(fc.nat(59), fc.nat(59)).map(([a, b]) => `${a}-${b}/${b}`),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 7 }), (fields) => {
        const calls = callsPerMonth(`cron(${fields.join(' ')})`);
        expect(calls).toBeGreaterThanOrEqual(0);
        expect(calls).toBeLessThanOrEqual(43_800);
      }),
    );
  });
});
