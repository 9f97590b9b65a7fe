import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explainFileError, FileError } from '@chorus/emulator-files';
import { settler } from './settle.ts';

/** The number of this schema; a file with another one is of another version of the local cloud. */
const schemaVersion = 2;

const schema = `
  CREATE TABLE definitions (hash TEXT PRIMARY KEY, definition TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE executions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, machine TEXT NOT NULL, name TEXT NOT NULL,
    input TEXT NOT NULL, traceHeader TEXT, hash TEXT NOT NULL, parent TEXT, started REAL NOT NULL, status TEXT NOT NULL,
    output TEXT, error TEXT, cause TEXT, stopped REAL, redrives INTEGER NOT NULL DEFAULT 0, redriven REAL, redriveToken TEXT
  ) STRICT;
  CREATE INDEX executionsByMachine ON executions (machine, status, id);
  CREATE TABLE events (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, type TEXT NOT NULL, at REAL NOT NULL,
    details TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE places (
    execution INTEGER NOT NULL, path TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (execution, path)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE tokens (
    token TEXT PRIMARY KEY, execution INTEGER NOT NULL, path TEXT NOT NULL, outcome TEXT
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Of a child of a distributed Map: its Map Run, how many items it has, and whether it is an Express execution. Its input is in
 * a table of its own, so that a change of its status does not write it again.
 */
const mapRuns = `
  ALTER TABLE executions ADD COLUMN mapRun INTEGER;
  ALTER TABLE executions ADD COLUMN items INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE executions ADD COLUMN isExpress INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX executionsByMapRun ON executions (mapRun, status, id, items) WHERE mapRun IS NOT NULL;
  CREATE TABLE inputs (execution INTEGER PRIMARY KEY, input TEXT NOT NULL) STRICT;
  CREATE TABLE mapRuns (
    id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, execution INTEGER NOT NULL, machine TEXT NOT NULL,
    isExpress INTEGER NOT NULL, definitionHash TEXT NOT NULL, started REAL NOT NULL, stopped REAL, status TEXT NOT NULL,
    error TEXT, cause TEXT, maxConcurrency INTEGER NOT NULL, toleratedCount INTEGER,
    toleratedPercentage REAL, redrives INTEGER NOT NULL DEFAULT 0, redriven REAL,
    reading TEXT NOT NULL DEFAULT '{"items":0,"isDone":false}', isWritten INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX mapRunsByExecution ON mapRuns (execution, id);
`;

/** A database, and what makes its last changes outlive a loss of power. */
export interface Database {
  readonly sql: DatabaseSync;
  /** Resolves when all that was committed before outlives a loss of power. */
  settled(): Promise<void>;
}

/**
 * Opens the database of Standard executions. A commit outlives the process, however that ends; it outlives a loss of power once
 * `settled` has resolved, so that no commit waits for the disk.
 *
 * @param directory made when it is missing; without one the database is in memory
 * @throws {LocalCloudError} naming the file, if it cannot be used, or is of another version
 */
export function openDatabase(directory: string | undefined): Database {
  const file = directory === undefined ? ':memory:' : join(directory, 'executions.db');
  try {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
    const sql = new DatabaseSync(file);
    try {
      sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      const version = Number(sql.prepare('PRAGMA user_version').get()?.['user_version']);
      if (version > schemaVersion)
        throw new FileError(
          `${file} was written by another version of the local cloud (its schema is ${version}, this one's is ${schemaVersion}): move it elsewhere and start again`,
        );
      const missing = `${version === 0 ? schema : ''}${version < 2 ? mapRuns : ''}`;
      if (missing !== '')
        sql.exec(`BEGIN; ${missing} PRAGMA user_version = ${schemaVersion}; COMMIT`);
      return { sql, settled: directory === undefined ? async () => {} : settler(`${file}-wal`) };
    } catch (error) {
      sql.close();
      throw error;
    }
  } catch (error) {
    throw explainFileError(error, file);
  }
}
