import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileError, takeLock } from '@chorus/emulator-files';

/** How long a process that is about to end may take to let go, in milliseconds. */
const patienceMs = 3_000;

/** The files are this process's alone as long as it lives and keeps this. */
export interface FilesLock {
  release(): void;
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
    const release = takeLock(`${directory}.lock`);
    if (release !== undefined) {
      await writeFile(pidFile, String(process.pid));
      return { release };
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
