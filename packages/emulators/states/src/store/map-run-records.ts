import type { Reading } from '../distributed/read-items.ts';
import type { ExecutionStatus } from './records.ts';

/** A Map Run as it is stored. Times are milliseconds since the epoch. */
export interface MapRunRecord {
  /** Counts up in the order of starts. */
  readonly id: number;
  readonly arn: string;
  /** The id of the execution that has started it. */
  readonly execution: number;
  readonly executionArn: string;
  /** The children's machine: `name/label`. */
  readonly machine: string;
  readonly isExpress: boolean;
  /** The children's definition, as JSON. */
  readonly definition: string;
  readonly started: number;
  readonly stopped?: number;
  readonly status: Exclude<ExecutionStatus, 'TIMED_OUT'>;
  readonly error?: string;
  readonly cause?: string;
  readonly maxConcurrency: number;
  /** With neither of them, no failure is tolerated. */
  readonly toleratedCount?: number;
  readonly toleratedPercentage?: number;
  readonly redrives: number;
  readonly redriven?: number;
  /** How far its items have been read, and whether that was all of them. */
  readonly reading: Reading & { readonly isDone: boolean };
  /** Whether its results have been written. */
  readonly isWritten: boolean;
}

/** What may be changed of a Map Run that runs. */
export type MapRunLimits = Pick<
  MapRunRecord,
  'maxConcurrency' | 'toleratedCount' | 'toleratedPercentage'
>;

/** The status of a child, in AWS's words. */
export type ChildStatus = ExecutionStatus | 'PENDING' | 'PENDING_REDRIVE';

/** A child execution. */
export interface ChildRecord {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  readonly status: ChildStatus;
  readonly items: number;
  readonly started: number;
  readonly stopped?: number;
  readonly redrives: number;
  /** JSON. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Children of one status. */
export interface ChildCount {
  readonly status: ChildStatus;
  readonly executions: number;
  readonly items: number;
}
