import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError, isA } from './describe-error.ts';
import { explain } from './fatal.ts';
import { oddValues } from './testing/odd-values.ts';

/** Everything that may be asked of a report, whatever was thrown. */
function check(thrown: unknown): void {
  const report = describeError(thrown);
  expect(typeof report.errorMessage).toBe('string');
  expect(typeof report.errorType).toBe('string');
  expect(report.errorType).not.toBe('');
  expect(report.stackTrace.every((line) => line.startsWith('at '))).toBe(true);
  // Far below what Lambda takes.
  expect(JSON.stringify(report).length).toBeLessThan(2_000_000);
  expect(JSON.parse(JSON.stringify(explain(thrown)))).toMatchObject({ error: report.errorType });
}

describe('describeError', () => {
  it.each(Object.keys(oddValues))('describes %s', (name) => check(oddValues[name]?.()));

  it.each([
    ['undefined', 'undefined'],
    ['a string', 'kept'],
    ['a symbol', 'Symbol(kept)'],
    ['a bigint', '1000000000000000000000000000000'],
    ['an error without a prototype', 'kept'],
    ['a name that is undefined', 'kept'],
    ['a name that is an object', 'kept'],
    ['a stack that is a number', 'kept'],
    ['a frozen error', 'kept'],
    ['a circular object', 'kept'],
    ['several errors', 'kept'],
    ['several errors without a message', 'ECONNREFUSED'],
    ['causes in a circle', 'kept'],
    ['a code that is a symbol', 'Symbol(code)'],
    ['getters that throw', ''],
    ['text that throws', 'a value that has no text'],
  ])('keeps what %s says', (name, message) => {
    expect(describeError(oddValues[name]?.()).errorMessage).toBe(message);
  });

  it('tells the name of an error, and Error where there is none', () => {
    expect(describeError(new RangeError('x')).errorType).toBe('RangeError');
    expect(describeError({ name: 'Own', message: 'x' }).errorType).toBe('Own');
    for (const name of ['a function', 'a name that is empty', 'a name that is an object'])
      expect(describeError(oddValues[name]?.()).errorType).toBe('Error');
    expect(describeError(oddValues['a very long name']?.()).errorType).toBe('N'.repeat(256));
  });

  it('tells where an error was thrown, in lines without indentation', () => {
    const [first] = describeError(new Error('x\n  at the theatre')).stackTrace.slice(1);
    expect(first).toMatch(/^at .*describe-error\.test\.ts/);
    expect(describeError(oddValues['a stack of a million lines']?.()).stackTrace).toHaveLength(100);
  });

  it('describes anything that can be thrown', () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    // As functions that make them: fast-check looks at its values, which some of these refuse.
    const value = fc.oneof(
      anything.map((each) => () => each),
      fc.constantFrom(...Object.values(oddValues)),
    );
    const error = fc
      .record({ name: value, message: value, stack: value, code: value, cause: value })
      .map((fields) => () => {
        const made = new Error('replaced');
        for (const [key, make] of Object.entries(fields))
          Object.defineProperty(made, key, { value: make() });
        return made;
      });
    const refusing = fc
      .constantFrom('name', 'message', 'stack', 'code', 'cause')
      .map((key) => () => {
        const get = (): never => {
          throw new TypeError('not to be read');
        };
        return Object.defineProperty(new Error('kept'), key, { get });
      });
    fc.assert(fc.property(fc.oneof(value, error, refusing), (make) => check(make())));
  });
});

describe('isA', () => {
  it('is an instanceof that never throws', () => {
    expect(isA(new RangeError('x'), Error)).toBe(true);
    expect(isA('x', Error)).toBe(false);
    expect(isA(oddValues['a revoked proxy']?.(), Error)).toBe(false);
  });
});
