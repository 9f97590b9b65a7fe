import { DamagedRecordError } from './errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The place and kind of a record, and the remedy when it is damaged. */
export interface RecordPlace {
  /** `s3://bucket/key` */
  readonly place: string;
  /** `a lock` */
  readonly kind: string;
  readonly remedy: string;
}

/**
 * Reads a record, which anything may have written into.
 *
 * @param read gives it typed; undefined when it is not one
 * @throws {DamagedRecordError} naming the object and what to do
 */
export function parseRecord<Of>(
  text: string,
  { place, kind, remedy }: RecordPlace,
  read: (record: JsonObject) => Of | undefined,
): Of {
  const record = parseObject(text);
  const found = record && read(record);
  if (found !== undefined) return found;
  const shown = text === '' ? 'it is empty' : `it begins with ${JSON.stringify(text.slice(0, 40))}`;
  throw new DamagedRecordError(`${place} is not ${kind} (${shown}): ${remedy}`);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Said by the caller, naming the object.
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
