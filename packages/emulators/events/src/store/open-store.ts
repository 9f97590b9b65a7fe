import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explainFileError, FileError } from '@chorus/emulator-files';

/** The number of this schema; a file with another one is of another version of the local cloud. */
const schemaVersion = 2;

const schema = `
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, arn TEXT NOT NULL, body TEXT NOT NULL, grouped TEXT,
    retries INTEGER NOT NULL, until REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL,
    attributes TEXT, deadLetters TEXT
  ) STRICT;
  CREATE INDEX deliveriesByDue ON deliveries (due);
  CREATE TABLE schedules (
    name TEXT PRIMARY KEY, schedule TEXT NOT NULL, start REAL NOT NULL, next REAL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX schedulesByNext ON schedules (next);
`;

/** What makes a file of the schema before one of this. */
const upgrade = `
  ALTER TABLE deliveries ADD COLUMN attributes TEXT;
  ALTER TABLE deliveries ADD COLUMN deadLetters TEXT;
`;

/** Where a delivery goes that is given up, and what its message says beside why. */
interface DeadLetters {
  /** ARN of the queue. */
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is on its way to a target. Times are epoch milliseconds. */
export interface StoredDelivery {
  readonly id: number;
  /** Names it towards its target, at every attempt. */
  readonly name: string;
  readonly arn: string;
  readonly body: string;
  readonly group?: string;
  /** Attributes of a queue's message. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** @default it is dropped */
  readonly deadLetters?: DeadLetters;
  /** How often it is tried again at most. */
  readonly retries: number;
  /** When it is too old to be tried again. */
  readonly until: number;
  /** How often it was tried. */
  readonly attempts: number;
  readonly due: number;
}

type NewDelivery = Omit<StoredDelivery, 'id' | 'attempts'>;

/** A schedule as it is kept. */
export interface StoredSchedule {
  readonly name: string;
  /** JSON. */
  readonly schedule: string;
  /** When a rate began. */
  readonly start: number;
  /** When it fires next; nothing if it does not any more. */
  readonly next?: number;
}

/** Deliveries and schedules on disk. */
export interface Store {
  /** Does all of it, or, if it throws, nothing. */
  transact<Result>(work: () => Result): Result;
  addDelivery(delivery: NewDelivery): void;
  /** Those that are due, the earliest first, but for some. */
  due(now: number, limit: number, except: ReadonlySet<number>): readonly StoredDelivery[];
  /** When the next one is due, but for some. */
  nextDue(except: ReadonlySet<number>): number | undefined;
  removeDelivery(id: number): void;
  postpone(id: number, attempts: number, due: number): void;
  /** Sends a delivery to a queue instead: it is one of these two at every moment. */
  redirect(
    id: number,
    to: Pick<StoredDelivery, 'arn' | 'body' | 'attributes' | 'until' | 'due'>,
  ): void;
  putSchedule(schedule: StoredSchedule): void;
  schedule(name: string): StoredSchedule | undefined;
  /** By name. */
  schedules(): readonly StoredSchedule[];
  removeSchedule(name: string): void;
  /** The one that fires first. */
  firstSchedule(): (StoredSchedule & { readonly next: number }) | undefined;
  close(): void;
}

function open(file: string): DatabaseSync {
  const sql = new DatabaseSync(file);
  try {
    sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const version = Number(sql.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version === schemaVersion - 1)
      sql.exec(`BEGIN; ${upgrade} PRAGMA user_version = ${schemaVersion}; COMMIT`);
    else if (version !== 0 && version !== schemaVersion)
      throw new FileError(
        `${file} was written by another version of the local cloud (its schema is ${version}, this one's is ${schemaVersion}): move it elsewhere and start again`,
      );
    if (version === 0) sql.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`);
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}

type Row = Readonly<Record<string, unknown>>;

const deliveryOf = (row: Row): StoredDelivery => ({
  id: Number(row['id']),
  name: String(row['name']),
  arn: String(row['arn']),
  body: String(row['body']),
  ...(row['grouped'] !== null && { group: String(row['grouped']) }),
  ...(row['attributes'] !== null && { attributes: JSON.parse(String(row['attributes'])) }),
  ...(row['deadLetters'] !== null && { deadLetters: JSON.parse(String(row['deadLetters'])) }),
  retries: Number(row['retries']),
  until: Number(row['until']),
  attempts: Number(row['attempts']),
  due: Number(row['due']),
});

const scheduleOf = (row: Row): StoredSchedule => ({
  name: String(row['name']),
  schedule: String(row['schedule']),
  start: Number(row['start']),
  ...(row['next'] !== null && { next: Number(row['next']) }),
});

/**
 * Opens the file of deliveries and schedules. What was committed outlives the process, however it ends; a power cut may take the
 * last commits.
 *
 * @param directory made when it is missing
 * @throws {LocalCloudError} naming the file, if it cannot be used, or is of another version
 */
export function openStore(directory: string): Store {
  const file = join(directory, 'events.sqlite');
  let sql: DatabaseSync;
  try {
    mkdirSync(directory, { recursive: true });
    sql = open(file);
  } catch (error) {
    throw explainFileError(error, file);
  }
  const prepare = (text: string) => sql.prepare(text);
  const others = (except: ReadonlySet<number>) =>
    except.size === 0 ? '' : `AND id NOT IN (${[...except].join(',')})`;

  return {
    transact(work) {
      sql.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        sql.exec('COMMIT');
        return result;
      } catch (error) {
        if (sql.isTransaction) sql.exec('ROLLBACK');
        throw error;
      }
    },
    addDelivery({ name, arn, body, group, deadLetters, retries, until, due }) {
      const dead = deadLetters === undefined ? null : JSON.stringify(deadLetters);
      prepare(
        'INSERT INTO deliveries (name, arn, body, grouped, deadLetters, retries, until, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(name, arn, body, group ?? null, dead, retries, until, due);
    },
    due: (now, limit, except) =>
      prepare(`SELECT * FROM deliveries WHERE due <= ? ${others(except)} ORDER BY due, id LIMIT ?`)
        .all(now, limit)
        .map(deliveryOf),
    nextDue(except) {
      const row = prepare(
        `SELECT due FROM deliveries WHERE due >= 0 ${others(except)} ORDER BY due LIMIT 1`,
      ).get();
      return row && Number(row['due']);
    },
    removeDelivery: (id) => void prepare('DELETE FROM deliveries WHERE id = ?').run(id),
    postpone: (id, attempts, due) =>
      void prepare('UPDATE deliveries SET attempts = ?, due = ? WHERE id = ?').run(
        attempts,
        due,
        id,
      ),
    redirect: (id, { arn, body, attributes = {}, until, due }) =>
      void prepare(
        'UPDATE deliveries SET arn = ?, body = ?, attributes = ?, grouped = NULL, deadLetters = NULL, attempts = 0, until = ?, due = ? WHERE id = ?',
      ).run(arn, body, JSON.stringify(attributes), until, due, id),
    putSchedule: ({ name, schedule, start, next }) =>
      void prepare('INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?)').run(
        name,
        schedule,
        start,
        next ?? null,
      ),
    schedule(name) {
      const row = prepare('SELECT * FROM schedules WHERE name = ?').get(name);
      return row && scheduleOf(row);
    },
    schedules: () => prepare('SELECT * FROM schedules ORDER BY name').all().map(scheduleOf),
    removeSchedule: (name) => void prepare('DELETE FROM schedules WHERE name = ?').run(name),
    firstSchedule() {
      const row = prepare(
        'SELECT * FROM schedules WHERE next >= 0 ORDER BY next, name LIMIT 1',
      ).get();
      return row && { ...scheduleOf(row), next: Number(row['next']) };
    },
    close: () => sql.close(),
  };
}
