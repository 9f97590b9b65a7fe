import { compareKeys, firstIndex } from './store/key-order.ts';

/** A key, or all keys that share a beginning up to the delimiter. */
export type ListEntry =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'prefix'; readonly name: string };

export interface ListQuery {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** Entries come after this key; a common prefix listed last is not listed again. Empty for the beginning. */
  readonly after: string;
  readonly maximum: number;
}

/**
 * One page of a listing. A common prefix counts as one entry, and the walk jumps over its keys.
 * @param keys In UTF-8 order.
 */
export function listKeys(
  keys: readonly string[],
  query: ListQuery,
): { entries: ListEntry[]; truncated: boolean } {
  const { prefix, delimiter, after, maximum } = query;
  const entries: ListEntry[] = [];
  if (maximum === 0) return { entries, truncated: false };
  let index = firstIndex(
    keys,
    (key) => compareKeys(key, prefix) < 0 || (after !== '' && compareKeys(key, after) <= 0),
  );
  for (;;) {
    const key = keys[index];
    if (key === undefined || !key.startsWith(prefix)) return { entries, truncated: false };
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (common === undefined || common !== after) {
      if (entries.length === maximum) return { entries, truncated: true };
      entries.push(
        common === undefined ? { kind: 'key', name: key } : { kind: 'prefix', name: common },
      );
    }
    index = common === undefined ? index + 1 : endOfPrefix(keys, common);
  }
}

function endOfPrefix(keys: readonly string[], prefix: string): number {
  return firstIndex(keys, (key) => compareKeys(key, prefix) < 0 || key.startsWith(prefix));
}
