import { Stream } from 'node:stream';
import type { Entries, Range } from '../entries.ts';
import { noTable } from '../errors.ts';
import { indexSpace, itemSpace, tableSpace } from '../spaces.ts';

/** Largest item, in bytes; the same as on AWS. */
const maxItemSize = 400 * 1024;

type Done = (error: unknown, value?: unknown) => void;

/** Emits the values of a range, as dynalite expects of a stream, until it is destroyed. */
function valueStream(entries: Entries, space: string, range: Range): Stream {
  let isDestroyed = false;
  const stream = Object.assign(new Stream(), {
    destroy() {
      isDestroyed = true;
    },
  });
  queueMicrotask(() => {
    try {
      for (const { value } of entries.read(space, range)) {
        stream.emit('data', value);
        if (isDestroyed) return;
      }
      stream.emit('end');
    } catch (error) {
      stream.emit('error', error);
    }
  });
  return stream;
}

/** A space as dynalite's actions use it. Nothing needs a lock: one operation runs at a time. */
function spaceOf(entries: Entries, space: string) {
  return {
    get: (key: string, done: Done) => done(undefined, entries.get(space, key)),
    put(key: string, value: unknown, done: Done) {
      entries.put(space, key, value);
      done(undefined);
    },
    del(key: string, done: Done) {
      entries.remove(space, key);
      done(undefined);
    },
    lock: (_key: string, run: (release: (done: Done) => Done) => void) => run((done) => done),
    createValueStream: (range: Range) => valueStream(entries, space, range),
  };
}

/** Returns what dynalite's actions on items read and write, kept in our entries. */
export function storeOver(entries: Entries): object {
  return {
    options: { maxItemSize },
    getItemDb: (table: string) => spaceOf(entries, itemSpace(table)),
    getIndexDb: (kind: string, table: string, index: string) =>
      spaceOf(entries, indexSpace(kind, table, index)),
    getTable(name: string, done: Done) {
      const table = entries.get(tableSpace, name);
      done(table === undefined ? noTable() : undefined, table);
    },
  };
}
