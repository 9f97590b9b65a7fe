import { partition } from '../intrinsics.ts';
import { declined } from './declined.ts';
import { arrayOf, type DirectFunction, of } from './direct-function.ts';
import { higherOrderFunctions } from './higher-order.ts';
import { numberFunctions } from './numbers.ts';
import { textFunctions, textIn } from './texts.ts';
import { isEqual, isTrue, lookUp, pushFlat, Sequence } from './values.ts';

/** JSONata's functions that are evaluated here. What their signatures do not allow is left to jsonata, which words the error. */
export const functions: ReadonlyMap<string, DirectFunction> = new Map(
  Object.entries<DirectFunction>({
    ...numberFunctions,
    ...textFunctions,
    ...higherOrderFunctions,
    type: of(typeOf),
    exists: { arities: [1], apply: (value) => value !== undefined },
    boolean: of(isTrue),
    not: of((value) => !isTrue(value)),
    count: { arities: [1], apply: (value) => (value === undefined ? 0 : arrayOf(value).length) },
    keys: of(keysOf),
    distinct: of(distinctOf),
    merge: of(merged),
    lookup: { arities: [2], apply: (value, name) => lookUp(value, textIn(name)) },
    append: { arities: [2], apply: appended },
    zip: { arities: 'any', apply: zipped },
    partition: { arities: [2], apply: partitioned },
  }),
);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function keysOf(value: unknown): Sequence {
  const keys = new Sequence();
  if (Array.isArray(value)) for (const key of new Set(value.flatMap(keysOf))) keys.push(key);
  else if (typeof value === 'object' && value !== null)
    for (const key of Object.keys(value)) keys.push(key);
  return keys;
}

function distinctOf(value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= 1) return value;
  const found: unknown[] = value instanceof Sequence ? new Sequence() : [];
  const simple = new Set<unknown>();
  for (const item of value) {
    const isNew =
      typeof item === 'object' && item !== null
        ? !found.some((each) => isEqual(each, item))
        : !simple.has(item);
    if (isNew) found.push(item);
    simple.add(item);
  }
  return found;
}

function merged(value: unknown): unknown {
  return Object.fromEntries(
    arrayOf(value).flatMap((each) => {
      if (typeof each !== 'object' || each === null || Array.isArray(each)) throw declined;
      return Object.entries(each);
    }),
  );
}

function appended(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const items: unknown[] = [];
  pushFlat(items, first);
  pushFlat(items, second);
  return items;
}

function zipped(...args: readonly unknown[]): unknown[] {
  const columns = args.map((arg) => (arg === undefined ? [] : arrayOf(arg)));
  const length = Math.min(...columns.map((column) => column.length));
  return Array.from({ length }, (_, at) => columns.map((column) => column[at]));
}

/** As the function that Step Functions adds, which rounds the size down. */
function partitioned(items: unknown, size: unknown): unknown {
  if (!Array.isArray(items) || typeof size !== 'number' || size < 1) throw declined;
  return partition(items, Math.floor(size));
}
