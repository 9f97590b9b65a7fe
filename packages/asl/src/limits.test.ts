import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertFits, payloadLimitBytes, sizeBound } from './limits.ts';

it('bounds the size of any JSON from above', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const bytes = Buffer.byteLength(JSON.stringify(value));
      expect(sizeBound(value, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(bytes);
    }),
  );
});

it('accepts what only its bound puts above the limit', () => {
  const numbers = Array.from({ length: 15_000 }, (_, index) => index + 0.5);
  expect(sizeBound(numbers, payloadLimitBytes)).toBeGreaterThan(payloadLimitBytes);
  expect(() => assertFits(numbers, 'test')).not.toThrow();
});

it('stops counting above the limit', () => {
  const shared = Array.from({ length: 1000 }, () => 'x'.repeat(1000));
  const huge = Array.from({ length: 1000 }, () => shared);
  expect(() => sizeBound(huge, payloadLimitBytes)).not.toThrow();
  expect(sizeBound(huge, payloadLimitBytes)).toBeLessThan(2 * payloadLimitBytes);
});

it.each(['x', 'ü', '\u0001', '😀'])(
  'takes exactly as many bytes of JSON as are allowed, of %j',
  (letter) => {
    const each = Buffer.byteLength(JSON.stringify(letter)) - 2;
    const most = Math.floor((payloadLimitBytes - 2) / each);
    const rest = 'x'.repeat(payloadLimitBytes - 2 - most * each);
    const largest = letter.repeat(most) + rest;
    expect(Buffer.byteLength(JSON.stringify(largest))).toBe(payloadLimitBytes);
    expect(() => assertFits(largest, 'test')).not.toThrow();
    expect(() => assertFits(`${largest}x`, 'test')).toThrow(
      `The test is ${payloadLimitBytes + 1} bytes; at most ${payloadLimitBytes} are allowed.`,
    );
  },
);

it('counts what is too large exactly, also when it has measured parts of it before', () => {
  const part = fc.oneof(
    fc.array(fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 90,
      maxLength: 110,
    }),
    fc.jsonValue(),
  );
  const filler = Array.from({ length: 20_000 }, (_, index) => `ü${index}`.padEnd(12));
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 3 }),
      fc.dictionary(fc.string(), part),
      (list, fields) => {
        const value = { list, fields, filler, none: undefined };
        const bytes = Buffer.byteLength(JSON.stringify(value));
        for (let time = 0; time < 2; time += 1)
          expect(() => assertFits(value, 'test')).toThrow(`The test is ${bytes} bytes`);
      },
    ),
    { numRuns: 50 },
  );
});
