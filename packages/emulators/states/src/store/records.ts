/** The statuses of a Standard execution, in AWS's words. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** A Standard execution as it is stored. Times are milliseconds since the epoch. */
export interface ExecutionRecord {
  /** Counts up in the order of starts. */
  readonly id: number;
  readonly arn: string;
  /** The state machine's name. */
  readonly machine: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  readonly traceHeader?: string;
  /** The definition it was started with, as JSON. */
  readonly definition: string;
  /** Of a nested execution: the id of the task that started it. */
  readonly parent?: string;
  readonly started: number;
  readonly status: ExecutionStatus;
  /** JSON; only of one that succeeded. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly stopped?: number;
  readonly redrives: number;
  readonly redriven?: number;
  readonly redriveToken?: string;
  /** Of a child of a distributed Map: its Map Run's id, and how many items it has. */
  readonly mapRun?: number;
  readonly items: number;
  readonly isExpress: number;
}

/** The end of an execution. */
export type ExecutionEnd = Pick<ExecutionRecord, 'output' | 'error' | 'cause'> & {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
};

/** An event of a history, with its details as JSON. */
export interface StoredEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The rest of it. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The token of a task that waits for it. */
export interface TokenRecord {
  readonly execution: number;
  /** The graph whose state the task is. */
  readonly path: string;
  /** What was sent with it. */
  readonly outcome?: TaskOutcome;
}

/** What ends a task that waits for its token. */
export type TaskOutcome =
  | { readonly output: unknown }
  | { readonly error: string; readonly cause: string };
