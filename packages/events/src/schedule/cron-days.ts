import { InvalidExpressionError } from '../errors.ts';
import { cronFields, valueIn, valuesOf } from './cron-field.ts';

/** A month of a year; months are counted from 1. */
interface Month {
  readonly year: number;
  readonly month: number;
}

/** Returns the days of a month that a field names, in order. */
export type Days = (month: Month) => readonly number[];

const lengthOf = ({ year, month }: Month): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Day of the week, from 1 for Sunday to 7. */
const weekdayOf = ({ year, month }: Month, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

const daysOf = (month: Month): readonly number[] =>
  Array.from({ length: lengthOf(month) }, (_, index) => index + 1);

/** The weekday nearest to a day, which does not leave the month. */
function nearestWeekday(month: Month, day: number): readonly number[] {
  const last = lengthOf(month);
  if (day > last) return [];
  const weekday = weekdayOf(month, day);
  if (weekday === 7) return [day === 1 ? day + 2 : day - 1];
  if (weekday === 1) return [day === last ? day - 2 : day + 1];
  return [day];
}

function onDayOfMonth(text: string): Days {
  if (text === 'L') return (month) => [lengthOf(month)];
  const nearest = /^(?<day>\d+)W$/.exec(text)?.groups?.['day'];
  if (nearest !== undefined) {
    const day = valueIn(cronFields.dayOfMonth, nearest);
    return (month) => nearestWeekday(month, day);
  }
  const values = valuesOf(cronFields.dayOfMonth, text);
  return (month) => values.filter((day) => day <= lengthOf(month));
}

function onDayOfWeek(text: string): Days {
  const range = cronFields.dayOfWeek;
  const on = (weekday: number, month: Month) =>
    daysOf(month).filter((day) => weekdayOf(month, day) === weekday);
  // The last day of the week.
  if (text === 'L') return (month) => on(range.most, month);
  const last = /^(?<weekday>\w+)L$/.exec(text)?.groups?.['weekday'];
  if (last !== undefined) {
    const weekday = valueIn(range, last);
    return (month) => on(weekday, month).slice(-1);
  }
  const [, named = '', which] = /^(\w+)#(\d+)$/.exec(text) ?? [];
  if (which !== undefined) {
    const weekday = valueIn(range, named);
    if (Number(which) < 1 || Number(which) > 5)
      throw new InvalidExpressionError(
        `day-of-week ${JSON.stringify(text)}: expected 1 to 5 after the #`,
      );
    return (month) => on(weekday, month).slice(Number(which) - 1, Number(which));
  }
  if (text.includes('/'))
    throw new InvalidExpressionError(
      `day-of-week ${JSON.stringify(text)}: there is no slash in this field; name the days`,
    );
  const values = valuesOf(range, text);
  return (month) => daysOf(month).filter((day) => values.includes(weekdayOf(month, day)));
}

/**
 * Returns the days that the two fields name.
 *
 * @throws {InvalidExpressionError} naming the field; also unless exactly one of them is `?`
 */
export function parseDays(dayOfMonth: string, dayOfWeek: string): Days {
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw new InvalidExpressionError('one of day-of-month and day-of-week must be ?, and not both');
  return dayOfWeek === '?' ? onDayOfMonth(dayOfMonth) : onDayOfWeek(dayOfWeek);
}
