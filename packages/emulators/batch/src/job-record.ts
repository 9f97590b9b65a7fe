import type { RetryStrategy } from './local-job.ts';

/** The states of a job here, in their order; SUBMITTED and PENDING pass at once. */
export type JobStatus = 'RUNNABLE' | 'STARTING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';

/** One time that a job's program was run to its end. */
export interface Attempt {
  readonly startedAt: number;
  readonly stoppedAt: number;
  readonly statusReason: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly logStreamName: string;
}

/** A job as it is kept. Times are epoch milliseconds. */
export interface JobRecord {
  readonly id: string;
  readonly name: string;
  /** Names of the queue and of the definition. */
  readonly queue: string;
  readonly definition: string;
  readonly status: JobStatus;
  readonly createdAt: number;
  readonly command: readonly string[];
  /** Beside the definition's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly retryStrategy: RetryStrategy;
  readonly timeoutSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly attempts: readonly Attempt[];
  readonly statusReason?: string;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** Why it is to end, once that was asked for. */
  readonly terminated?: string;
  /** The process of the attempt that runs, for a later start of the local cloud to end. */
  readonly process?: { readonly pid: number; readonly began: string };
}

export const hasEnded = ({ status }: Pick<JobRecord, 'status'>): boolean =>
  status === 'SUCCEEDED' || status === 'FAILED';
