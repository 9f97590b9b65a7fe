import { join } from 'node:path';
import { type Clock, wallClock } from '@chorus/asl';
import { openSqlite, type Sqlite } from '@chorus/emulator-files';
import { schema } from './schema.ts';

/** The file of all queues and topics, the time, and who waits for messages. */
export interface Store {
  readonly sqlite: Sqlite;
  readonly clock: Clock;
  /** Wakes who waits for a queue's messages; after the write is kept. */
  wake(queue: string): void;
  /** Resolves when the queue is woken; rejects with the signal's reason. */
  woken(queue: string, signal: AbortSignal): Promise<void>;
}

/**
 * Opens the file `queues.sqlite` of a folder.
 *
 * @throws {FileError} if it cannot be opened
 */
export function openStore(directory: string, clock: Clock = wallClock): Store {
  const waiting = new Map<string, Set<() => void>>();
  return {
    sqlite: openSqlite(join(directory, 'queues.sqlite'), schema),
    clock,
    wake(queue) {
      const all = waiting.get(queue) ?? [];
      waiting.delete(queue);
      for (const resolve of all) resolve();
    },
    woken(queue, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const all = waiting.get(queue) ?? new Set();
        waiting.set(queue, all);
        const settle = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        const onAbort = () => {
          all.delete(settle);
          reject(signal.reason);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        all.add(settle);
      });
    },
  };
}
