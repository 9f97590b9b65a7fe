const hoursPerYear = 8760;
const monthsPerYear = 12;

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** Returns how many values a field of a cron expression has; `*` and `?` stand for all. */
function valuesOf(field: string, all: number): number {
  const count = field.split(',').reduce((sum, part) => {
    const [range = '', step = '1'] = part.split('/');
    const [first = '', last] = range.split('-');
    if (last !== undefined) {
      const width = Number(last) - Number(first) + 1;
      return sum + (width > 0 ? Math.ceil(width / Number(step)) : all);
    }
    const isAll = range === '*' || range === '?' || part.includes('/');
    return sum + (isAll ? Math.ceil(all / Number(step)) : 1);
  }, 0);
  // Names of days, and what is not known here, count for all rather than for none.
  return Number.isFinite(count) ? Math.min(all, count) : all;
}

/** Returns about how often a month a cron expression comes true: minutes, hours, days, months, days of the week. */
function callsOfCron(fields: readonly string[]): number {
  const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = fields;
  const share = /^[*?]$/.test(weekdays) ? valuesOf(days, 31) / 31 : valuesOf(weekdays, 7) / 7;
  const perDay = valuesOf(minutes, 60) * valuesOf(hours, 24);
  return (perDay * (hoursPerYear / 24) * share * valuesOf(months, 12)) / 12 / monthsPerYear;
}

/**
 * Returns about how often a month a schedule of EventBridge Scheduler starts its target, rounded: `rate(1 day)`,
 * `cron(0 6 * * ? *)`. A time, `at(…)`, comes once, which counts for nothing.
 */
export function callsPerMonth(expression: string): number {
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return Math.round(callsOfCron(inside.trim().split(/\s+/)));
  const [, number, unit = ''] = /^(\d+) (\w+?)s?$/.exec(inside) ?? [];
  const minutes = Number(number) * (minutesOf[unit] ?? Number.NaN);
  if (kind !== 'rate' || !(minutes > 0)) return 0;
  return Math.round((hoursPerYear * 60) / monthsPerYear / minutes);
}
