import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePath, type PathStep, PathSyntaxError } from './json-path.ts';
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

  it('never runs script in a filter', () => {
    const run = compilePath('$.a[?(globalThis.leaked = true)]');
    expect(run(data({ a: [{ b: 1 }] }))).toEqual([]);
    expect(globalThis).not.toHaveProperty('leaked');
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
