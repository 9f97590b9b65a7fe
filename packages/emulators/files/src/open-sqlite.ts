import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { explainSqlite } from './sqlite-errors.ts';

/** A row of a table, by its columns' names. */
export type Row = Readonly<Record<string, unknown>>;

/** One SQLite file. */
export interface Sqlite {
  run(sql: string, ...values: readonly SQLInputValue[]): { readonly changes: number; id: number };
  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  /** Runs work of which all writes, or none, are kept; also if the process is killed in its middle. */
  atomically<Result>(work: () => Result): Result;
  close(): void;
}

/**
 * Opens a file, and makes its tables. What is written is in the operating system's hands when a call returns: it outlasts the
 * process, though not a power cut right after.
 *
 * @throws {FileError} if it cannot be opened, or is not such a file; so do all calls when the disk fails
 */
export function openSqlite(file: string, schema: string): Sqlite {
  const named = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explainSqlite(error, file);
    }
  };
  const database = named(() => {
    const opened = new DatabaseSync(file);
    opened.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
    return opened;
  });
  const statements = new Map<string, StatementSync>();
  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
  return {
    run: (sql, ...values) =>
      named(() => {
        const { changes, lastInsertRowid } = prepared(sql).run(...values);
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      }),
    get: (sql, ...values) => named(() => prepared(sql).get(...values)),
    all: (sql, ...values) => named(() => prepared(sql).all(...values)),
    atomically: (work) =>
      named(() => {
        database.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          database.exec('COMMIT');
          return result;
        } catch (error) {
          // SQLite has rolled back by itself after some errors, a full disk among them.
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    close: () => database.close(),
  };
}
