import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { explainSqlite } from '@chorus/emulator-files';

/** A part of a space, in the order of its keys; bounds that are left out are open. */
export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  /** @default forwards */
  readonly reverse?: boolean;
  /** Most entries; -1 for all. @default -1 */
  readonly limit?: number;
}

/** An entry of a space. */
interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** Ordered keys with JSON values, in named spaces of one file. */
export interface Entries {
  get(space: string, key: string): unknown;
  put(space: string, key: string, value: unknown): void;
  remove(space: string, key: string): void;
  /** Removes every entry of a space. */
  clear(space: string): void;
  /** Reads a range entry by entry; it may be left before its end. */
  read(space: string, range?: Range): Iterable<Entry>;
  /** How many entries a space has, and how many characters their values take. */
  size(space: string): { readonly entries: number; readonly characters: number };
  /**
   * Runs work of which all writes, or none, are kept; also if the process is killed in its middle. No other work may
   * run meanwhile.
   */
  atomically<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
}

const bounds = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * Opens the file of all entries, and makes it when it is missing. What is written is in the operating system's hands when a
 * call returns: it outlasts the process, though not a power cut right after.
 *
 * @throws {FileError} if it cannot be opened, or is not such a file
 */
export function openEntries(file: string): Entries {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS entries (space TEXT, key TEXT, value TEXT, PRIMARY KEY (space, key))`);
  } catch (error) {
    throw explainSqlite(error, file);
  }
  const statements = new Map<string, StatementSync>();
  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
  const parsed = (row: Readonly<Record<string, unknown>>): unknown =>
    JSON.parse(String(row['value']));

  return {
    get(space, key) {
      const row = prepared('SELECT value FROM entries WHERE space = ? AND key = ?').get(space, key);
      return row && parsed(row);
    },
    put(space, key, value) {
      const sql = 'INSERT OR REPLACE INTO entries (space, key, value) VALUES (?, ?, ?)';
      prepared(sql).run(space, key, JSON.stringify(value));
    },
    remove(space, key) {
      prepared('DELETE FROM entries WHERE space = ? AND key = ?').run(space, key);
    },
    clear(space) {
      prepared('DELETE FROM entries WHERE space = ?').run(space);
    },
    *read(space, { reverse = false, limit = -1, ...range } = {}) {
      const set = Object.entries(bounds).flatMap(([name, sign]) => {
        const bound = range[name as keyof typeof bounds];
        return bound === undefined ? [] : [{ condition: ` AND key ${sign} ?`, bound }];
      });
      const conditions = set.map(({ condition }) => condition).join('');
      // Prepared anew: a statement that two readers step through at once would mix them up.
      const rows = database.prepare(
        `SELECT key, value FROM entries WHERE space = ?${conditions} ORDER BY key ${reverse ? 'DESC' : 'ASC'} LIMIT ?`,
      );
      for (const row of rows.iterate(space, ...set.map(({ bound }) => bound), limit))
        yield { key: String(row['key']), value: parsed(row) };
    },
    size(space) {
      const row = prepared(
        'SELECT count(*) AS entries, total(length(value)) AS characters FROM entries WHERE space = ?',
      ).get(space);
      return { entries: Number(row?.['entries']), characters: Number(row?.['characters']) };
    },
    async atomically(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = await work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite has rolled back by itself after some errors, a full disk among them.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
