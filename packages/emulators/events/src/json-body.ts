import { type Fields, unreadable } from '@chorus/emulator-aws';
import { invalid, notDone, type ServiceName } from './errors.ts';

/** @throws {AwsApiError} SerializationException unless it is absent or an array */
export function listOf(name: string, value: unknown = []): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable(`${name} must be an array`);
  return value;
}

/** Refuses members that would have to be ignored. @throws {AwsApiError} NotImplementedException */
export function checkMembers(
  service: ServiceName,
  operation: string,
  fields: Fields,
  known: readonly string[],
): void {
  const other = Object.keys(fields).find((name) => !known.includes(name));
  if (other !== undefined) throw notDone(service, `${other.slice(0, 80)} in ${operation}`);
}

/** What a text may be, in AWS's model. */
export interface TextRange {
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

const violated = (name: string, value: string, constraint: string): Error =>
  invalid(
    `1 validation error detected: Value '${value.slice(0, 200)}' at '${name}' failed to satisfy constraint: ${constraint}`,
  );

/** Returns a text within its range; undefined if it is absent. @throws {AwsApiError} */
export function textOf(
  name: string,
  value: unknown,
  { least = 0, most = Number.POSITIVE_INFINITY, pattern, values }: TextRange = {},
): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw unreadable(`${name} must be text`);
  if (!value.isWellFormed())
    throw unreadable(`${name} has half of a surrogate pair, which is no text`);
  if (value.length < least)
    throw violated(name, value, `Member must have length greater than or equal to ${least}`);
  if (value.length > most)
    throw violated(name, value, `Member must have length less than or equal to ${most}`);
  if (values !== undefined && !values.includes(value))
    throw violated(name, value, `Member must satisfy enum value set: [${values.join(', ')}]`);
  if (pattern?.test(value) === false)
    throw violated(
      name,
      value,
      `Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  return value;
}

/** @throws {AwsApiError} ValidationException if it is absent */
export function required<Of>(name: string, value: Of | undefined): Of {
  if (value === undefined)
    throw invalid(
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
}

/** Returns a whole number within its range; undefined if it is absent. @throws {AwsApiError} */
export function countOf(
  name: string,
  value: unknown,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) throw unreadable(`${name} must be an integer`);
  const count = Number(value);
  if (count < least)
    throw violated(name, String(count), `Member must have value greater than or equal to ${least}`);
  if (count > most)
    throw violated(name, String(count), `Member must have value less than or equal to ${most}`);
  return count;
}

/** Returns epoch milliseconds of a timestamp; undefined if it is absent. @throws {AwsApiError} */
export function timeOf(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const isTime = typeof value === 'number' && Math.abs(value) < 8.64e12;
  if (!isTime) throw unreadable(`${name} must be a time in epoch seconds`);
  return Math.round(value * 1000);
}
