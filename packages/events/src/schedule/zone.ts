import { InvalidExpressionError } from '../errors.ts';

/** A time zone. Local times are milliseconds as `Date.UTC` counts them. */
export interface Zone {
  /** The local time of a moment, which is in epoch milliseconds. */
  local(moment: number): number;
  /** The moment of a local time: the first of two, and undefined for one that the clock leaps over. */
  moment(local: number): number | undefined;
}

const day = 24 * 60 * 60 * 1000;

/** Returns milliseconds that a zone is ahead of UTC at a moment. */
type Offset = (moment: number) => number;

function offsetIn(timeZone: string): Offset {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (moment) => {
    const whole = Math.floor(moment / 1000) * 1000;
    const parts = Object.fromEntries(
      format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (name: string): number => parts[name] ?? 0;
    const local = Date.UTC(
      ...([part('year'), part('month') - 1, part('day')] as const),
      ...([part('hour'), part('minute'), part('second')] as const),
    );
    return local - whole;
  };
}

/**
 * Opens a time zone of the IANA database: `Europe/Berlin`.
 *
 * @throws {InvalidExpressionError} if there is none of that name
 */
export function openZone(timeZone: string): Zone {
  if (timeZone === 'UTC') return { local: (moment) => moment, moment: (local) => local };
  // Offsets like +02:00 are zones of Intl, and none of AWS.
  const isName = /^[A-Za-z][\w+/-]*$/.test(timeZone);
  let offset: Offset;
  try {
    if (!isName) throw new RangeError('not a name');
    offset = offsetIn(timeZone);
  } catch (cause) {
    throw new InvalidExpressionError(
      `there is no time zone ${JSON.stringify(timeZone)}: name one of the IANA database, such as Europe/Berlin`,
      { cause },
    );
  }
  return {
    local: (moment) => moment + offset(moment),
    moment(local) {
      // The clock moves at most once within these two days.
      const offsets = [...new Set([offset(local - day), offset(local + day)])];
      return offsets
        .map((each) => local - each)
        .filter((moment) => moment + offset(moment) === local)
        .sort((a, b) => a - b)[0];
    },
  };
}
