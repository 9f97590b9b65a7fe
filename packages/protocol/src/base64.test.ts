import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64 } from './base64.ts';

/** What padded base64 is, by its grammar. */
const grammar = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

it('gives back any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
    }),
  );
});

it('takes the texts of the grammar and no others', () => {
  const character = fc.constantFrom(...'AZaz09+/=-_ \n\t.*é\u0000😀');
  const text = fc.oneof(
    fc.string({ unit: character, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'AQ=+/'), minLength: 4, maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(text, (each) => {
      expect(decodeBase64(each) !== undefined).toBe(grammar.test(each));
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  'QQ',
  'QQ=',
  'Q===',
  '====',
  'QQ==QQ==',
  'Q=Q=',
  'QUJ\n',
  'QUI-',
  ' QUJD',
  'data:,QUJD',
  'AA\u0141A',
])('does not take %j', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
