import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used. */
export interface ProcessUsage {
  /** Processor time of all its threads since it began, in milliseconds. */
  readonly processorMs: number;
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
    const threads = readdirSync(`/proc/${pid}/task`);
    // The first number is nanoseconds; `stat` has hundredths of a second only.
    const nanoseconds = threads.map((thread) =>
      Number.parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1'), 10),
    );
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = /^RssAnon:\s+(?<kb>\d+) kB$/m.exec(status)?.groups?.['kb'];
    return {
      processorMs: nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6,
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
  return now && { ...now, processorMs: now.processorMs - before.processorMs };
}
