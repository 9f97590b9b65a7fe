import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cloudEnvironment } from '../env.ts';
import { MeasurementError } from '../errors.ts';
import { processTree } from '../measure/cpu-time.ts';

/** Megabytes that processes hold by themselves, libraries that they share left out; 0 where there is no /proc. */
function memoryOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids)
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It has ended, or there is no /proc.
    }
  return kilobytes / 1024;
}

/** The most memory that a process and its descendants hold while it is watched. */
export interface Watch {
  /** Megabytes: of the process itself, and with all its descendants. */
  readonly peak: { own: number; all: number };
  stop(): void;
}

/** Looks at a process's memory every second. */
export function watchMemory(pid: number): Watch {
  const peak = { own: 0, all: 0 };
  const look = (): void => {
    peak.own = Math.max(peak.own, memoryOf([pid]));
    peak.all = Math.max(peak.all, memoryOf(processTree(pid)));
  };
  const timer = setInterval(look, 1000);
  look();
  return { peak, stop: () => clearInterval(timer) };
}

/** What `chorus batch --json` says. */
interface BatchSummary {
  readonly batch: string;
  readonly rows: number;
  readonly answered: number;
  readonly seconds: number;
}

/** A `chorus batch` that runs. */
export interface RunningBatch {
  /** Its name, once it has begun. */
  readonly name: Promise<string>;
  /** What it says in the end; `undefined` if it failed. */
  readonly ended: Promise<BatchSummary | undefined>;
}

/** Runs `chorus batch` in a process of its own, against the cloud of a folder. */
export function runBatch(state: string, args: readonly string[]): RunningBatch {
  const main = join(fileURLToPath(import.meta.resolve('@chorus/cli')), '../main.ts');
  const child = spawn(process.execPath, [main, 'batch', ...args, '--json'], {
    env: cloudEnvironment(state),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const name = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const found = /^Batch (?<name>\S+) has begun/m.exec(said)?.groups?.['name'];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new MeasurementError(`no batch has begun: ${said}`)));
  });
  name.catch(() => undefined);
  const ended = once(child, 'exit').then(([code]) =>
    code === 0 ? (JSON.parse(out) as BatchSummary) : undefined,
  );
  return { name, ended };
}

/** Waits until a cloud's batch has answered so many rows. */
export async function untilAnswered(state: string, rows: number): Promise<void> {
  const { DatabaseSync } = await import('node:sqlite');
  const file = join(state, 'states/executions.db');
  for (;;) {
    const sql = new DatabaseSync(file, { readOnly: true });
    const query = "SELECT sum(items) AS rows FROM executions WHERE status = 'SUCCEEDED'";
    const answered = Number(sql.prepare(query).get()?.['rows'] ?? 0);
    sql.close();
    if (answered >= rows) return;
    await sleep(500);
  }
}

/** Returns the process of a folder's cloud. */
export async function pidOf(state: string): Promise<number> {
  return Number(JSON.parse(await readFile(join(state, 'local.json'), 'utf8')).pid);
}
