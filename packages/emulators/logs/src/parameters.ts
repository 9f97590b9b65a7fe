import { type Fields, unreadable } from '@chorus/emulator-aws';
import { invalid, notDone } from './errors.ts';

/** Refuses members that would have to be ignored. @throws {AwsApiError} NotImplementedException */
export function checkMembers(operation: string, fields: Fields, known: readonly string[]): void {
  const other = Object.keys(fields).find((name) => !known.includes(name));
  if (other !== undefined) throw notDone(`${other.slice(0, 80)} in ${operation}`);
}

const violated = (name: string, value: string, constraint: string): Error =>
  invalid(
    `1 validation error detected: Value '${value.slice(0, 200)}' at '${name}' failed to satisfy constraint: Member must ${constraint}`,
  );

/** What a text may be, in AWS's model. */
interface TextRange {
  readonly least?: number;
  readonly most: number;
  readonly pattern?: RegExp;
}

/** Returns a text within its range; undefined if it is absent. @throws {AwsApiError} */
export function textOf(
  fields: Fields,
  name: string,
  { least = 1, most, pattern }: TextRange,
): string | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw unreadable(`${name} must be text`);
  if (value.length < least)
    throw violated(name, value, `have length greater than or equal to ${least}`);
  if (value.length > most) throw violated(name, value, `have length less than or equal to ${most}`);
  if (pattern?.test(value) === false)
    throw violated(name, value, `satisfy regular expression pattern: ${pattern.source}`);
  return value;
}

/** Returns a whole number within its range; undefined if it is absent. @throws {AwsApiError} */
export function countOf(
  fields: Fields,
  name: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value)) throw unreadable(`${name} must be an integer`);
  const count = Number(value);
  if (count < least)
    throw violated(name, String(count), `have value greater than or equal to ${least}`);
  if (count > most) throw violated(name, String(count), `have value less than or equal to ${most}`);
  return count;
}

/** @throws {AwsApiError} unless it is absent, true or false */
export function flagOf(fields: Fields, name: string): boolean {
  const value = fields[name] ?? false;
  if (typeof value !== 'boolean') throw unreadable(`${name} must be true or false`);
  return value;
}

/** Returns a list of texts; undefined if it is absent. @throws {AwsApiError} */
export function textsOf(
  fields: Fields,
  name: string,
  [least, most]: readonly [number, number],
): readonly string[] | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    throw unreadable(`${name} must be a list of texts`);
  if (value.length < least || value.length > most)
    throw violated(name, `${value.length} elements`, `have ${least} to ${most} elements`);
  return value;
}

const groupPattern = /^[-._/#A-Za-z0-9]+$/;

/** Returns the group that a request names, by its name or its ARN. @throws {AwsApiError} */
export function groupOf(fields: Fields): string {
  const name = textOf(fields, 'logGroupName', { most: 512, pattern: groupPattern });
  const identifier = textOf(fields, 'logGroupIdentifier', {
    most: 2048,
    pattern: /^[\w#+=/:,.@-]*$/,
  });
  if (name !== undefined && identifier !== undefined)
    throw invalid('LogGroup name and LogGroup identifier cannot be specified together.');
  const group = name ?? identifier?.replace(/^arn:aws:logs:[^:]*:[^:]*:log-group:/, '');
  if (group === undefined) throw invalid('A log group has to be named: logGroupName');
  return group;
}

/** Start of the names of groups, or of streams. */
export const prefixOf = (fields: Fields, name: string): string =>
  textOf(fields, name, { most: 512 }) ?? '';

/** A moment far beyond any event, in epoch milliseconds. */
export const never: number = Number.MAX_SAFE_INTEGER;

/** Epoch milliseconds. @throws {AwsApiError} */
export function timesOf(fields: Fields): { readonly start: number; readonly end: number } {
  const start = countOf(fields, 'startTime', [0, never]) ?? 0;
  const end = countOf(fields, 'endTime', [0, never]) ?? never;
  if (end < start) throw invalid('Start time cannot be after end time');
  return { start, end };
}
