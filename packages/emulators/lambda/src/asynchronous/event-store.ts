import { join } from 'node:path';
import { openSqlite, type Row } from '@chorus/emulator-files';

/** An event that was sent without waiting for its answer, as the file has it. */
export interface StoredEvent {
  readonly id: number;
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly payload: Uint8Array;
  /** Epoch milliseconds. */
  readonly sent: number;
  /** How often it has failed. */
  readonly failures: number;
  /** How often the function was throttled since. */
  readonly throttles: number;
  /** When it is its turn, in epoch milliseconds. */
  readonly due: number;
}

/** The events that wait for their turn, or are at work. */
export interface EventStore {
  add(event: Omit<StoredEvent, 'id' | 'failures' | 'throttles' | 'due'>): void;
  /** The events whose turn it is, the longest waiting first, without some. */
  due(now: number, without: ReadonlySet<number>, most: number): readonly StoredEvent[];
  /** When the next one's turn is, if any waits. */
  next(without: ReadonlySet<number>): number | undefined;
  postpone(id: number, change: Pick<StoredEvent, 'failures' | 'throttles' | 'due'>): void;
  remove(id: number): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, request_id TEXT NOT NULL, function TEXT NOT NULL, qualifier TEXT,
    payload BLOB NOT NULL, sent INTEGER NOT NULL, failures INTEGER NOT NULL, throttles INTEGER NOT NULL, due INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS events_by_turn ON events (due);
`;

const parsed = (row: Row): StoredEvent => ({
  id: Number(row['id']),
  requestId: String(row['request_id']),
  functionName: String(row['function']),
  qualifier: typeof row['qualifier'] === 'string' ? row['qualifier'] : undefined,
  payload: row['payload'] as Uint8Array,
  sent: Number(row['sent']),
  failures: Number(row['failures']),
  throttles: Number(row['throttles']),
  due: Number(row['due']),
});

export const eventsFile = (directory: string): string => join(directory, 'lambda-events.sqlite');

/**
 * Opens the file `lambda-events.sqlite` of a folder.
 *
 * @throws {FileError} if it cannot be opened
 */
export function openEvents(directory: string): EventStore {
  const sqlite = openSqlite(eventsFile(directory), schema);
  return {
    add({ requestId, functionName, qualifier, payload, sent }) {
      sqlite.run(
        `INSERT INTO events (request_id, function, qualifier, payload, sent, failures, throttles, due)
         VALUES (?, ?, ?, ?, ?, 0, 0, ?)`,
        ...[requestId, functionName, qualifier ?? null, payload, sent, sent],
      );
    },
    due(now, without, most) {
      const rows = sqlite.all(
        'SELECT * FROM events WHERE due <= ? ORDER BY due, id LIMIT ?',
        ...[now, most + without.size],
      );
      return rows
        .map(parsed)
        .filter(({ id }) => !without.has(id))
        .slice(0, most);
    },
    next(without) {
      const rows = sqlite.all(
        'SELECT id, due FROM events ORDER BY due, id LIMIT ?',
        without.size + 1,
      );
      const first = rows.find(({ id }) => !without.has(Number(id)));
      return first && Number(first['due']);
    },
    postpone(id, { failures, throttles, due }) {
      const sql = 'UPDATE events SET failures = ?, throttles = ?, due = ? WHERE id = ?';
      sqlite.run(sql, failures, throttles, due, id);
    },
    remove(id) {
      sqlite.run('DELETE FROM events WHERE id = ?', id);
    },
    close: sqlite.close,
  };
}
