import { ownField } from '../query.ts';
import { declined } from './declined.ts';

/**
 * What a path or a function such as `$keys` finds. JSONata takes one of a single value for that value, and an empty one for
 * nothing; an array that was in the data stays as it is.
 */
export class Sequence extends Array<unknown> {
  // What is made from one, such as by map, is an ordinary array.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** Returns the value of a sequence of one, nothing for an empty one, and anything else as it is. */
export function unwrap(value: unknown): unknown {
  if (!(value instanceof Sequence) || value.length > 1) return value;
  return value[0];
}

/** Appends a value to a sequence, or the elements of an array. */
export function pushFlat(sequence: unknown[], value: unknown): void {
  if (Array.isArray(value)) for (const item of value) sequence.push(item);
  else sequence.push(value);
}

/** Returns the field of an object, or of each object of an array; undefined where there is none. */
export function lookUp(value: unknown, name: string): unknown {
  if (!Array.isArray(value)) return ownField(value, name);
  const found = new Sequence();
  for (const item of value) {
    const field = lookUp(item, name);
    if (field !== undefined) pushFlat(found, field);
  }
  return found;
}

/** Returns JSONata's effective boolean of a value. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isTrue);
  if (typeof value === 'number') return finite(value) !== 0;
  if (typeof value === 'function') throw declined;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** Returns a number that JSON can hold; the others are errors, which jsonata words. */
export function finite(value: number): number {
  if (!Number.isFinite(value)) throw declined;
  return value;
}

/** Tells whether two values are equal in depth. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return false;
  if (Array.isArray(left) !== Array.isArray(right)) throw declined;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) => Object.hasOwn(right, key) && isEqual(ownField(left, key), ownField(right, key)),
    )
  );
}

/** Finds a number that may have more than the 15 digits that JSONata keeps of it. */
const manyDigits = /\d[\d.]{15}/;

/** Returns a value as text, as `$string` and `&` do; nothing for nothing. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') finite(value);
  const text = JSON.stringify(value);
  if (!manyDigits.test(text)) return text;
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'number' && !Number.isInteger(item) ? Number(item.toPrecision(15)) : item,
  );
}

/** Returns a result as plain JSON: sequences inside it are made arrays. What merely passed through is shared. */
export function plain(value: unknown): unknown {
  if (isPlainJson(value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, item]): [string, unknown] => [key, plain(item)]),
  );
}

function isPlainJson(value: unknown): boolean {
  if (typeof value === 'number') return finite(value) === value;
  if (typeof value === 'function') throw declined;
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Sequence) return false;
  if (Array.isArray(value)) return value.every(isPlainJson);
  for (const key in value) if (!isPlainJson(ownField(value, key))) return false;
  return true;
}
