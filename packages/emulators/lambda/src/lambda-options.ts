import type { Clock } from '@chorus/asl';
import type { Credentials } from '@chorus/emulator-aws';
import type { FunctionImages } from './create-function.ts';
import type { EventQueues, EventSource } from './event-sources/event-source.ts';
import type { InvocationFault } from './invocation-fault.ts';
import type { LocalFunction } from './local-function.ts';
import type { PoolOptions } from './pool.ts';
import type { SavedFunctions } from './saved-functions.ts';

export interface LambdaOptions {
  /** The keys that every request to the Lambda API must be signed with. */
  readonly credentials: Credentials;
  readonly functions: readonly LocalFunction[];
  /** The images that functions may be created from while it runs. @default none */
  readonly images?: FunctionImages;
  /** Host and port of the local cloud as workers see it: `127.0.0.1:8787`. */
  readonly host: string;
  /** Folder for the functions' temporary files and logs. */
  readonly directory: string;
  /** Variables every function gets beside its own: credentials, endpoint. */
  readonly baseEnvironment: Readonly<Record<string, string>>;
  /** The state that outlives a restart. */
  readonly state: SavedFunctions;
  /** Most worker processes at once, though every function that is asked has one. @default no limit */
  readonly mostProcesses?: number;
  /** How pools behave, where it is not as usual. */
  readonly pools?: Partial<
    Omit<
      PoolOptions,
      'command' | 'runtimeApi' | 'concurrency' | 'timeoutMs' | 'processes' | 'makeRoom'
    >
  >;
  /** Which version of a weighted alias an invocation goes to: at least 0, below 1. @default Math.random */
  chance?(): number;
  /** The queues that events come from, and that get those that have failed for good. @default none */
  readonly queues?: EventQueues;
  /** The queues whose messages functions get. @default none */
  readonly eventSources?: readonly EventSource[];
  /** When events that were not waited for are tried again. @default the time of day */
  readonly clock?: Clock;
  /** Called with a line about an event or a message that does not reach its function. @default nothing is said */
  report?(line: string): void;
  /** What goes wrong on purpose with the next event of a function, by its name. @default nothing */
  faultOf?(functionName: string): InvocationFault | undefined;
  /** Resolves after so many milliseconds: how long `$LATEST` says `InProgress` after a change. */
  sleep?(milliseconds: number): Promise<unknown>;
}
