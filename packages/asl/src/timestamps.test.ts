import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTimestamp } from './timestamps.ts';

it('reads what Date prints', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => {
        expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
      },
    ),
  );
});

it.each([
  '2016-03-14t01:59:00Z',
  '2016-03-14T01:59:00z',
  '2016-03-14 01:59:00Z',
  '2016-03-14T01:59:00',
  '2016-03-14',
  '2016-13-14T01:59:00Z',
  '2016-02-30T01:59:00Z',
  '2015-02-29T01:59:00Z',
  '2016-03-14T24:00:00Z',
  '2016-03-14T01:60:00Z',
  '',
  20160314,
])('%s is no timestamp', (value) => {
  expect(parseTimestamp(value)).toBeUndefined();
});
