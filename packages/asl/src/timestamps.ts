const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Milliseconds since the epoch of an RFC 3339 timestamp with an upper-case `T` and `Z` (specification:
 * "Timestamps"); `undefined` for anything else, such as the 31st of April.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = rfc3339.exec(value);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // Day 0 of the next month is the last day of this one.
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > lastDay) return undefined;
  // Date.parse knows no leap second: 23:59:60 is read as the second before.
  const time = Date.parse(match[6] === '60' ? value.replace(':60', ':59') : value);
  return Number.isNaN(time) ? undefined : time;
}
