import { readFileSync } from 'node:fs';

/** Tells whether a process runs: one that has ended is gone or, until its parent looks, a zombie. */
export function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
