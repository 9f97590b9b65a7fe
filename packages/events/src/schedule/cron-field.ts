import { InvalidExpressionError } from '../errors.ts';

/** A field of a cron expression. */
export interface FieldRange {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values, beginning with the least. */
  readonly names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type FieldName = 'minutes' | 'hours' | 'dayOfMonth' | 'month' | 'dayOfWeek' | 'year';

/** The six fields, in their order. */
export const cronFields: Readonly<Record<FieldName, FieldRange>> = {
  minutes: { name: 'minutes', least: 0, most: 59 },
  hours: { name: 'hours', least: 0, most: 23 },
  dayOfMonth: { name: 'day-of-month', least: 1, most: 31 },
  month: { name: 'month', least: 1, most: 12, names: months },
  dayOfWeek: { name: 'day-of-week', least: 1, most: 7, names: weekdays },
  year: { name: 'year', least: 1970, most: 2199 },
};

function refused(range: FieldRange, text: string, why: string): InvalidExpressionError {
  return new InvalidExpressionError(`${range.name} ${JSON.stringify(text)}: ${why}`);
}

/** Returns a number or a name of a field as a number. @throws {InvalidExpressionError} */
export function valueIn(range: FieldRange, text: string): number {
  const { least, most, names = [] } = range;
  const named = names.indexOf(text.toUpperCase());
  if (named !== -1) return named + least;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const examples = names.length > 0 ? `, or ${names[0]} to ${names.at(-1)}` : '';
  throw refused(range, text, `expected ${least} to ${most}${examples}`);
}

function boundsOf(range: FieldRange, text: string): readonly [number, number] {
  if (text === '*') return [range.least, range.most];
  const [from = '', to, ...more] = text.split('-');
  const first = valueIn(range, from);
  if (to === undefined) return [first, first];
  const last = valueIn(range, to);
  if (more.length > 0) throw refused(range, text, 'a range has one hyphen');
  if (last < first)
    throw refused(range, text, 'the range ends before it begins; write it as two, with a comma');
  return [first, last];
}

/**
 * Returns the values of a field of numbers, names, `,`, `-`, `*` and `/`, in order.
 *
 * @throws {InvalidExpressionError} naming the field
 */
export function valuesOf(range: FieldRange, text: string): readonly number[] {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [of = '', by, ...more] = item.split('/');
    const [first, last] = boundsOf(range, of);
    const step = by === undefined ? 1 : /^\d+$/.test(by) ? Number(by) : 0;
    if (more.length > 0 || step < 1 || step > range.most)
      throw refused(range, text, 'after the slash comes how many to go on by');
    const isOpen = by !== undefined && of !== '*' && !of.includes('-');
    const end = isOpen ? range.most : last;
    for (let value = first; value <= end; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
