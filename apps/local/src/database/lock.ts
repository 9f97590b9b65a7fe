import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileError } from '@chorus/emulator-files';

/** How long a process that is about to end may take to let go, in milliseconds. */
const patienceMs = 3_000;

/** The files are this process's alone as long as it lives and keeps this. */
export interface FilesLock {
  release(): void;
}

/** What SQLite says when another process has the lock. */
const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 5;

/**
 * Takes a lock that the operating system keeps, on a file beside the folder: it goes with the process, however that
 * ends, and stays while it is only stopped. Node has no call for such a lock, but its SQLite takes one on an empty file.
 *
 * @returns nothing if another process has it
 */
function tryLock(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isHeld(error)) return undefined;
    throw error;
  }
}

/**
 * Makes the files in `directory` this process's alone: two that write them would destroy them. One whose parent was
 * killed may still be at a statement, so it waits a moment.
 *
 * @param directory is there, or at least the folder that it will be in
 * @throws {FileError} if another process keeps them
 */
export async function lockFiles(directory: string): Promise<FilesLock> {
  const pidFile = `${directory}.pid`;
  const until = performance.now() + patienceMs;
  for (;;) {
    const lock = tryLock(`${directory}.lock`);
    if (lock !== undefined) {
      await writeFile(pidFile, String(process.pid));
      return { release: () => lock.close() };
    }
    if (performance.now() > until) {
      const pid = (await readFile(pidFile, 'utf8').catch(() => '')) || 'unknown';
      throw new FileError(
        `${directory} is in use by another process (${pid}), and two would destroy it: end that one (kill -9 ${pid}), then start again`,
      );
    }
    await sleep(20);
  }
}
