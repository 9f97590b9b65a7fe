import { InvalidExpressionError } from '../errors.ts';
import { parseDays } from './cron-days.ts';
import { cronFields, valuesOf } from './cron-field.ts';
import type { Zone } from './zone.ts';

/** Returns the first moment after another, in epoch milliseconds; undefined if there is none any more. */
export type Next = (after: number) => number | undefined;

/** The local times of an expression from the day of another one on, in order. */
type LocalTimes = (from: number) => Iterable<number>;

const hour = 60 * 60 * 1000;
const minute = 60 * 1000;

function parseFields(text: string): LocalTimes {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6)
    throw new InvalidExpressionError(
      `cron has six fields (minutes hours day-of-month month day-of-week year), not ${text === '' ? 0 : fields.length}`,
    );
  const atMinutes = valuesOf(cronFields.minutes, minutes);
  const atHours = valuesOf(cronFields.hours, hours);
  const inMonths = valuesOf(cronFields.month, month);
  const inYears = valuesOf(cronFields.year, year);
  const days = parseDays(dayOfMonth, dayOfWeek);
  return function* (from) {
    const start = new Date(from);
    const startYear = start.getUTCFullYear();
    for (const eachYear of inYears.filter((each) => each >= startYear))
      for (const eachMonth of inMonths) {
        if (eachYear === startYear && eachMonth < start.getUTCMonth() + 1) continue;
        for (const day of days({ year: eachYear, month: eachMonth })) {
          const midnight = Date.UTC(eachYear, eachMonth - 1, day);
          if (midnight + 24 * hour <= from) continue;
          for (const eachHour of atHours)
            for (const eachMinute of atMinutes)
              yield midnight + eachHour * hour + eachMinute * minute;
        }
      }
  };
}

/**
 * Parses the fields of AWS's `cron(…)`. A time that the clock leaps over in spring is left out, and of one that comes twice
 * in autumn only the first counts, as EventBridge Scheduler has it.
 *
 * @param fields six fields: `0 6 ? * MON-FRI *`
 * @throws {InvalidExpressionError} naming the field
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseCron(fields: string, zone: Zone): Next {
  const times = parseFields(fields);
  return (after) => {
    const from = zone.local(after);
    for (const local of times(from)) {
      // An hour that comes twice: the local time after it may lie before the moment.
      if (local < from - 3 * hour) continue;
      const moment = zone.moment(local);
      if (moment !== undefined && moment > after) return moment;
    }
    return undefined;
  };
}
