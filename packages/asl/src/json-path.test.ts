import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PathSyntaxError } from './errors.ts';
import { compilePath, type PathStep } from './json-path.ts';
import type { ContextObject, QueryData } from './query.ts';
import { compileResultPath } from './result-path.ts';

const data = (root: unknown): QueryData => ({
  root,
  states: { input: root, context: {} as ContextObject },
  variables: {},
  random: Math.random,
});

const keys = fc.string({ minLength: 1, maxLength: 6 });
const bracketed = (key: string) => `['${key.replace(/[\\']/g, '\\$&')}']`;
const dotted = (key: string) => `.${key.replace(/[^A-Za-z0-9]/gu, '\\$&')}`;

/** A document nested along the steps, with other fields beside them. */
function nest(steps: readonly PathStep[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  return { other: 1, [step]: nest(rest, value) };
}

describe('paths', () => {
  it('find any field, whatever its name, in brackets and after dots', () => {
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 4 }), fc.jsonValue(), (names, value) => {
        const document = nest(names, value);
        for (const write of [bracketed, dotted]) {
          const path = `$${names.map(write).join('')}`;
          expect(compilePath(path)(data(document))).toBe(value);
        }
      }),
    );
  });

  it.each([
    '',
    'a',
    '.a',
    '$a b',
    '$.a[',
    '$.a]',
    '$.a[(1]',
    '$.',
    '$.a..',
    '$...a',
    '$.a[]',
    '$.a[?(@.b])',
  ])('refuses "%s"', (path) => {
    expect(() => compilePath(path)).toThrow(PathSyntaxError);
  });

  it.each([
    '$.a[?(globalThis.leaked = true)]',
    '$.a[?(@.constructor.constructor("leaked"))]',
    '$[(@.length-1)]',
    '$.a[?(@.b == leaked())]',
    '$.a.leaked()',
  ])('refuses the script of "%s" rather than to run it', (path) => {
    expect(() => compilePath(path)).toThrow(PathSyntaxError);
  });

  it('of any text select, or are refused, and change nothing', () => {
    const parts = fc.constantFrom(
      ...[
        '$',
        '.',
        '..',
        '[',
        ']',
        "'a'",
        '"b"',
        '*',
        '0',
        '-1',
        ':',
        ',',
        '?(',
        ')',
        '@',
        'a',
        'b',
        ' ',
      ],
      ...['==', '>', '&&', '||', '!', 'in', '1', 'null', '.length()', '.[', '\\'],
    );
    const document = { a: [{ b: 1 }, { b: [2, { a: 'x' }] }], b: { a: null } };
    const before = structuredClone(document);
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (tail) => {
        try {
          compilePath(`$${tail.join('')}`)(data(document));
        } catch (error) {
          expect(error).toBeInstanceOf(PathSyntaxError);
        }
        expect(document).toEqual(before);
      }),
      { numRuns: 5000 },
    );
  });

  it('select by a filter what the same comparison keeps', () => {
    const items = fc.array(fc.record({ x: fc.integer({ min: -3, max: 3 }), y: fc.boolean() }));
    fc.assert(
      fc.property(items, fc.integer({ min: -3, max: 3 }), (list, limit) => {
        const select = (path: string) => compilePath(path)(data({ list, limit }));
        expect(select(`$.list[?(@.x >= ${limit} && @.y == true)]`)).toEqual(
          list.filter(({ x, y }) => x >= limit && y),
        );
        expect(select('$.list[?(@.x < $.limit || !(@.y != false))].x')).toEqual(
          list.filter(({ x, y }) => x < limit || !y).map(({ x }) => x),
        );
        expect(select('$.list.length()')).toBe(list.length);
        expect(select('$..x')).toEqual(list.map(({ x }) => x));
      }),
    );
  });
});

describe('ResultPath', () => {
  it('puts the result where the same path finds it, and changes nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(keys, { minLength: 1, maxLength: 4 }),
        fc.dictionary(keys, fc.jsonValue()),
        fc.jsonValue(),
        (names, beside, result) => {
          const input = { beside, deep: {} };
          const before = structuredClone(input);
          const path = `$.deep${names.map(bracketed).join('')}`;
          const output = compileResultPath(path)(input, result);
          expect(compilePath(path)(data(output))).toBe(result);
          expect(output).toHaveProperty('beside', beside);
          expect(input).toEqual(before);
        },
      ),
    );
  });

  it('does not reach a prototype', () => {
    const output = compileResultPath("$['__proto__'].polluted")({}, true);
    expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });
});
