import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tailBytes } from './log-tail.ts';

/** A file that one worker at a time writes to. */
export interface WorkerLog {
  /** Open for appending. */
  readonly descriptor: number;
  /** In bytes. */
  size(): number;
  /** The end of what was written from a size on, as much as a tail holds. */
  read(from: number): Buffer;
  /** Leaves it to another worker. */
  release(): void;
}

/** The logs of a function's workers, in a folder. */
export interface WorkerLogs {
  open(): WorkerLog;
  close(): void;
}

interface LogFile {
  readonly descriptor: number;
  isTaken: boolean;
}

/** Ends the line that a worker was killed at, which would spoil the next one's first. */
function endLine(descriptor: number, size: number): void {
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a)
    writeSync(descriptor, '\n');
}

/**
 * Creates a file for each worker, as Lambda has a log stream for each environment, so that the log of one invocation
 * can be told from the rest. There are no more than there ever were workers at once: `name.log` is the first one's,
 * `name.2.log` the second's.
 */
export function createWorkerLogs(folder: string, name: string): WorkerLogs {
  const files: LogFile[] = [];

  return {
    open() {
      let file = files.find(({ isTaken }) => !isTaken);
      if (file === undefined) {
        const number = files.length === 0 ? '' : `.${files.length + 1}`;
        const path = join(folder, `${name}${number}.log`);
        file = { descriptor: openSync(path, 'a+'), isTaken: true };
        files.push(file);
      }
      const taken = file;
      taken.isTaken = true;
      const size = () => fstatSync(taken.descriptor).size;
      endLine(taken.descriptor, size());
      return {
        descriptor: taken.descriptor,
        size,
        read(from) {
          const end = size();
          const start = Math.max(from, end - tailBytes);
          const text = Buffer.alloc(Math.max(0, end - start));
          return text.subarray(0, readSync(taken.descriptor, text, 0, text.length, start));
        },
        release() {
          taken.isTaken = false;
        },
      };
    },
    close() {
      for (const { descriptor } of files.splice(0)) closeSync(descriptor);
    },
  };
}
