import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Returns when a process began, in a form of the system's own: with its number it names one process for ever. Undefined for one that
 * has ended.
 */
export function processBegan(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold anything; of what follows, the state is the first field and the begin the twentieth.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  } catch (error) {
    if (process.platform === 'linux') return undefined;
    const { stdout, status } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)]);
    if (status === null) throw error;
    return String(stdout).trim() || undefined;
  }
}
