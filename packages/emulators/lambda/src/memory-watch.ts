import { type ChildProcess, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const isLinux = process.platform === 'linux';

/** Short events are over before it is looked at; in this time a process gone wild takes a few hundred megabytes. */
const everyMs = isLinux ? 100 : 500;

/** Memory that is the process's alone, in megabytes; undefined when it has ended. */
function usedMb(pid: number): number | undefined {
  try {
    // Without the files it has mapped, which are not its own; elsewhere than on Linux they count too.
    const kilobytes = isLinux
      ? /^RssAnon:\s+(?<kb>\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** The memory that a process may use, and whether it is worth a look. */
export interface MemoryLimit {
  readonly memoryMb: number;
  isBusy(): boolean;
}

/**
 * Looks at a process's memory from time to time while it lives, since nothing else limits it to its function's.
 *
 * @param onExceeded called once, with the megabytes in use
 */
export function watchMemory(
  child: ChildProcess,
  { memoryMb, isBusy }: MemoryLimit,
  onExceeded: (usedMb: number) => void,
): void {
  const { pid } = child;
  if (pid === undefined) return;
  const timer = setInterval(() => {
    const used = isBusy() ? (usedMb(pid) ?? 0) : 0;
    if (used <= memoryMb) return;
    clearInterval(timer);
    onExceeded(Math.round(used));
  }, everyMs).unref();
  child.once('exit', () => clearInterval(timer));
}
