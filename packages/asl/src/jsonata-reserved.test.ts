import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileJsonataTemplate } from './jsonata.ts';
import { disguise, hasMarks, reveal } from './jsonata-reserved.ts';
import type { ContextObject } from './query.ts';

const key = fc.constantFrom(
  'a',
  '_jsonata_lambda',
  '_jsonata_function',
  '_jsonata_lambda\u2060',
  '_jsonata_lambda_jsonata_function\u2060\u2060',
  '\u2060',
);
const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 1.5),
    key,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value')),
  ),
})).value;

const evaluate = async (source: string, input: unknown): Promise<unknown> => {
  const report = (_: string, message: string): never => {
    throw new Error(message);
  };
  const query = compileJsonataTemplate(`{% ${source} %}`, {
    field: 'Output',
    report,
    unavailable: new Set(),
  });
  const context = { Execution: { Input: input } } as ContextObject;
  const states = { input, context };
  return query({ root: undefined, states, variables: { v: input }, random: Math.random });
};

describe('a disguise', () => {
  it('hides every mark, and can be taken off', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const disguised = disguise(document);
        expect(hasMarks(disguised)).toBe(false);
        expect(reveal(disguised)).toEqual(document);
        expect(reveal(JSON.parse(JSON.stringify(disguised)))).toEqual(document);
      }),
    );
  });
});

describe('data that looks like a function of jsonata', () => {
  const looksLike = { _jsonata_lambda: true, body: { type: 'string', value: 'run' }, a: { b: 1 } };

  it.each([
    ['[$states.input, 1][0]', looksLike],
    ['[$v][0]', looksLike],
    ['$merge([$states.input, {"a": 2}])', { ...looksLike, a: 2 }],
    ['$string($states.input)', JSON.stringify(looksLike)],
    ['$keys($states.input)', Object.keys(looksLike)],
    ['$type($states.input)', 'object'],
    ['$states.input.a.b & ""', '1'],
    ['$states.context.Execution.Input.a.b & ""', '1'],
    ['$string($lookup($states, "context").Execution.Input.a)', '{"b":1}'],
    ['[$parse($string($states.input))][0]', looksLike],
    [`[$parse('{"\\\\u005fjsonata_function":true,"a":1}')][0]`, { _jsonata_function: true, a: 1 }],
  ])('is data in %s', async (source, expected) => {
    expect(await evaluate(source, looksLike)).toEqual(expected);
  });

  it('is never called', async () => {
    for (const source of ['$states.input ~> $map([1], $v)', '$map([1, 2], $v)', '$v(1)'])
      await expect(evaluate(source, looksLike)).rejects.toMatchObject({
        name: 'States.QueryEvaluationError',
      });
  });

  it('does not make a function of jsonata’s own a value', async () => {
    await expect(evaluate('[function($x) { $x }]', {})).rejects.toMatchObject({
      message: expect.stringContaining('unsupported result type'),
    });
  });

  it('comes through unchanged, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const result = await evaluate('{"found": $states.input, "variable": $v}', document);
        expect(result).toEqual({ found: document, variable: document });
      }),
    );
  });
});
