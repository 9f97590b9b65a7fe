import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, stringifyJson } from './json.ts';

const uint64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });

describe('parseJson', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9007199254740993', -9007199254740993n],
    ['[9223372036854775807]', [9223372036854775807n]],
    ['{"a":{"b": 18446744073709551615}}', { a: { b: 18446744073709551615n } }],
    ['[0.10000000000000001,1234567890123456.5]', [0.1, 1234567890123456.5]],
    ['[1234567890123456e2]', [123456789012345600]],
    ['["12345678901234567890"]', ['12345678901234567890']],
  ])('reads %s without losing a digit', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it('reads an integer that fits no datatype as a double', () => {
    expect(parseJson(`[${'9'.repeat(400)},${'1'.repeat(22)}]`)).toEqual([
      Infinity,
      1.1111111111111111e21,
    ]);
  });

  it('reads every other text as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '{', '{"a":NaN}', '[1,]', "{'a':1}"])('refuses %j as not JSON', (text) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({
        name: 'InvalidRequestError',
        message: expect.stringMatching(/^the body is not valid JSON: /),
      }),
    );
  });

  it('refuses a nesting too deep for the stack instead of crashing', () => {
    const depth = 200_000;
    const text = `${'['.repeat(depth)}9007199254740993${']'.repeat(depth)}`;
    expect(() => parseJson(text)).toThrow('the body is not valid JSON: it is nested too deeply');
  });
});

describe('stringifyJson', () => {
  it('writes bigints as plain integers at any depth', () => {
    expect(stringifyJson({ a: [1, 2n ** 64n - 1n], b: { c: -(2n ** 63n) } })).toBe(
      '{"a":[1,18446744073709551615],"b":{"c":-9223372036854775808}}',
    );
  });

  it('lets an error that is not about bigints through', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => stringifyJson(loop)).toThrow(TypeError);
  });

  it('and parseJson bring back every (U)INT64, as a number where one holds it', () => {
    fc.assert(
      fc.property(fc.array(uint64), (values) => {
        const back = parseJson(stringifyJson({ data: values }));
        expect(back).toEqual({
          data: values.map((value) =>
            Number.isSafeInteger(Number(value)) ? Number(value) : value,
          ),
        });
      }),
    );
  });
});
