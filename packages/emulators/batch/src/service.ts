import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeJob } from './describe-job.ts';
import { openJobs } from './job-store.ts';
import type { LocalJobDefinition, LocalJobQueue } from './local-job.ts';
import { runOperation } from './operations.ts';
import type { Fields } from './parameters.ts';
import { runJobs } from './run-jobs.ts';

export interface BatchOptions {
  readonly definitions: readonly LocalJobDefinition[];
  readonly queues: readonly LocalJobQueue[];
  /** Folder of the file with the jobs, and of their output in `logs`. */
  readonly directory: string;
  /** Most jobs that run at once. @default 1 */
  readonly mostAtOnce?: number;
  /** From the request to end until a process is killed, in milliseconds. @default 30000, as on Fargate */
  readonly graceMs?: number;
  /** Epoch milliseconds. @default the time of day */
  now?(): number;
}

/** AWS Batch. */
export interface BatchService {
  /**
   * Runs an operation, by its name in the API's path: `submitjob`. A job that was accepted is on disk when it returns.
   *
   * @throws {AwsApiError} if it does not succeed
   */
  run(operation: string, fields: unknown): Fields;
  /** Resolves with a job as DescribeJobs tells it, once it has ended; rejects when the signal comes. */
  ended(id: string, signal: AbortSignal): Promise<Fields>;
  /** Takes the capacity of a job that runs away, as Spot does: it is asked to end, then killed. Returns whether it was running. */
  interrupt(id: string): boolean;
}

/** The service, and what only its emulator needs. */
interface RunningBatch {
  readonly service: BatchService;
  resume(): void;
  close(): Promise<void>;
}

/** Opens the jobs; none is run before `resume`. @throws {FileError} if the file cannot be used */
export function openService(options: BatchOptions): RunningBatch {
  const { directory, mostAtOnce = 1, graceMs = 30_000, now = Date.now } = options;
  mkdirSync(directory, { recursive: true });
  const store = openJobs(directory, now());
  const definitions = new Map(options.definitions.map((each) => [each.name, each]));
  const queues = new Map(options.queues.map((each) => [each.name, each]));
  const logs = join(directory, 'logs');
  const folders = join(directory, 'temporary');
  const runner = runJobs({ store, definitions, queues, logs, folders, mostAtOnce, graceMs, now });
  const opened = { store, runner, definitions, queues, now };
  return {
    service: {
      run: (operation, fields) => runOperation(operation, fields, opened),
      async ended(id, signal) {
        const job = await runner.ended(id, signal);
        return describeJob(job, definitions.get(job.definition));
      },
      interrupt: runner.interrupt,
    },
    resume: runner.resume,
    async close() {
      await runner.close();
      store.close();
    },
  };
}
