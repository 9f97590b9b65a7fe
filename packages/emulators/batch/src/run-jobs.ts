import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRetried } from './is-retried.ts';
import { hasEnded, type JobRecord } from './job-record.ts';
import type { JobStore } from './job-store.ts';
import type { LocalJobDefinition, LocalJobQueue } from './local-job.ts';
import { processBegan } from './process-began.ts';
import { type Ending, type RunningAttempt, runAttempt, type Stop } from './run-attempt.ts';

export interface RunOptions {
  readonly store: JobStore;
  /** By name. */
  readonly definitions: ReadonlyMap<string, LocalJobDefinition>;
  readonly queues: ReadonlyMap<string, LocalJobQueue>;
  /** Folder of the jobs' output, a file each. */
  readonly logs: string;
  /** Folder of the jobs' folders, which are of no use after them. */
  readonly folders: string;
  /** Most jobs that run at once. */
  readonly mostAtOnce: number;
  readonly graceMs: number;
  now(): number;
}

/** Runs jobs one after the other, or some at once. */
export interface JobRunner {
  /** Begins to run jobs; what ran when an earlier process was killed is run again, in the same attempt. */
  resume(): void;
  /** Runs what there is room for. */
  wake(): void;
  /** Ends a job, with a reason; nothing happens to one that has ended. */
  terminate(job: JobRecord, reason: string): void;
  /** Takes a job's capacity away, as Spot does. Returns whether it was running. */
  interrupt(id: string): boolean;
  /** Resolves with a job that has ended, once it has; rejects when the signal comes. */
  ended(id: string, signal: AbortSignal): Promise<JobRecord>;
  /** Ends every process; their jobs are run again by the next start. */
  close(): Promise<void>;
}

/** Ends the process that a killed local cloud left behind, if it still runs. */
function endOrphan({ process: left }: JobRecord): void {
  if (left === undefined || processBegan(left.pid) !== left.began) return;
  try {
    process.kill(-left.pid, 'SIGKILL');
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function runJobs(options: RunOptions): JobRunner {
  const { store, definitions, queues, logs, folders, mostAtOnce, graceMs, now } = options;
  const running = new Map<string, RunningAttempt>();
  const waiting = new Map<string, Set<(job: JobRecord) => void>>();
  let isOpen = false;

  function put(job: JobRecord): void {
    store.put(job);
    if (!hasEnded(job)) return;
    const settle = waiting.get(job.id);
    waiting.delete(job.id);
    for (const each of settle ?? []) each(job);
  }

  const fail = (job: JobRecord, statusReason: string): void =>
    put({ ...job, status: 'FAILED', statusReason, stoppedAt: now() });

  /** Keeps what became of an attempt, and decides what becomes of the job. */
  function endAttempt(id: string, startedAt: number, ending: Ending, logStreamName: string): void {
    const { process: _, ...job } = store.get(id) as JobRecord;
    const stoppedAt = now();
    const attempts = [...job.attempts, { ...ending, startedAt, stoppedAt, logStreamName }];
    const { statusReason } = ending;
    const made: JobRecord = { ...job, attempts, statusReason, stoppedAt };
    const isOver = job.terminated !== undefined || statusReason.startsWith('Job attempt duration');
    if (ending.exitCode === 0 && !isOver) put({ ...made, status: 'SUCCEEDED' });
    else if (isOver || !isRetried(job.retryStrategy, attempts)) put({ ...made, status: 'FAILED' });
    else {
      const { stoppedAt: _stopped, ...again } = made;
      put({ ...again, status: 'RUNNABLE' });
    }
  }

  function start(job: JobRecord): void {
    const definition = definitions.get(job.definition);
    if (definition === undefined) {
      fail(job, `The job definition ${job.definition} is not there any more`);
      return;
    }
    const attempt = job.attempts.length + 1;
    const temporary = join(folders, `${job.id}-${attempt}`);
    mkdirSync(temporary, { recursive: true });
    const { memoryMb } = job;
    const environment = {
      ...definition.environment,
      ...job.environment,
      AWS_BATCH_JOB_ID: job.id,
      AWS_BATCH_JOB_ATTEMPT: String(attempt),
      AWS_BATCH_JQ_NAME: job.queue,
      AWS_BATCH_CE_NAME: job.queue,
    };
    const program = definition.program({
      jobId: job.id,
      attempt,
      memoryMb,
      environment,
      temporary,
    });
    const startedAt = now();
    const process = runAttempt({
      program: { ...program, arguments: [...program.arguments, ...job.command] },
      log: join(logs, `${job.definition}.${job.id}.log`),
      isOnSpot: queues.get(job.queue)?.spot === true,
      graceMs,
    });
    running.set(job.id, process);
    const began = process.pid === undefined ? undefined : processBegan(process.pid);
    put({
      ...job,
      status: 'RUNNING',
      startedAt,
      ...(process.pid !== undefined &&
        began !== undefined && { process: { pid: process.pid, began } }),
    });
    const timer = setTimeout(() => process.stop('timeout'), job.timeoutSeconds * 1000);
    const logStreamName = `${job.definition}/default/${job.id}`;
    void process.ended.then((ending) => {
      clearTimeout(timer);
      running.delete(job.id);
      rmSync(temporary, { recursive: true, force: true });
      // A job that was ended with the local cloud is as it was: it is run again.
      if (!isOpen) return;
      endAttempt(job.id, startedAt, ending, logStreamName);
      wake();
    });
  }

  function wake(): void {
    if (!isOpen) return;
    for (const job of store.inState('RUNNABLE')) {
      if (running.size >= mostAtOnce) return;
      start(job);
    }
  }

  function stop(id: string, why: Stop): boolean {
    const attempt = running.get(id);
    attempt?.stop(why);
    return attempt !== undefined;
  }

  return {
    resume() {
      isOpen = true;
      mkdirSync(logs, { recursive: true });
      for (const { process: left, ...job } of store.inState('RUNNING')) {
        endOrphan({ ...job, ...(left && { process: left }) });
        if (job.terminated === undefined) put({ ...job, status: 'RUNNABLE' });
        else fail(job, job.terminated);
      }
      rmSync(folders, { recursive: true, force: true });
      wake();
    },
    wake,
    terminate(job, reason) {
      if (hasEnded(job) || job.terminated !== undefined) return;
      if (job.status === 'RUNNING' && isOpen) {
        store.put({ ...job, terminated: reason });
        stop(job.id, { reason });
      } else fail({ ...job, terminated: reason }, reason);
    },
    interrupt: (id) => stop(id, 'interruption'),
    ended: (id, signal) =>
      new Promise((resolve, reject) => {
        const job = store.get(id);
        if (job !== undefined && hasEnded(job)) {
          resolve(job);
          return;
        }
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const settle = waiting.get(id) ?? new Set();
        waiting.set(id, settle);
        const give = (ended: JobRecord): void => {
          signal.removeEventListener('abort', leave);
          resolve(ended);
        };
        const leave = (): void => {
          settle.delete(give);
          reject(signal.reason);
        };
        settle.add(give);
        signal.addEventListener('abort', leave, { once: true });
      }),
    async close() {
      isOpen = false;
      const all = [...running.values()];
      for (const each of all) each.kill();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
