import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compileFastPath, declined } from './jsonata-fast-path.ts';
import { plainJson } from './jsonata-result.ts';
import type { ContextObject, QueryData } from './query.ts';

const context = {} as ContextObject;
const data = (input: unknown, variables = {}): QueryData => ({
  root: undefined,
  states: { input, context },
  variables,
  random: Math.random,
});
const fast = (source: string) => compileFastPath(jsonata(source).ast());

/** Documents of few names, so that paths often meet something. */
const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1.5, '', 'text'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'length', 'constructor'), tie('value')),
  ),
})).value;
const names = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'length', 'constructor', 'x'),
      fc.constantFrom('', '', '[0]', '[1]'),
    )
    .map((step) => step.join('')),
  { maxLength: 4 },
);

const sums = fc.constantFrom('', '', ' + 1', ' + $states.input', " + 'a'");

describe('fast path', () => {
  it('agrees with jsonata wherever it does not decline', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(documents, names, sums, async (document, path, sum) => {
        const source = ['$states.input', ...path].join('.') + sum;
        const answer = fast(source)?.(data(document));
        if (answer === declined) return;
        answered += 1;
        const expected = await jsonata(source).evaluate(undefined, { states: { input: document } });
        expect(answer).toEqual(plainJson(expected));
      }),
      { numRuns: 1500 },
    );
    expect(answered).toBeGreaterThan(100);
  });

  it('declines to go through an array, but not to answer one', () => {
    expect(fast('$states.input.a')?.(data({ a: [1] }))).toEqual([1]);
    expect(fast('$states.input.a.b')?.(data({ a: [{ b: 1 }] }))).toBe(declined);
  });

  it('reads one element of an array, unless it is an array again', () => {
    const variables = { v: [{ x: [24] }, [1]] };
    expect(fast('$v[0].x')?.(data({}, variables))).toEqual([24]);
    expect(fast('$v[1].x')?.(data({}, variables))).toBe(declined);
    expect(fast('$v[2].x')?.(data({}, variables))).toBe(declined);
  });

  it('reads variables, and leaves unknown names to jsonata, whose functions they may be', () => {
    expect(fast('$v.x')?.(data({}, { v: { x: 1 } }))).toBe(1);
    expect(fast('$sum')?.(data({}))).toBe(declined);
  });

  it('adds numbers, and leaves what is none to jsonata', () => {
    expect(fast('$v.x + 1')?.(data({}, { v: { x: 1 } }))).toBe(2);
    expect(fast('$v.x + 1')?.(data({}, { v: { x: 'a' } }))).toBe(declined);
    expect(fast('$v.x - 1')).toBeUndefined();
  });

  it.each(["'text'", '42', 'true', 'null'])('answers the literal %s', async (source) => {
    expect(fast(source)?.(data({}))).toEqual(await jsonata(source).evaluate(undefined));
  });

  it.each([
    '$states.input[-1]',
    '$states.input[0][0]',
    '$states.input[$i]',
    '$states.input[0.5]',
    '$states.input.a[]',
    '$states.input.a[x=1]',
    '$states.input.a{b: c}',
    '$states.input.a^(b)',
    '$states.input.a@$v.b',
    '$states.input.a#$i',
    '$states.input.*',
    '$states.input.**.a',
    '$states.input.(a)',
    '$states.input.a.%.b',
    '$',
    '$$.a',
    'a.b',
    '-$states.input',
    '$count($states.input)',
  ])('leaves %s to jsonata', (source) => {
    expect(fast(source)).toBeUndefined();
  });
});
