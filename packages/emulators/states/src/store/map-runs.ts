import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ToldEvent } from '@chorus/asl';
import type { ChildInput } from '../distributed/batches.ts';
import type {
  ChildCount,
  ChildRecord,
  ChildStatus,
  MapRunLimits,
  MapRunRecord,
} from './map-run-records.ts';
import type { ExecutionEnd } from './records.ts';

/** The Map Runs on disk. Each call is one transaction. */
export interface MapRunStore {
  add(
    record: Omit<
      MapRunRecord,
      'id' | 'executionArn' | 'status' | 'redrives' | 'reading' | 'isWritten'
    >,
  ): MapRunRecord;
  find(arn: string): MapRunRecord | undefined;
  byId(id: number): MapRunRecord | undefined;
  /** Returns the Map Runs of an execution, the last first, before one of an id. */
  of(execution: number, before: number, limit: number): readonly MapRunRecord[];
  limit(id: number, limits: MapRunLimits): void;
  /** Adds children that wait, and keeps how far their items are read. */
  addChildren(
    id: number,
    children: readonly (ChildInput & { readonly arn: string; readonly name: string })[],
    reading: MapRunRecord['reading'],
  ): void;
  /**
   * Returns the next child that waits, as it was, and has it run: but for a Standard one that is to be redriven, which
   * the redrive does.
   *
   * @param first the first event of a Standard child
   */
  beginNext(
    id: number,
    at: number,
    first: (child: ChildRecord) => ToldEvent,
  ): ChildRecord | undefined;
  endChild(child: number, end: ExecutionEnd, at: number): void;
  /** Has the children wait again that ran when the process ended, and returns those that are Standard executions. */
  resume(id: number): readonly ChildRecord[];
  /** Has the children wait again that have not succeeded. */
  redrive(id: number, redrives: number, at: number): void;
  counts(id: number): readonly ChildCount[];
  /** Returns children in the order of their items, after one of an id: all, or those of a status. */
  children(id: number, status?: ChildStatus, after?: number): Iterable<ChildRecord>;
  end(
    id: number,
    end: Pick<MapRunRecord, 'status' | 'error' | 'cause' | 'isWritten'>,
    at: number,
  ): void;
}

type Row = Record<string, SQLOutputValue>;

const given = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

function recordOf(row: Row): MapRunRecord {
  const { isExpress, isWritten, reading, ...rest } = given(row);
  return {
    ...(rest as unknown as MapRunRecord),
    isExpress: isExpress === 1,
    isWritten: isWritten === 1,
    reading: JSON.parse(String(reading)),
  };
}

const childOf = (row: Row): ChildRecord => given(row) as unknown as ChildRecord;

const unfinished = "('FAILED', 'TIMED_OUT', 'ABORTED')";

/** What the store of the Map Runs needs of that of the executions. */
interface Executions {
  /** Runs work in one transaction. */
  transact<Result>(work: () => Result): Result;
  addEvent(execution: number, at: number, event: ToldEvent): void;
  /** Keeps a definition, and returns what names it. */
  define(definition: string): string;
}

export function mapRunStore(
  sql: DatabaseSync,
  { transact, addEvent, define }: Executions,
): MapRunStore {
  const select = `SELECT mapRuns.*, executions.arn AS executionArn, definition FROM mapRuns
    JOIN executions ON executions.id = mapRuns.execution JOIN definitions ON definitions.hash = mapRuns.definitionHash`;
  const selectByArn = sql.prepare(`${select} WHERE mapRuns.arn = ?`);
  const selectById = sql.prepare(`${select} WHERE mapRuns.id = ?`);
  const childColumns = `SELECT id, arn, name, inputs.input, status, items, isExpress, started, stopped, redrives, output,
      error, cause FROM executions JOIN inputs ON inputs.execution = executions.id`;
  const next = sql.prepare(`${childColumns} WHERE mapRun = ? AND status = ? ORDER BY id LIMIT 1`);
  const nextOf = sql.prepare(
    `${childColumns} WHERE mapRun = ? AND status = ? AND id > ? ORDER BY id LIMIT 1`,
  );
  // Children of one run follow one another: walking them by id is faster than by the index.
  const nextOfAll = sql.prepare(`${childColumns} WHERE +mapRun = ? AND id > ? ORDER BY id LIMIT 1`);
  const insertChild = sql.prepare(
    `INSERT INTO executions (arn, machine, name, input, hash, started, status, mapRun, isExpress, items)
     SELECT ?, machine, ?, '', definitionHash, 0, 'PENDING', id, isExpress, ? FROM mapRuns WHERE id = ?`,
  );
  const insertInput = sql.prepare('INSERT INTO inputs VALUES (?, ?)');
  const setReading = sql.prepare('UPDATE mapRuns SET reading = ? WHERE id = ?');
  const begin = sql.prepare(
    `UPDATE executions SET status = 'RUNNING', started = ?, redrives = ? WHERE id = ?`,
  );
  const endChild = sql.prepare(
    'UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped = ? WHERE id = ?',
  );

  function byId(id: number): MapRunRecord | undefined {
    const row = selectById.get(id);
    return row && recordOf(row);
  }

  return {
    add(record) {
      const { arn, execution, machine, isExpress, definition, started, ...limits } = record;
      const { maxConcurrency, toleratedCount, toleratedPercentage } = limits;
      const id = transact(() => {
        const hash = define(definition);
        const { lastInsertRowid } = sql
          .prepare(
            `INSERT INTO mapRuns (arn, execution, machine, isExpress, definitionHash, started, status, maxConcurrency,
               toleratedCount, toleratedPercentage) VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?)`,
          )
          .run(
            arn,
            execution,
            machine,
            isExpress ? 1 : 0,
            hash,
            started,
            maxConcurrency,
            toleratedCount ?? null,
            toleratedPercentage ?? null,
          );
        return Number(lastInsertRowid);
      });
      const added = byId(id);
      if (added === undefined) throw new TypeError('A Map Run that was just added is not there.');
      return added;
    },
    find(arn) {
      const row = selectByArn.get(arn);
      return row && recordOf(row);
    },
    byId,
    of: (execution, before, limit) =>
      sql
        .prepare(
          `${select} WHERE execution = ? AND mapRuns.id < ? ORDER BY mapRuns.id DESC LIMIT ?`,
        )
        .all(execution, before, limit)
        .map(recordOf),
    limit: (id, { maxConcurrency, toleratedCount, toleratedPercentage }) =>
      void sql
        .prepare(
          'UPDATE mapRuns SET maxConcurrency = ?, toleratedCount = ?, toleratedPercentage = ? WHERE id = ?',
        )
        .run(maxConcurrency, toleratedCount ?? null, toleratedPercentage ?? null, id),
    addChildren: (id, children, reading) =>
      transact(() => {
        for (const { arn, name, input, items } of children) {
          const { lastInsertRowid } = insertChild.run(arn, name, items, id);
          insertInput.run(lastInsertRowid, input);
        }
        setReading.run(JSON.stringify(reading), id);
      }),
    beginNext: (id, at, first) =>
      transact(() => {
        const row = next.get(id, 'PENDING_REDRIVE') ?? next.get(id, 'PENDING');
        if (row === undefined) return undefined;
        const child = childOf(row);
        const isAgain = child.status === 'PENDING_REDRIVE';
        const { isExpress } = row;
        if (isExpress === 0 && isAgain) return child;
        begin.run(isAgain ? child.started : at, child.redrives + (isAgain ? 1 : 0), child.id);
        if (isExpress === 0) addEvent(child.id, at, first(child));
        return child;
      }),
    endChild: (child, { status, output, error, cause }, at) =>
      void endChild.run(status, output ?? null, error ?? null, cause ?? null, at, child),
    resume: (id) =>
      transact(() => {
        const run = byId(id);
        const ran = sql.prepare(`${childColumns} WHERE mapRun = ? AND status = 'RUNNING'`).all(id);
        if (!run?.isExpress) return ran.map(childOf);
        sql
          .prepare(
            "UPDATE executions SET status = 'PENDING' WHERE mapRun = ? AND status = 'RUNNING'",
          )
          .run(id);
        return [];
      }),
    redrive: (id, redrives, at) =>
      transact(() => {
        sql
          .prepare(
            `UPDATE executions SET status = 'PENDING_REDRIVE', output = NULL, error = NULL, cause = NULL, stopped = NULL
             WHERE mapRun = ? AND status IN ${unfinished}`,
          )
          .run(id);
        sql
          .prepare(
            `UPDATE mapRuns SET status = 'RUNNING', error = NULL, cause = NULL, stopped = NULL, redrives = ?, redriven = ?,
               isWritten = 0 WHERE id = ?`,
          )
          .run(redrives, at, id);
      }),
    counts: (id) =>
      sql
        .prepare(
          'SELECT status, count(*) AS executions, sum(items) AS items FROM executions WHERE mapRun = ? GROUP BY status',
        )
        .all(id) as unknown as ChildCount[],
    *children(id, status, after = 0) {
      for (let last = after; ; ) {
        const row = status === undefined ? nextOfAll.get(id, last) : nextOf.get(id, status, last);
        if (row === undefined) return;
        const child = childOf(row);
        yield child;
        last = child.id;
      }
    },
    end: (id, { status, error, cause, isWritten }, at) =>
      void sql
        .prepare(
          'UPDATE mapRuns SET status = ?, error = ?, cause = ?, isWritten = ?, stopped = ? WHERE id = ?',
        )
        .run(status, error ?? null, cause ?? null, isWritten ? 1 : 0, at, id),
  };
}
