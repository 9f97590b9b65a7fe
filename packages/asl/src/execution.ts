import type { Clock } from './clock.ts';
import type { StateType } from './definition.ts';
import type { Journal } from './journal.ts';
import type { MapRunRequest } from './map-run.ts';
import type { ContextObject } from './query.ts';

/** A task the interpreter asks its caller to run. */
export interface TaskRequest {
  /** The `Resource` of the state: a Lambda function's ARN, or a service integration's. */
  readonly resource: string;
  /** The result of `Arguments`, or of `InputPath` and `Parameters`, from the state's input. */
  readonly arguments: unknown;
  /** Aborts when the task timed out, a sibling branch failed, or the execution was stopped. */
  readonly signal: AbortSignal;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly credentials?: unknown;
  /** The state's place in the machine: `['Gather', '0', 'Invoke']`. */
  readonly path: readonly string[];
  /** How often the state was retried before this attempt. */
  readonly retryCount: number;
  readonly context: ContextObject;
  /** Only of a Standard execution. */
  readonly long?: LongTask;
}

/** What a task of a Standard execution has beside: it may outlive the process that began it. */
export interface LongTask {
  /** The same in every process that works on this attempt, and in no other attempt. */
  readonly id: string;
  /** Of `.waitForTaskToken`: names the task to who ends it. */
  readonly token?: string;
  /** Whether an earlier process had begun with this attempt already. */
  readonly resumed: boolean;
  /** The service's answer when it was asked, if it has been. */
  readonly submitted?: { readonly answer: unknown };
  /** Tells that the service was asked and has answered, while the task goes on. */
  submit(answer: unknown): void;
  /** Tells of a heartbeat. */
  beat(): void;
}

/** One attempt at one state, told when it is over. Times are milliseconds since the epoch. */
export interface StateEvent {
  /** The state's place: names of states, and indexes of branches and Map items between them. */
  readonly path: readonly string[];
  readonly state: string;
  readonly type: StateType;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly start: number;
  readonly end: number;
  readonly outcome: 'succeeded' | 'failed' | 'retried' | 'caught' | 'aborted';
  readonly error?: string;
  readonly cause?: string;
  /** Only of `retried`: how long the interpreter waits before the next attempt. */
  readonly retryDelayMs?: number;
}

/** A state that was just entered; its `StateEvent` follows. */
export type StateStart = Pick<StateEvent, 'path' | 'state' | 'type' | 'attempt' | 'start'>;

export interface ExecuteOptions {
  /** Runs a task. Throws an `Error` whose `name` is the Error Name and whose `message` is the cause. */
  runTask(task: TaskRequest): Promise<unknown>;
  /** Runs a distributed Map, which only Standard executions have, and returns its result. Throws `StatesError`. */
  runMap?(request: MapRunRequest): Promise<unknown>;
  readonly executionName?: string;
  readonly executionArn?: string;
  readonly stateMachineArn?: string;
  readonly roleArn?: string;
  readonly startTime?: Date;
  /** Stops the execution, which then ends as `ABORTED`. */
  readonly signal?: AbortSignal;
  onEvent?(event: StateEvent): void;
  onStart?(start: StateStart): void;
  readonly clock?: Clock;
  /** A number in [0, 1), for jitter and random functions. */
  random?(): number;
  /** Of a Standard machine, and only of one: keeps what a restart needs. Executing once more with it goes on. */
  readonly journal?: Journal;
  /** Makes the token of a task that is to wait for one, in the graph of this path (see `pathText`). */
  newToken?(path: string): string;
  /** When a Standard execution times out, in milliseconds since the epoch. @default its machine's timeout after `startTime` */
  readonly timeoutAt?: number;
  /** How often, and when at last, the execution was started again where it had failed. */
  readonly redrive?: { readonly count: number; readonly time: Date };
  /** Multiplies every retry delay; 0 retries at once. */
  readonly retryScale?: number;
}

interface Ended {
  readonly startTime: Date;
  readonly stopTime: Date;
}

/** The end of an execution. A Fail state without `Error` or `Cause` leaves an empty string. */
export type ExecutionResult = Ended &
  (
    | { readonly status: 'SUCCEEDED'; readonly output: unknown }
    | {
        readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
        readonly error: string;
        readonly cause: string;
      }
  );

/** A running execution, as its states see it. */
export interface Execution {
  readonly options: ExecuteOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readonly context: Pick<ContextObject, 'Execution' | 'StateMachine'>;
  /** Counts events as AWS's history does, and answers the last one's id. */
  countEvents(events: number): number;
  /** Lets the event loop turn now and then, so that a machine that only loops can still be stopped. */
  breathe(): Promise<void> | undefined;
}
