import { createHash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Place, ToldEvent } from '@chorus/asl';
import type { ChildStatus } from './map-run-records.ts';
import { type MapRunStore, mapRunStore } from './map-runs.ts';
import { openDatabase } from './open-database.ts';
import type {
  ExecutionEnd,
  ExecutionRecord,
  StoredEvent,
  TaskOutcome,
  TokenRecord,
} from './records.ts';

/** How long an ended execution is kept, in milliseconds: 90 days, as on AWS. */
const retention = 90 * 24 * 60 * 60 * 1000;

/** Which executions a list is of, those of a machine or of a Map Run, and the part of it. */
interface ListedExecutions {
  readonly machine?: string;
  readonly mapRun?: number;
  readonly status?: ChildStatus;
  readonly redriven?: boolean;
  /** Only those that were started before the one of this id. */
  readonly before?: number;
  readonly limit: number;
}

/** A part of a history. */
interface ListedEvents {
  readonly execution: number;
  /** The id of the first event. */
  readonly from?: number;
  readonly reverse: boolean;
  readonly limit: number;
}

/** What is new in a place of an execution. */
interface Change {
  readonly events: readonly ToldEvent[];
  readonly path: string;
  readonly place: Place;
  readonly forgotten: readonly string[];
}

/** Standard executions on disk. Each call is one transaction. */
export interface Store {
  /** Adds an execution that runs, with its first event. */
  add(
    record: Omit<ExecutionRecord, 'id' | 'status' | 'redrives' | 'mapRun' | 'items' | 'isExpress'>,
    first: ToldEvent,
  ): ExecutionRecord;
  find(arn: string): ExecutionRecord | undefined;
  byId(id: number): ExecutionRecord | undefined;
  list(query: ListedExecutions): readonly ExecutionRecord[];
  running(): readonly ExecutionRecord[];
  events(query: ListedEvents): readonly StoredEvent[];
  eventCount(execution: number): number;
  places(execution: number): ReadonlyMap<string, Place>;
  keep(execution: number, change: Change, at: number): void;
  end(execution: number, end: ExecutionEnd, last: ToldEvent, at: number): void;
  redrive(
    execution: number,
    event: ToldEvent,
    at: number,
    places: ReadonlyMap<string, Place>,
    token: string | undefined,
  ): void;
  /** The distributed Maps of the executions. */
  readonly mapRuns: MapRunStore;
  addToken(token: string, execution: number, path: string): void;
  token(token: string): TokenRecord | undefined;
  setOutcome(token: string, outcome: TaskOutcome): void;
  settled(): Promise<void>;
  close(): void;
}

const columns = `executions.id, arn, machine, name, coalesce(inputs.input, executions.input) AS input, traceHeader, definition,
  parent, started, status, output, error, cause, stopped, redrives, redriven, redriveToken, mapRun, items, isExpress`;
const from = `FROM executions JOIN definitions USING (hash) LEFT JOIN inputs ON inputs.execution = executions.id`;

/** Returns a row without the columns that have nothing. */
function fieldsOf(row: Record<string, SQLOutputValue>): unknown {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

const recordOf = (row: Record<string, SQLOutputValue>): ExecutionRecord =>
  fieldsOf(row) as ExecutionRecord;

const orNull = (value: string | number | undefined): SQLInputValue => value ?? null;

/** Drops what ended before a time, and what belonged to it. */
function dropOld(sql: DatabaseSync, before: number): void {
  const old = "FROM executions WHERE status <> 'RUNNING' AND stopped < ?";
  for (const table of ['events', 'places', 'tokens', 'inputs'])
    sql.prepare(`DELETE FROM ${table} WHERE execution IN (SELECT id ${old})`).run(before);
  sql.prepare(`DELETE ${old}`).run(before);
  // NULL is not in an empty list.
  const orphans = 'mapRun IS NOT NULL AND mapRun NOT IN (SELECT id FROM mapRuns)';
  sql.exec(`DELETE FROM mapRuns WHERE execution NOT IN (SELECT id FROM executions);
    DELETE FROM inputs WHERE execution IN (SELECT id FROM executions WHERE ${orphans});
    DELETE FROM executions WHERE ${orphans};
    DELETE FROM definitions WHERE hash NOT IN (SELECT hash FROM executions UNION SELECT definitionHash FROM mapRuns)`);
}

/**
 * Opens the store, and drops what ended more than 90 days ago.
 *
 * @param directory its folder; without one it is in memory
 * @throws {LocalCloudError} naming the file, if it cannot be used
 */
export function openStore(directory: string | undefined, now: number): Store {
  const { sql, settled } = openDatabase(directory);
  const prepare = (text: string) => sql.prepare(text);
  const insertEvent = prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  const putPlace = prepare('INSERT OR REPLACE INTO places VALUES (?, ?, ?)');
  const deletePlace = prepare('DELETE FROM places WHERE execution = ? AND path = ?');
  const deletePlaces = prepare('DELETE FROM places WHERE execution = ?');
  const selectByArn = prepare(`SELECT ${columns} ${from} WHERE arn = ?`);
  const selectById = prepare(`SELECT ${columns} ${from} WHERE executions.id = ?`);
  const selectToken = prepare('SELECT execution, path, outcome FROM tokens WHERE token = ?');

  function transact<Result>(work: () => Result): Result {
    sql.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      sql.exec('COMMIT');
      return result;
    } catch (error) {
      if (sql.isTransaction) sql.exec('ROLLBACK');
      throw error;
    }
  }

  function addEvent(execution: number, at: number, event: ToldEvent): void {
    const { id, previousEventId, type, ...details } = event;
    insertEvent.run(execution, id, previousEventId, type, at, JSON.stringify(details));
  }

  function byId(id: number): ExecutionRecord | undefined {
    const row = selectById.get(id);
    return row && recordOf(row);
  }

  function define(definition: string): string {
    const hash = createHash('sha256').update(definition).digest('hex');
    prepare('INSERT OR IGNORE INTO definitions VALUES (?, ?)').run(hash, definition);
    return hash;
  }

  transact(() => dropOld(sql, now - retention));

  return {
    add(record, first) {
      const { arn, machine, name, input, traceHeader, definition, parent, started } = record;
      const id = transact(() => {
        const hash = define(definition);
        const { lastInsertRowid } = prepare(
          `INSERT INTO executions (arn, machine, name, input, traceHeader, hash, parent, started, status)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING')`,
        ).run(arn, machine, name, input, orNull(traceHeader), hash, orNull(parent), started);
        addEvent(Number(lastInsertRowid), started, first);
        return Number(lastInsertRowid);
      });
      return { ...record, id, status: 'RUNNING', redrives: 0, items: 0, isExpress: 0 };
    },
    find(arn) {
      const row = selectByArn.get(arn);
      return row && recordOf(row);
    },
    byId,
    mapRuns: mapRunStore(sql, { transact, addEvent, define }),
    list({ machine, mapRun, status, redriven, before, limit }) {
      const conditions = [
        ...(machine === undefined ? [] : ['machine = :machine']),
        ...(mapRun === undefined ? [] : ['mapRun = :mapRun']),
        ...(status === undefined ? [] : ['status = :status']),
        ...(redriven === undefined ? [] : [redriven ? 'redrives > 0' : 'redrives = 0']),
        ...(before === undefined ? [] : ['id < :before']),
      ];
      // Which ones they are is found in an index: rows, which are large, are read for the page alone.
      const page = `SELECT id FROM executions WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT :limit`;
      const text = `SELECT ${columns} ${from} WHERE executions.id IN (${page}) ORDER BY executions.id DESC`;
      const given = {
        ...(machine !== undefined && { machine }),
        ...(mapRun !== undefined && { mapRun }),
        limit,
        ...(status !== undefined && { status }),
        ...(before !== undefined && { before }),
      };
      return prepare(text).all(given).map(recordOf);
    },
    running: () =>
      prepare(
        `SELECT ${columns} ${from} WHERE status = 'RUNNING' AND isExpress = 0 ORDER BY executions.id`,
      )
        .all()
        .map(recordOf),
    events({ execution, from: first, reverse, limit }) {
      const [compare, order] = reverse ? ['<=', 'DESC'] : ['>=', 'ASC'];
      const start = first ?? (reverse ? Number.MAX_SAFE_INTEGER : 0);
      const text = `SELECT * FROM events WHERE execution = ? AND id ${compare} ? ORDER BY id ${order} LIMIT ?`;
      return prepare(text)
        .all(execution, start, limit)
        .map(({ id, previous, type, at, details }) => ({
          id: Number(id),
          previousEventId: Number(previous),
          type: String(type),
          at: Number(at),
          details: JSON.parse(String(details)),
        }));
    },
    eventCount: (execution) =>
      Number(
        prepare('SELECT max(id) AS count FROM events WHERE execution = ?').get(execution)?.[
          'count'
        ],
      ),
    places: (execution) =>
      new Map(
        prepare('SELECT path, place FROM places WHERE execution = ?')
          .all(execution)
          .map(({ path, place }): [string, Place] => [String(path), JSON.parse(String(place))]),
      ),
    keep: (execution, { events, path, place, forgotten }, at) =>
      transact(() => {
        for (const event of events) addEvent(execution, at, event);
        for (const inner of forgotten) deletePlace.run(execution, inner);
        putPlace.run(execution, path, JSON.stringify(place));
      }),
    end: (execution, { status, output, error, cause }, last, at) =>
      transact(() => {
        addEvent(execution, at, last);
        // Only what did not succeed can be redriven.
        if (status === 'SUCCEEDED') deletePlaces.run(execution);
        prepare(
          'UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped = ? WHERE id = ?',
        ).run(status, orNull(output), orNull(error), orNull(cause), at, execution);
      }),
    redrive: (execution, event, at, places, token) =>
      transact(() => {
        addEvent(execution, at, event);
        deletePlaces.run(execution);
        for (const [path, place] of places) putPlace.run(execution, path, JSON.stringify(place));
        prepare(
          `UPDATE executions SET status = 'RUNNING', output = NULL, error = NULL, cause = NULL, stopped = NULL,
             redrives = redrives + 1, redriven = ?, redriveToken = ? WHERE id = ?`,
        ).run(at, orNull(token), execution);
      }),
    addToken: (token, execution, path) =>
      void prepare('INSERT INTO tokens VALUES (?, ?, ?, NULL)').run(token, execution, path),
    token(token) {
      const row = selectToken.get(token);
      if (row === undefined) return undefined;
      const { execution, path, outcome } = row;
      return {
        execution: Number(execution),
        path: String(path),
        ...(outcome !== null && { outcome: JSON.parse(String(outcome)) }),
      };
    },
    setOutcome: (token, outcome) =>
      void prepare('UPDATE tokens SET outcome = ? WHERE token = ?').run(
        JSON.stringify(outcome),
        token,
      ),
    settled,
    close: () => sql.close(),
  };
}
