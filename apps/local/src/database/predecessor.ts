import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Waits until the process that last had the database in `directory` is gone, and becomes that process. After a kill of
 * its parent it may still be at a statement, and two on the same files would destroy them. A number that is another
 * program's by now costs three seconds, once.
 */
export async function waitForPredecessor(directory: string): Promise<void> {
  const file = `${directory}.pid`;
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  for (let waited = 0; pid > 0 && isAlive(pid) && waited < 3000; waited += 20) await sleep(20);
  await mkdir(join(directory, '..'), { recursive: true });
  await writeFile(file, String(process.pid));
}
