import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryOfPart, parseCellFeatures } from './cell-features.ts';

const version = 'v';

describe('a cached value', () => {
  it('is read as it was written', () => {
    const numbers = (max: number) =>
      fc.dictionary(fc.string(), fc.integer({ min: 0, max }), { noNullPrototype: true });
    const land = fc.record({
      version: fc.string(),
      countries: numbers(2 ** 49 - 1),
      abundance: numbers(3),
    });
    const sea = fc.record({
      version: fc.string(),
      countries: fc.constant(null),
      abundance: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.oneof(land, sea), (features) => {
        expect(parseCellFeatures(JSON.stringify(features))).toEqual(features);
      }),
    );
  });

  it.each([
    ['{"version":"v","countries":null,"abundance":{}}'],
    ['{"version":"v","countries":{},"abundance":null}'],
    ['{"version":"v","countries":{}}'],
    ['{"version":"v","countries":{"KE":0.5},"abundance":{}}'],
    ['{"version":"v","countries":{},"abundance":{"cat":-1}}'],
    ['{"version":"v","countries":{},"abundance":"x"}'],
    ['{"version":null,"countries":null,"abundance":null}'],
    ['null'],
  ])('is taken for missing when it is %s', (text) => {
    expect(parseCellFeatures(text)).toBeUndefined();
  });

  it('is taken for missing when it is anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseCellFeatures(text)).toBeUndefined();
      }),
    );
  });
});

describe('the country of a part', () => {
  const countries = { AA: 2 ** 48 + 1, BB: 2 ** 47 + 2 ** 33 + 2 ** 31, CC: 0 };

  it.each([
    [0, 'AA'],
    [48, 'AA'],
    [47, 'BB'],
    [33, 'BB'],
    [31, 'BB'],
  ])('%i is the one whose bit is set', (part, country) => {
    expect(countryOfPart({ version, countries, abundance: {} }, part)).toBe(country);
  });

  it('without land is that with most parts', () => {
    expect(countryOfPart({ version, countries, abundance: {} }, 5)).toBe('BB');
  });

  it('is none at sea', () => {
    expect(countryOfPart({ version, countries: null, abundance: null }, 5)).toBeNull();
  });
});
