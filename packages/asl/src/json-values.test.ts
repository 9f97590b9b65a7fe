import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isJsonObject, jsonEqual } from './json-values.ts';

it('a value equals its copy, with its fields in any order', () => {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : isJsonObject(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, item]) => [key, reversed(item)]),
          )
        : value;
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonEqual(value, reversed(value))).toBe(true);
    }),
  );
});

it.each([
  [1, 2],
  [1, '1'],
  [null, {}],
  [null, undefined],
  [0, null],
  [false, null],
  ['', []],
  [[], {}],
  [[1], { 0: 1, length: 1 }],
  [[1], [1, 2]],
  [
    [1, 2],
    [2, 1],
  ],
  [[[1]], [[2]]],
  [{ a: 1 }, {}],
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { b: 1 }],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: undefined }, { b: undefined }],
  [{ a: { b: [1] } }, { a: { b: [2] } }],
  [{ toString: 1 }, { a: 1 }],
])('%j is not %j, either way round', (left, right) => {
  expect([jsonEqual(left, right), jsonEqual(right, left)]).toEqual([false, false]);
});

it('an object is neither an array nor null', () => {
  expect([{}, { a: 1 }, [], null, undefined, 'a', 1, true].map(isJsonObject)).toEqual([
    true,
    true,
    ...Array.from({ length: 6 }, () => false),
  ]);
});
