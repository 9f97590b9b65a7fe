import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatesError } from './errors.ts';
import { compileRetrier, matchesError, retryDelaySeconds, retryPolicy } from './retry.ts';

const retriers = fc
  .record({
    IntervalSeconds: fc.integer({ min: 1, max: 1000 }),
    BackoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
    MaxDelaySeconds: fc.integer({ min: 1, max: 5000 }),
    MaxAttempts: fc.integer({ min: 0, max: 20 }),
    JitterStrategy: fc.constantFrom('FULL' as const, 'NONE' as const),
  })
  .map((fields) => compileRetrier({ ErrorEquals: ['States.ALL'], ...fields }));
const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const error = (name: string) => new StatesError(name, '');
const elsewhere = { branch: false };

describe('delays', () => {
  it('are never negative, never above MaxDelaySeconds, and grow without jitter', () => {
    fc.assert(
      fc.property(retriers, fc.integer({ min: 1, max: 30 }), draws, (retrier, attempt, draw) => {
        const delay = retryDelaySeconds(retrier, attempt, () => draw);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(retrier.maxDelaySeconds);
        if (retrier.jitter) return;
        expect(retryDelaySeconds(retrier, attempt + 1, () => draw)).toBeGreaterThanOrEqual(delay);
      }),
    );
  });

  it('are handed out MaxAttempts times and then no more', () => {
    fc.assert(
      fc.property(retriers, (retrier) => {
        const retryAfter = retryPolicy([retrier], elsewhere, () => 0.5);
        for (let attempt = 0; attempt < retrier.maxAttempts; attempt += 1) {
          expect(retryAfter(error('E'))).toBeTypeOf('number');
        }
        expect(retryAfter(error('E'))).toBeUndefined();
      }),
    );
  });
});

describe('ErrorEquals', () => {
  it.each([
    ['States.ALL', 'E', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.ALL', 'States.DataLimitExceeded', true],
    ['States.TaskFailed', 'E', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.Runtime', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', false],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.BranchFailed', 'E', false],
    ['E', 'e', false],
    ['E', 'E', true],
  ])('%s against %s: %s', (pattern, name, expected) => {
    expect(matchesError([pattern], error(name), elsewhere)).toBe(expected);
  });

  it('States.BranchFailed names what fails a Parallel', () => {
    expect(matchesError(['States.BranchFailed'], error('E'), { branch: true })).toBe(true);
  });
});
