import { describe, expect, it } from 'vitest';
import { page } from './pages.ts';

const all = (count: number) => Array.from({ length: count }, (_, index) => index);
const ask = (count: number, query: Readonly<Record<string, string>> = {}) =>
  page('Things', all(count), new URLSearchParams(query));

describe('a page', () => {
  it.each([
    [0, {}, 0, undefined],
    [50, {}, 50, undefined],
    [51, {}, 50, '50'],
    [51, { MaxItems: '51' }, 50, '50'],
    [60, { MaxItems: '10000' }, 50, '50'],
    [3, { MaxItems: '1' }, 1, '1'],
    [3, { MaxItems: '2' }, 2, '2'],
    [3, { MaxItems: '3' }, 3, undefined],
    [3, { MaxItems: '4' }, 3, undefined],
    [3, { MaxItems: '1', Marker: '1' }, 1, '2'],
    [3, { MaxItems: '1', Marker: '2' }, 1, undefined],
    [3, { Marker: '3' }, 0, undefined],
    [3, { Marker: '999999999' }, 0, undefined],
  ] as const)('of %i by %j has %i, and %s follows', (count, query, size, marker) => {
    const { Things, NextMarker } = ask(count, query);
    const start = 'Marker' in query ? Number(query.Marker) : 0;
    expect(Things).toEqual(all(count).slice(start, start + size));
    expect(NextMarker).toBe(marker);
  });

  it.each([
    ['0', 'greater than or equal to 1'],
    ['-1', 'greater than or equal to 1'],
    ['', 'greater than or equal to 1'],
    ['1.5', 'greater than or equal to 1'],
    ['10001', 'less than or equal to 10000'],
  ])('has no size of %j', (MaxItems, message) => {
    expect(() => ask(3, { MaxItems })).toThrow(
      expect.objectContaining({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each(['', '-1', 'x', '1.5', '1000000000'])('does not begin at %j', (Marker) => {
    expect(() => ask(3, { Marker })).toThrow(
      expect.objectContaining({
        name: 'InvalidParameterValueException',
        message: expect.stringContaining(`got "${Marker}"`),
      }),
    );
  });
});
