import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64 } from './base64.ts';

/** The grammar of base64, without line breaks, in either alphabet; padded, or not at all. */
const grammar = /^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/;
const breaks = /[\t\n\r ]+/g;

/** Base64 as it may arrive. */
const forms: readonly (readonly [string, (bytes: Buffer) => string])[] = [
  ['plain', (bytes) => bytes.toString('base64')],
  ['for URLs, not padded', (bytes) => bytes.toString('base64url')],
  ['in lines of 76', (bytes) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n')],
  ['with a line break at its end', (bytes) => `${bytes.toString('base64')}\n`],
  ['not padded', (bytes) => bytes.toString('base64').replaceAll('=', '')],
  ['a data: URL', (bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`],
  [
    'a data: URL with parameters',
    (bytes) => `DATA:text/plain;charset=utf-8;base64,${bytes.toString('base64')}`,
  ],
  ['a data: URL without a type', (bytes) => `data:;base64,${bytes.toString('base64')}`],
];

it.each(forms)('gives back any bytes: %s', (_form, encode) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeBase64(encode(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});

it('takes the texts of the grammar, however broken into lines, and no others', () => {
  const character = fc.constantFrom(...'AZaz09+/=-_ \n\t.*é\u0000😀');
  const text = fc.oneof(
    fc.string({ unit: character, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'AQ=+/'), minLength: 4, maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(text, (each) => {
      expect(decodeBase64(each) !== undefined).toBe(grammar.test(each.replace(breaks, '')));
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  'Q',
  'QUJDQ',
  'QQ=',
  'Q===',
  '====',
  'QQ==QQ==',
  'Q=Q=',
  'QUJ.',
  'data:,QUJD',
  'data:image/svg+xml,<svg/>',
  `data:${'x'.repeat(201)};base64,QUJD`,
  ' data:;base64,QUJD',
  'AA\u0141A',
])('does not take %j', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
