import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount, parseDuration, parsePercent } from './durations.ts';
import { UsageError } from './errors.ts';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['0s', 0],
  ])('%s is %i ms', (text, milliseconds) => {
    expect(parseDuration('for', text)).toBe(milliseconds);
  });

  it.each(['', '5', 's', '-1s', '1 s', '1e3s', '5 minutes', '5m30s', 'constructor'])(
    '%j is none, and the flag is named',
    (text) => {
      expect(() => parseDuration('for', text)).toThrow(/^--for takes a duration/);
    },
  );

  it('is what was written, whatever the number', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seconds) => {
        expect(parseDuration('for', `${seconds}s`)).toBe(seconds * 1000);
      }),
    );
  });

  it('is a number or a wrong usage, and nothing else, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseDuration('for', text)).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('a percentage', () => {
  it.each([
    ['10%', 0.1],
    ['10', 0.1],
    ['0.5 %', 0.005],
    ['100%', 1],
    ['0%', 0],
  ])('%s is the share %d', (text, share) => {
    expect(parsePercent('canary', text)).toBeCloseTo(share, 12);
  });

  it.each(['101%', '100.1', '1000%'])('%s is too much', (text) => {
    expect(() => parsePercent('canary', text)).toThrow('--canary is at most 100%');
  });

  it.each(['', '%', '-1%', 'ten', '1,5%', 'NaN'])('%j is none', (text) => {
    expect(() => parsePercent('canary', text)).toThrow('--canary takes a percentage');
  });
});

it('an amount is a number from 0 up', () => {
  expect(parseAmount('rate', '2.5')).toBe(2.5);
  for (const text of ['', '-1', 'x', '1e9', 'Infinity'])
    expect(() => parseAmount('rate', text)).toThrow('--rate takes a number');
});
