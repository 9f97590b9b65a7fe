import { AwsApiError } from '@chorus/emulator-aws';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './parse-pattern.ts';

const line = JSON.stringify({
  level: 'ERROR',
  ms: 120,
  cold: true,
  trace: null,
  names: ['svr', 'forest'],
  request: { id: 'r-1', 'odd name': 4 },
});

describe('a filter pattern', () => {
  it.each([
    ['', true],
    ['   ', true],
    ['ERROR', true],
    ['error', false],
    ['ERROR forest', true],
    ['ERROR linear', false],
    ['?linear ?forest', true],
    ['?linear ?other', false],
    ['ERROR -linear', true],
    ['ERROR -forest', false],
    ['ERROR ?linear', true],
    ['"r-1"', true],
    ['"\\"ms\\":120"', true],
    ['-linear', true],
  ])('of words, %s: %j', (pattern, isMatch) => {
    expect(parsePattern(pattern)(line)).toBe(isMatch);
  });

  it.each([
    ['{ $.level = "ERROR" }', true],
    ['{ $.level = ERROR }', true],
    ['{ $.level = "ERR*" }', true],
    ['{ $.level = "WARN" }', false],
    ['{ $.level != "WARN" }', true],
    ['{ $.absent != "WARN" }', false],
    ['{ $.ms > 100 }', true],
    ['{ $.ms >= 120 && $.ms <= 1.2e2 }', true],
    ['{ $.ms < 120 }', false],
    ['{ $.ms = 120 }', true],
    ['{ $.ms = 12* }', true],
    ['{$.ms=120}', true],
    ['{ $.level > 3 }', false],
    ['{ $.request.id = "r-*" }', true],
    [`{ $.request['odd name'] = 4 }`, true],
    ['{ $.names[1] = "forest" }', true],
    ['{ $.names[2] = "forest" }', false],
    ['{ $.cold IS TRUE }', true],
    ['{ $.cold IS FALSE }', false],
    ['{ $.trace IS NULL }', true],
    ['{ $.absent NOT EXISTS }', true],
    ['{ $.trace EXISTS }', true],
    ['{ $.absent IS NULL }', false],
    ['{ $.ms > 500 || $.level = "ERROR" && $.cold IS TRUE }', true],
    ['{ ($.ms > 500 || $.level = "ERROR") && $.cold IS FALSE }', false],
  ])('of JSON, %s: %j', (pattern, isMatch) => {
    expect(parsePattern(pattern)(line)).toBe(isMatch);
    expect(parsePattern(pattern)('no JSON')).toBe(false);
    expect(parsePattern(pattern)('{"broken')).toBe(false);
  });

  it.each([
    'a-b',
    '"open',
    '{',
    '{}',
    '{ $.a }',
    '{ $.a = }',
    '{ $.a > "x" }',
    '{ ($.a = 1 }',
    '{ $.a = 1 } b',
    '{ a = 1 }',
    '{ $.a = 1 && }',
    '{ $. = 1 }',
  ])('that is none is refused: %s', (pattern) => {
    expect(() => parsePattern(pattern)).toThrow(
      expect.objectContaining({ name: 'InvalidParameterException' }),
    );
  });

  it.each(['[ip, user]', '%ERR.*%', '{ $.a = %x% }'])('that is not done is refused: %s', (text) => {
    expect(() => parsePattern(text)).toThrow(
      expect.objectContaining({ name: 'NotImplementedException' }),
    );
  });

  it('of any text is a pattern or a refusal', () => {
    const parts = [
      '{',
      '}',
      '$.a',
      '=',
      '"x"',
      '(',
      ')',
      '&&',
      '||',
      ' ',
      '-',
      '?',
      '1',
      'IS NULL',
    ];
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...parts)).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, fc.json(), (pattern, message) => {
        try {
          expect(typeof parsePattern(pattern)(message)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(AwsApiError);
        }
      }),
    );
  });
});
