import type { AsynchronousSettings } from './asynchronous/asynchronous.ts';
import type { WorkerProgram } from './worker.ts';

/** The settings that a function's worker starts with. */
export interface WorkerStart {
  /** Unique among all workers. */
  readonly workerId: string;
  /** Physical name of the function. */
  readonly functionName: string;
  readonly memoryMb: number;
  /** The function's variables, and those Lambda sets. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder on this machine that workers of the function may share as their /tmp. */
  readonly temporary: string;
}

/** A function as the local cloud starts it. */
export interface LocalFunction {
  /** Physical name: `chorus-random-forest`. */
  readonly name: string;
  /** The program that becomes a worker of it. */
  program(start: WorkerStart): WorkerProgram;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  /** What becomes of events that are sent without waiting for an answer. @default two retries, then they are gone */
  readonly asynchronous?: AsynchronousSettings;
  /** Environments that are there before there are events, of the version that an alias names. @default none */
  readonly kept?: { readonly alias: string; readonly environments: number };
  /** @default '' */
  readonly description?: string;
  /** Name of the image that it is, as GetFunction gives it. @default 'local' */
  readonly image?: string;
  /** Variables of the function's configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that say where this start's servers are; not configured, for the next start has others. */
  readonly addresses?: Readonly<Record<string, string>>;
}
