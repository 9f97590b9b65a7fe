import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PathSyntaxError } from './errors.ts';
import { compileIntrinsic } from './intrinsic-expression.ts';
import type { ContextObject, QueryData } from './query.ts';

const call = (expression: string, root: unknown = {}) => {
  const data: QueryData = {
    root,
    states: { input: root, context: {} as ContextObject },
    variables: {},
    random: Math.random,
  };
  return compileIntrinsic(expression)(data);
};
const quoted = (text: string) => `'${text.replace(/['{}\\]/g, '\\$&')}'`;
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));

describe('intrinsic functions', () => {
  it('Base64Decode undoes Base64Encode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(call('States.Base64Decode(States.Base64Encode($))', text)).toBe(text);
      }),
    );
  });

  it('StringToJson undoes JsonToString', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(call('States.StringToJson(States.JsonToString($))', value)).toEqual(value);
      }),
    );
  });

  it('a quoted string is itself, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(call(`States.Array(${quoted(text)})`)).toEqual([text]);
        expect(call(`States.Format(${quoted(text)})`)).toBe(text);
      }),
    );
  });

  it('Format with one {} between two texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, value, after) => {
        const template = `'${quoted(before).slice(1, -1)}{}${quoted(after).slice(1, -1)}'`;
        expect(call(`States.Format(${template}, $)`, value)).toBe(before + value + after);
      }),
    );
  });

  it('ArrayPartition keeps all items, in chunks of the size', () => {
    fc.assert(
      fc.property(fc.array(json), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const chunks = call(`States.ArrayPartition($, ${size})`, items) as unknown[][];
        expect(chunks.flat(1)).toEqual(items);
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      }),
    );
  });

  it('ArrayUnique twice is ArrayUnique once, and loses no value', () => {
    fc.assert(
      fc.property(fc.array(json), (items) => {
        const unique = call('States.ArrayUnique($)', items) as unknown[];
        expect(call('States.ArrayUnique($)', unique)).toEqual(unique);
        for (const item of items) {
          expect(call('States.ArrayContains($.all, $.item)', { all: unique, item })).toBe(true);
        }
      }),
    );
  });

  it('MathRandom stays within its bounds and repeats with a seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer(),
        (start, width, seed) => {
          const bounds = `${start}, ${start + width}`;
          const drawn = call(`States.MathRandom(${bounds})`);
          expect(drawn).toBeGreaterThanOrEqual(start);
          expect(drawn).toBeLessThan(start + width);
          const seeded = `States.MathRandom(${bounds}, ${seed})`;
          expect(call(seeded)).toBe(call(seeded));
        },
      ),
    );
  });

  it.each([
    '',
    'States.Nope()',
    'States.UUID',
    'States.UUID(',
    'States.UUID())',
    'States.UUID() x',
    "States.Array('open)",
    'States.Array(,)',
    'States.Array(1,)',
    'States.Array(a)',
    'States.Array($.a[)',
    'States.ArrayLength()',
    'constructor()',
    `${'States.Array('.repeat(11)}${')'.repeat(11)}`,
  ])('refuses "%s"', (expression) => {
    expect(() => compileIntrinsic(expression)).toThrow(PathSyntaxError);
  });
});
