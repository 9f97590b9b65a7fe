import { StatesError } from './errors.ts';

/** Most bytes of UTF-8 JSON a state may take in or give out, and one `Assign` may store (256 KiB). */
export const payloadLimitBytes = 262_144;

/** Longest an Express execution may run, whatever its `TimeoutSeconds`. */
export const expressLimitSeconds = 300;

/** Most iterations of an inline Map that run at once when `MaxConcurrency` is 0. */
export const inlineMapConcurrency = 40;

/**
 * Throws `States.DataLimitExceeded` when `value` is larger than 256 KiB as UTF-8 JSON.
 * Nearly all payloads are small, so an upper bound that needs no string is tried first.
 */
export function assertFits(value: unknown, what: string): void {
  if (sizeBound(value, payloadLimitBytes) <= payloadLimitBytes) return;
  const bytes = jsonBytes(value);
  if (bytes > payloadLimitBytes) {
    throw new StatesError(
      'States.DataLimitExceeded',
      `The ${what} is ${bytes} bytes; at most ${payloadLimitBytes} are allowed.`,
    );
  }
}

/** Throws `States.DataLimitExceeded`, in AWS's words, when a task's result is larger than 256 KiB as UTF-8 JSON. */
export function assertResultFits(result: unknown, service: string): void {
  try {
    assertFits(result, 'result');
  } catch (cause) {
    throw new StatesError(
      'States.DataLimitExceeded',
      `The state/task '${service}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      { cause },
    );
  }
}

/**
 * Bytes of long arrays. Data is never changed while an execution runs, and a thousand rows pass through ten states that each
 * have to measure them.
 */
const measured = new WeakMap<readonly unknown[], number>();

/** Items from which an array is long enough to remember its size. */
const longArray = 100;

/** Returns the size of a value as UTF-8 JSON. */
function jsonBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return textBytes(value);
  if (!Array.isArray(value)) {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined);
    const bytes = fields.map(([key, item]) => textBytes(key) + 1 + jsonBytes(item));
    return bytes.reduce((sum, each) => sum + each + 1, bytes.length > 0 ? 1 : 2);
  }
  if (value.length < longArray) {
    const bytes = value.map(jsonBytes);
    return bytes.reduce((sum, each) => sum + each + 1, bytes.length > 0 ? 1 : 2);
  }
  const bytes = measured.get(value) ?? textBytes(value);
  measured.set(value, bytes);
  return bytes;
}

const textBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? 'null');

/** A number no smaller than the JSON size of `value`; stops counting once it is above `limit`. */
export function sizeBound(value: unknown, limit: number): number {
  switch (typeof value) {
    case 'string':
      // A UTF-16 unit takes at most 6 bytes, as \u001f does.
      return 2 + 6 * value.length;
    case 'number':
      return Number.isSafeInteger(value) && Math.abs(value) < 1e6 ? 7 : 25;
    case 'object': {
      if (value === null) return 4;
      let size = 2;
      if (Array.isArray(value)) {
        const known = value.length < longArray ? undefined : measured.get(value);
        if (known !== undefined) return known;
        for (const item of value) {
          size += 1 + sizeBound(item, limit - size);
          if (size > limit) break;
        }
        return size;
      }
      for (const key of Object.keys(value)) {
        const item = (value as Record<string, unknown>)[key];
        size += 4 + 6 * key.length + sizeBound(item, limit - size);
        if (size > limit) break;
      }
      return size;
    }
    default:
      return 5;
  }
}
