import { readdirSync, readFileSync } from 'node:fs';

/** Returns the fields of /proc/<pid>/stat after the command's name, which may hold anything (proc_pid_stat(5)). */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** User and system time in milliseconds, ended threads included, in steps of 10 ms. */
function accounted(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Time on a core in milliseconds by the scheduler's own clock (ns), of the threads that are there. */
function scheduled(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'))
    .reduce((sum, line) => sum + Number(line.split(' ')[0]) / 1e6, 0);
}

/**
 * CPU time that a running process has used so far, in milliseconds; `undefined` where there is no /proc (macOS), or
 * no such process any more. Unlike `process.resourceUsage` it is for any process and costs that process nothing.
 */
export function cpuTime(pid: number): number | undefined {
  try {
    return Math.max(accounted(pid), scheduled(pid));
  } catch {
    return undefined;
  }
}

/** The process and all that descend from it, as far as they are still children of children. */
export function processTree(root: number): number[] {
  let parents: [number, number][];
  try {
    parents = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name): [number, number][] => {
        try {
          return [[Number(name), Number(statFields(Number(name))[1])]];
        } catch {
          // It ended while we looked.
          return [];
        }
      });
  } catch {
    return [root];
  }
  const tree = [root];
  // Grows while it is walked: children are appended, and then their children.
  for (const parent of tree)
    tree.push(...parents.flatMap(([pid, of]) => (of === parent ? pid : [])));
  return tree;
}
