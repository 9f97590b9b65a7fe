import { DatabaseSync } from 'node:sqlite';

/** SQLite's error code when another process has the lock. */
const busy = 5;

/**
 * Takes a lock that the operating system keeps for this process and gives back when it ends, however it ends; a stopped process keeps
 * it. Node has no call for such a lock, but its SQLite takes one on an empty file.
 *
 * @param file made when it is missing
 * @returns what gives the lock back, a second time without effect; undefined if another process has it
 */
export function takeLock(file: string): (() => void) | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return undefined;
    throw error;
  }
  return () => database[Symbol.dispose]();
}
