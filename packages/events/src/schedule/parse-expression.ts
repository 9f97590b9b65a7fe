import { InvalidExpressionError } from '../errors.ts';
import { parseCron } from './cron.ts';
import { openZone, type Zone } from './zone.ts';

/** When a schedule fires. Times are epoch milliseconds. */
export interface Expression {
  readonly kind: 'at' | 'cron' | 'rate';
  /**
   * Returns the first time after a moment; undefined if there is none any more.
   *
   * @param start what a rate is counted from: its first time
   */
  next(after: number, start: number): number | undefined;
}

const units: Readonly<Record<string, number>> = {
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

function parseRate(text: string): Expression {
  const { value = '', unit = '' } =
    /^(?<value>\d+)\s+(?<unit>\w+)$/.exec(text.trim())?.groups ?? {};
  const length = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (length === undefined || Number(value) < 1 || !Number.isSafeInteger(Number(value) * length))
    throw new InvalidExpressionError(
      'rate takes a whole number above 0, and minutes, hours or days: rate(5 minutes)',
    );
  const step = Number(value) * length;
  return {
    kind: 'rate',
    next: (after, start) =>
      after < start ? start : start + (Math.floor((after - start) / step) + 1) * step,
  };
}

function parseAt(text: string, zone: Zone): Expression {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text);
  const local = isTime ? Date.parse(`${text}Z`) : Number.NaN;
  // Date.parse takes the 31st of every month.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(text))
    throw new InvalidExpressionError('at takes a date and a time: at(2027-01-31T06:30:00)');
  const moment = zone.moment(local);
  if (moment === undefined)
    throw new InvalidExpressionError(
      `at(${text}): the clock leaps over that time in this time zone`,
    );
  return { kind: 'at', next: (after) => (after < moment ? moment : undefined) };
}

/**
 * Parses the expression of a schedule as EventBridge Scheduler has it: `cron(0 6 ? * MON-FRI *)`, `rate(1 day)`,
 * `at(2027-01-31T06:30:00)`.
 *
 * @param timeZone of cron and at. @default 'UTC'
 * @throws {InvalidExpressionError} saying which part is wrong
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseExpression(text: string, timeZone = 'UTC'): Expression {
  const zone = openZone(timeZone);
  const { kind, inner = '' } = /^(?<kind>cron|rate|at)\((?<inner>.*)\)$/s.exec(text)?.groups ?? {};
  try {
    if (kind === 'rate') return parseRate(inner);
    if (kind === 'at') return parseAt(inner, zone);
    if (kind === 'cron') {
      const next = parseCron(inner, zone);
      return { kind, next };
    }
  } catch (cause) {
    if (!(cause instanceof InvalidExpressionError)) throw cause;
    throw new InvalidExpressionError(`${text}: ${cause.message}`, { cause });
  }
  throw new InvalidExpressionError(
    `${JSON.stringify(text)} is no schedule: write cron(…), rate(…) or at(…)`,
  );
}
