import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListEntry, type ListQuery, listKeys } from './list-keys.ts';
import { compareKeys } from './store/key-order.ts';

const text = fc.array(fc.constantFrom('a', 'b', '/', '-', 'é', '', '🐍'), { maxLength: 6 });
const keys = fc
  .uniqueArray(
    text.map((parts) => parts.join('')).filter((key) => key !== ''),
    { maxLength: 40 },
  )
  .map((list) => list.sort(compareKeys));

/** Lists without paging: every key, or the common prefix it rolls up into, once. */
function allEntries(sorted: readonly string[], prefix: string, delimiter: string): ListEntry[] {
  const entries = new Map<string, ListEntry>();
  for (const key of sorted) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = cut < 0 ? key : key.slice(0, cut + delimiter.length);
    entries.set(`${cut < 0}${name}`, { kind: cut < 0 ? 'key' : 'prefix', name });
  }
  return [...entries.values()];
}

describe('compareKeys', () => {
  it('orders like the UTF-8 bytes', () => {
    const word = fc.string({ unit: 'binary', maxLength: 5 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});

describe('listKeys', () => {
  it('gives, page after page, every entry once and in order', () => {
    const query = fc.record({
      prefix: text.map((parts) => parts.slice(0, 2).join('')),
      delimiter: fc.constantFrom('', '/', 'a', '//'),
      maximum: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(keys, query, (sorted, { prefix, delimiter, maximum }) => {
        const found: ListEntry[] = [];
        for (let after = '', more = true; more; ) {
          const page = listKeys(sorted, { prefix, delimiter, after, maximum });
          expect(page.entries.length).toBeLessThanOrEqual(maximum);
          if (page.truncated) expect(page.entries.length).toBe(maximum);
          found.push(...page.entries);
          after = page.entries.at(-1)?.name ?? '';
          more = page.truncated;
        }
        expect(found).toEqual(allEntries(sorted, prefix, delimiter));
      }),
    );
  });

  it('starts after a key that need not exist', () => {
    const query: ListQuery = { prefix: '', delimiter: '', after: 'b', maximum: 10 };
    const names = listKeys(['a', 'ba', 'c'], query).entries.map((entry) => entry.name);
    expect(names).toEqual(['ba', 'c']);
  });

  it('gives nothing, and no more to come, when nothing is asked for', () => {
    const query: ListQuery = { prefix: '', delimiter: '', after: '', maximum: 0 };
    expect(listKeys(['a'], query)).toEqual({ entries: [], truncated: false });
  });
});
