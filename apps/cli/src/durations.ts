import { UsageError } from './errors.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Parses a duration of a flag, in milliseconds: `500ms`, `30s`, `1.5m`, `2h`.
 *
 * @throws {UsageError} naming the flag
 */
export function parseDuration(flag: string, text: string): number {
  const { count = '', unit = '' } =
    /^(?<count>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)$/.exec(text)?.groups ?? {};
  const factor = unitMs[unit];
  if (factor === undefined)
    throw new UsageError(`--${flag} takes a duration such as 30s, 5m or 1h, got '${text}'`);
  return Number(count) * factor;
}

/**
 * Parses a share of a flag, 0 to 1: `10%`, or `10` for the same.
 *
 * @param most the largest, in percent
 * @throws {UsageError} naming the flag
 */
export function parsePercent(flag: string, text: string, most = 100): number {
  const number = /^(?<number>\d+(?:\.\d+)?) ?%?$/.exec(text)?.groups?.['number'];
  if (number === undefined)
    throw new UsageError(`--${flag} takes a percentage such as 10%, got '${text}'`);
  if (Number(number) > most) throw new UsageError(`--${flag} is at most ${most}%, got '${text}'`);
  return Number(number) / 100;
}

/**
 * Parses a number of a flag, 0 or more.
 *
 * @throws {UsageError} naming the flag
 */
export function parseAmount(flag: string, text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text))
    throw new UsageError(`--${flag} takes a number from 0 up, got '${text}'`);
  return Number(text);
}
