import { logLevel } from './env.ts';

/** Severities in rising order; FATAL of Lambda's logging controls counts as error. */
const ranks: Readonly<Record<string, number>> = {
  trace: 0,
  debug: 1,
  info: 2,
  warn: 3,
  error: 4,
  fatal: 4,
};

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** The fields of a log line: ids, versions, durations. Never a payload: there may be a person in it. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Writes one line of JSON to stdout, `timestamp`, `level` and `message` first, if the level is enabled
 * (AWS_LAMBDA_LOG_LEVEL or LOG_LEVEL; default info). `undefined` fields are left out.
 */
export function log(level: Level, message: string, fields: Fields): void {
  const threshold = ranks[logLevel() ?? 'info'] ?? 2;
  if ((ranks[level] ?? 0) >= threshold) writeLine(level, message, fields);
}

/** Writes a line whatever level is enabled: one that is counted on. */
export function writeLine(level: Level, message: string, fields: Fields): void {
  const line = { timestamp: new Date().toISOString(), level: level.toUpperCase(), message };
  process.stdout.write(`${JSON.stringify({ ...line, ...fields })}\n`);
}
