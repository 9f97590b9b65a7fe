import { describe, expect, it } from 'vitest';
import { checkElements, type ElementsOf } from './elements.ts';
import { InvalidRequestError } from './errors.ts';
import type { Datatype } from './types.ts';

const modes = [undefined, 'none', 'missing', 'any'] as const;

const check = (datatype: Datatype, element: unknown, more: Partial<ElementsOf> = {}): unknown =>
  checkElements(
    [element],
    { datatype, ...more },
    (index, expected) => new InvalidRequestError(`${index}: expected ${expected}`),
  )[0];

/** The element with each mode of what is not finite, `refused` where it is. */
const inEach = (datatype: Datatype, element: unknown): readonly unknown[] =>
  modes.map((nonFinite) => {
    try {
      return check(datatype, element, { ...(nonFinite && { nonFinite }) });
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidRequestError);
      return 'refused';
    }
  });

/** The least and the greatest element of each datatype of numbers, and the nearest beyond them. */
const limits: readonly (readonly [Datatype, readonly unknown[], readonly unknown[]])[] = [
  ['UINT8', [0, 255], [-1, 256, 0.5]],
  ['UINT16', [0, 65_535], [-1, 65_536, 0.5]],
  ['UINT32', [0, 2 ** 32 - 1], [-1, 2 ** 32, 0.5]],
  ['UINT64', [0, 2 ** 53 - 1, 2n ** 64n - 1n], [-1, -1n, 2n ** 64n, 2 ** 53, 0.5]],
  ['INT8', [-128, 127], [-129, 128, 0.5]],
  ['INT16', [-(2 ** 15), 2 ** 15 - 1], [-(2 ** 15) - 1, 2 ** 15, 0.5]],
  ['INT32', [-(2 ** 31), 2 ** 31 - 1], [-(2 ** 31) - 1, 2 ** 31, 0.5]],
  ['INT64', [-(2n ** 63n), -1, 0, 2n ** 63n - 1n], [-(2n ** 63n) - 1n, 2n ** 63n, 2 ** 53]],
  ['FP16', [65_504, -65_504, 0.1], [65_520, -65_520, 10n ** 6n]],
  ['FP32', [3.4e38, -3.4e38], [3.5e38, -3.5e38, 10n ** 39n]],
  ['FP64', [Number.MAX_VALUE, -Number.MAX_VALUE], [10n ** 309n]],
];
const noNumbers = [undefined, '1', true, [1], {}];

describe.each(limits)('%s', (datatype, within, beyond) => {
  it.each(within)('holds %s', (element) => {
    expect(check(datatype, element)).toBe(element);
  });

  it.each([...beyond, ...noNumbers])('does not hold %s, whatever may be missing', (element) => {
    expect(inEach(datatype, element)).toEqual(modes.map(() => 'refused'));
  });

  it('holds null, NaN and infinities only if it is a float, and only where they are allowed', () => {
    const [missing, any] = datatype.startsWith('FP') ? [true, true] : [false, false];
    const given = (element: unknown, value: unknown, missingToo = true) => {
      const allowed = [missing && missingToo, any].map((is) => (is ? value : 'refused'));
      expect(inEach(datatype, element)).toEqual(['refused', 'refused', ...allowed]);
    };
    given(null, Number.NaN);
    given(Number.NaN, Number.NaN);
    for (const infinite of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      given(infinite, infinite, false);
  });
});

it('BOOL and BYTES hold nothing but truth values and well-formed texts', () => {
  expect([true, false].map((element) => check('BOOL', element))).toEqual([true, false]);
  expect(['', 'ü\u{1f600}'].map((element) => check('BYTES', element))).toEqual(['', 'ü\u{1f600}']);
  for (const element of [0, 'true', null]) expect(() => check('BOOL', element)).toThrow('true or');
  for (const element of [0, '\ud800', null])
    expect(() => check('BYTES', element)).toThrow('a string');
  const base64 = { parameters: { content_type: 'base64' } } as const;
  expect(check('BYTES', 'aGk=', base64)).toBe('aGk=');
  for (const element of ['<>', 5])
    expect(() => check('BYTES', element, base64)).toThrow('a base64');
});

it('bigints become numbers where a number holds them, and among floats always', () => {
  expect(check('INT64', 2n ** 53n - 1n)).toBe(2 ** 53 - 1);
  expect(check('INT64', 2n ** 53n)).toBe(2n ** 53n);
  expect(check('FP64', 2n ** 60n)).toBe(2 ** 60);
});
