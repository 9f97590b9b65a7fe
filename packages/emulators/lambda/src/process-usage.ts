import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used. */
export interface ProcessUsage {
  /** Processor time of all its threads since it began, in milliseconds. */
  readonly processorMs: number;
  /** How long its main thread could have run and had no processor, since it began, in milliseconds. */
  readonly waitMs: number;
  /** Memory that is its alone, in megabytes. */
  readonly memoryMb: number;
}

/** A process, or the client of a container, which is not what works. */
interface Measured {
  readonly process: { readonly pid?: number | undefined };
  readonly killCommand?: readonly string[] | undefined;
}

/** Returns what a worker has used; undefined when it has ended, of a container, and elsewhere than on Linux. */
export function usageOf({ process: { pid }, killCommand }: Measured): ProcessUsage | undefined {
  if (pid === undefined || killCommand !== undefined) return undefined;
  try {
    // Nanoseconds that a thread has run and has waited to run; `stat` has hundredths of a second only.
    const timesOf = (thread: string): readonly number[] =>
      readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ').map(Number);
    const threads = readdirSync(`/proc/${pid}/task`);
    const [, wait = 0] = timesOf(String(pid));
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = /^RssAnon:\s+(?<kb>\d+) kB$/m.exec(status)?.groups?.['kb'];
    return {
      processorMs: threads.reduce((sum, each) => sum + (timesOf(each)[0] ?? 0), 0) / 1e6,
      waitMs: wait / 1e6,
      memoryMb: Number(kilobytes) / 1024,
    };
  } catch {
    return undefined;
  }
}

/** Returns what a worker has used of the processor since then, and the memory it has. */
export function usageSince(
  worker: Measured,
  before: ProcessUsage | undefined,
): ProcessUsage | undefined {
  const now = before && usageOf(worker);
  return (
    now && {
      ...now,
      processorMs: now.processorMs - before.processorMs,
      waitMs: now.waitMs - before.waitMs,
    }
  );
}
