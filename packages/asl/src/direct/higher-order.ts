import { declined } from './declined.ts';
import { arrayOf, type DirectFunction } from './direct-function.ts';
import { type Lambda, lambdaIn } from './lambda.ts';
import { isTrue, Sequence } from './values.ts';

/** JSONata's functions that take a function. */
export const higherOrderFunctions: Readonly<Record<string, DirectFunction>> = {
  map: { arities: [2], apply: mapped },
  filter: { arities: [2], apply: filtered },
  reduce: { arities: [2, 3], apply: reduced },
  each: { arities: [2], apply: eachOf },
  sort: { arities: [1, 2], apply: sorted },
};

function mapped(items: unknown, by: unknown): unknown {
  const call = lambdaIn(by);
  if (items === undefined) return undefined;
  const all = arrayOf(items);
  const found = new Sequence();
  for (const [index, item] of all.entries()) {
    const value = pass(call, item, index, all);
    if (value !== undefined) found.push(value);
  }
  return found;
}

function filtered(items: unknown, by: unknown): unknown {
  const call = lambdaIn(by);
  if (items === undefined) return undefined;
  const all = arrayOf(items);
  const kept = new Sequence();
  for (const [index, item] of all.entries())
    if (isTrue(pass(call, item, index, all))) kept.push(item);
  return kept;
}

function reduced(items: unknown, by: unknown, initial?: unknown): unknown {
  const call = lambdaIn(by);
  // What is reduced to a function is jsonata's.
  if (call.arity < 2 || typeof initial === 'function') throw declined;
  if (items === undefined) return undefined;
  const all = arrayOf(items);
  const isFirst = initial === undefined && all.length > 0;
  let result = isFirst ? all[0] : initial;
  for (let index = isFirst ? 1 : 0; index < all.length; index += 1)
    result = call(...[result, all[index], index, all].slice(0, call.arity));
  return result;
}

function eachOf(value: unknown, by: unknown): unknown {
  const call = lambdaIn(by);
  const found = new Sequence();
  if (value === undefined) return found;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw declined;
  for (const [key, field] of Object.entries(value)) {
    const answer = pass(call, field, key, value);
    if (answer !== undefined) found.push(answer);
  }
  return found;
}

/** Calls a function with a value, and with its index or key and the whole if it takes them. */
function pass(call: Lambda, value: unknown, at: unknown, whole: unknown): unknown {
  return call(...[value, at, whole].slice(0, Math.max(1, call.arity)));
}

/** Sorts in jsonata's own order of comparisons, which shows when the function is not consistent. */
function sorted(items: unknown, by?: unknown): unknown {
  const swaps = by === undefined ? undefined : lambdaIn(by);
  if (items === undefined) return undefined;
  const all = arrayOf(items);
  if (all.length <= 1) return all;
  if (swaps) return mergeSort(all, swaps);
  if (all.every((item) => typeof item === 'number')) return all.toSorted((a, b) => a - b);
  if (all.every((item) => typeof item === 'string'))
    return all.toSorted((a, b) => Number(a > b) - Number(a < b));
  throw declined;
}

function mergeSort(items: readonly unknown[], swaps: Lambda): readonly unknown[] {
  if (items.length <= 1) return items;
  const middle = Math.floor(items.length / 2);
  const left = mergeSort(items.slice(0, middle), swaps);
  const right = mergeSort(items.slice(middle), swaps);
  const merged: unknown[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length)
    if (swaps(left[l], right[r])) merged.push(right[r++]);
    else merged.push(left[l++]);
  return [...merged, ...left.slice(l), ...right.slice(r)];
}
