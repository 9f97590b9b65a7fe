import { join } from 'node:path';
import { openSqlite } from '@chorus/emulator-files';
import type { JobRecord, JobStatus } from './job-record.ts';

/** The jobs of a folder. */
export interface JobStore {
  put(job: JobRecord): void;
  get(id: string): JobRecord | undefined;
  /** The jobs of a queue in a state, the latest first. */
  list(queue: string, status: JobStatus): readonly JobRecord[];
  /** The jobs in a state, the earliest first. */
  inState(status: JobStatus): readonly JobRecord[];
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, queue TEXT NOT NULL, status TEXT NOT NULL, created INTEGER NOT NULL, stopped INTEGER, record TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (status, created);
`;

/** How long a job that has ended can be asked about, in milliseconds: AWS says seven days at least. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

const parsed = (row: Readonly<Record<string, unknown>>): JobRecord =>
  JSON.parse(String(row['record']));

/**
 * Opens the file `batch.sqlite` of a folder, and forgets jobs that ended long ago.
 *
 * @throws {FileError} if it cannot be opened
 */
export function openJobs(directory: string, now: number): JobStore {
  const sqlite = openSqlite(join(directory, 'batch.sqlite'), schema);
  sqlite.run('DELETE FROM jobs WHERE stopped < ?', now - keptMs);
  return {
    put(job) {
      sqlite.run(
        'INSERT OR REPLACE INTO jobs (id, queue, status, created, stopped, record) VALUES (?, ?, ?, ?, ?, ?)',
        ...[job.id, job.queue, job.status, job.createdAt, job.stoppedAt ?? null],
        JSON.stringify(job),
      );
    },
    get(id) {
      const row = sqlite.get('SELECT record FROM jobs WHERE id = ?', id);
      return row && parsed(row);
    },
    list: (queue, status) =>
      sqlite
        .all(
          'SELECT record FROM jobs WHERE queue = ? AND status = ? ORDER BY created DESC, id',
          queue,
          status,
        )
        .map(parsed),
    inState: (status) =>
      sqlite
        .all('SELECT record FROM jobs WHERE status = ? ORDER BY created, rowid', status)
        .map(parsed),
    close: sqlite.close,
  };
}
