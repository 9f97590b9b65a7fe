import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidExpressionError } from '../errors.ts';
import { parseExpression } from './parse-expression.ts';

/** Returns the first times of an expression after one, in UTC. */
function times(expression: string, after: string, timeZone = 'UTC', count = 2): readonly string[] {
  const { next } = parseExpression(expression, timeZone);
  const found: string[] = [];
  let moment: number | undefined = Date.parse(after);
  const start = moment;
  while (found.length < count) {
    moment = next(moment, start);
    if (moment === undefined) break;
    found.push(new Date(moment).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

describe('cron', () => {
  // Recorded from aws-croniter 2.1.1, but for a lone L in day-of-week, which it cannot compute.
  it.each([
    ['0 6 * * ? *', ['2027-01-31T06:00Z', '2027-02-01T06:00Z']],
    ['*/15 8-9 ? * MON-FRI *', ['2027-02-01T08:00Z', '2027-02-01T08:15Z']],
    ['5/20 0 1 * ? *', ['2027-02-01T00:05Z', '2027-02-01T00:25Z']],
    ['0 0 L * ? *', ['2027-01-31T00:00Z', '2027-02-28T00:00Z']],
    ['0 0 31W * ? *', ['2027-03-31T00:00Z', '2027-05-31T00:00Z']],
    ['0 0 1W 5,8 ? *', ['2027-05-03T00:00Z', '2027-08-02T00:00Z']],
    ['0 0 31W JAN,OCT ? *', ['2027-10-29T00:00Z', '2028-01-31T00:00Z']],
    ['0 0 ? * 3#2 *', ['2027-02-09T00:00Z', '2027-03-09T00:00Z']],
    ['0 0 ? * 5#5 *', ['2027-04-29T00:00Z', '2027-07-29T00:00Z']],
    ['0 0 ? * 6L *', ['2027-02-26T00:00Z', '2027-03-26T00:00Z']],
    ['0 0 ? * fri *', ['2027-02-05T00:00Z', '2027-02-12T00:00Z']],
    ['0 0 ? * L *', ['2027-02-06T00:00Z', '2027-02-13T00:00Z']],
    ['0 12 29 2 ? *', ['2028-02-29T12:00Z', '2032-02-29T12:00Z']],
    ['0 0 1 1 ? 2028', ['2028-01-01T00:00Z']],
    ['0 0 30 2 ? *', []],
    ['0 0 1 1 ? 2026', []],
  ])('%s', (fields, expected) => {
    expect(times(`cron(${fields})`, '2027-01-30T23:59:59Z')).toEqual(expected);
  });

  it.each([
    [
      'Europe/Berlin',
      '0 9 * * ? *',
      '2027-03-27T09:00:00Z',
      ['2027-03-28T07:00Z', '2027-03-29T07:00Z'],
    ],
    // 02:30 is not there on the day the clock goes forward, and comes twice on the day it goes back.
    [
      'Europe/Berlin',
      '30 2 * * ? *',
      '2027-03-27T02:00:00Z',
      ['2027-03-29T00:30Z', '2027-03-30T00:30Z'],
    ],
    [
      'Europe/Berlin',
      '30 2 * * ? *',
      '2027-10-30T12:00:00Z',
      ['2027-10-31T00:30Z', '2027-11-01T01:30Z'],
    ],
    [
      'Europe/Berlin',
      '30 2 * * ? *',
      '2027-10-31T00:45:00Z',
      ['2027-11-01T01:30Z', '2027-11-02T01:30Z'],
    ],
    [
      'America/New_York',
      '30 1 * * ? *',
      '2027-11-07T05:00:00Z',
      ['2027-11-07T05:30Z', '2027-11-08T06:30Z'],
    ],
    [
      'Australia/Lord_Howe',
      '15 2 * * ? *',
      '2027-10-02T00:00:00Z',
      ['2027-10-03T15:15Z', '2027-10-04T15:15Z'],
    ],
    [
      'Asia/Kathmandu',
      '0 0 * * ? *',
      '2027-01-01T00:00:00Z',
      ['2027-01-01T18:15Z', '2027-01-02T18:15Z'],
    ],
  ])('in %s: %s', (zone, fields, after, expected) => {
    expect(times(`cron(${fields})`, after, zone)).toEqual(expected);
  });

  it('names every minute that a plain search finds, and no other', () => {
    const values = (least: number, most: number) =>
      fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 4 });
    const start = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(
        fc.record({
          minutes: values(0, 59),
          hours: values(0, 23),
          weekdays: values(1, 7),
          months: values(1, 12),
        }),
        fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }),
        ({ minutes, hours, weekdays, months }, offset) => {
          const after = start + offset * 60_000;
          const { next } = parseExpression(`cron(${minutes} ${hours} ? ${months} ${weekdays} *)`);
          const isNamed = (moment: number): boolean => {
            const at = new Date(moment);
            return (
              minutes.includes(at.getUTCMinutes()) &&
              hours.includes(at.getUTCHours()) &&
              months.includes(at.getUTCMonth() + 1) &&
              weekdays.includes(at.getUTCDay() + 1)
            );
          };
          const found = next(after, 0) ?? 0;
          expect(isNamed(found)).toBe(true);
          // As far as three days: a plain search takes its time.
          const end = Math.min(found, after + 3 * 24 * 60 * 60_000);
          for (let moment = after + 60_000; moment < end; moment += 60_000)
            expect(isNamed(moment)).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('rate and at', () => {
  it('counts a rate from its start', () => {
    const { next } = parseExpression('rate(90 minutes)');
    expect([next(-1, 0), next(0, 0), next(5_400_000, 0)]).toEqual([0, 5_400_000, 10_800_000]);
    expect(next(1_000_000_000, 0)).toBe(1_004_400_000);
  });

  it('is once, in its time zone', () => {
    expect(times('at(2027-07-01T09:00:00)', '2027-01-01T00:00:00Z', 'Europe/Berlin')).toEqual([
      '2027-07-01T07:00Z',
    ]);
    expect(times('at(2027-07-01T09:00:00)', '2027-07-01T09:00:00Z')).toEqual([]);
  });
});

it.each([
  ['daily', 'is no schedule: write cron(…), rate(…) or at(…)'],
  ['rate(0 days)', 'a whole number above 0'],
  ['rate(5 weeks)', 'minutes, hours or days'],
  ['at(2027-02-29T00:00:00)', 'at takes a date and a time'],
  ['at(2027-01-01)', 'at takes a date and a time'],
  ['cron(0 6 * * ?)', 'six fields'],
  ['cron(60 6 * * ? *)', 'minutes "60": expected 0 to 59'],
  ['cron(0 6 * * * *)', 'one of day-of-month and day-of-week must be ?'],
  ['cron(0 6 ? * ? *)', 'one of day-of-month and day-of-week must be ?'],
  ['cron(0 22-4 * * ? *)', 'hours "22-4": the range ends before it begins'],
  ['cron(0/0 6 * * ? *)', 'minutes "0/0": after the slash'],
  ['cron(0 6 LW * ? *)', 'day-of-month "LW"'],
  ['cron(0 6 ? * 3#1,6#3 *)', 'day-of-week "3#1'],
  ['cron(0 6 ? * 3#6 *)', 'expected 1 to 5 after the #'],
  ['cron(0 6 ? * 1/2 *)', 'there is no slash in this field'],
  ['cron(0 6 ? FOO MON *)', 'month "FOO": expected 1 to 12, or JAN to DEC'],
  ['cron(0 6 * * ? 1969)', 'year "1969": expected 1970 to 2199'],
])('refuses %s by name', (expression, message) => {
  expect(() => parseExpression(expression)).toThrow(InvalidExpressionError);
  expect(() => parseExpression(expression)).toThrow(message);
});

it.each(['Europe/Entenhausen', '+02:00', '', 'a b'])('refuses the time zone "%s"', (timeZone) => {
  expect(() => parseExpression('rate(1 day)', timeZone)).toThrow(InvalidExpressionError);
});
