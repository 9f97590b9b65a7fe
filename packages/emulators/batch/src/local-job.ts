/** What to start a job's process with. */
export interface JobStart {
  readonly jobId: string;
  /** From 1 on. */
  readonly attempt: number;
  readonly memoryMb: number;
  /** All variables that the job is told of. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder of this attempt, which is removed after it. */
  readonly temporary: string;
}

/** A program that becomes a job: its own process, or a client that runs its container. */
export interface JobProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  /** The program's environment, whole. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder that it is run in. @default that of this process */
  readonly directory?: string;
  /** Ends it for good where killing the program would not, as with a container. */
  readonly killCommand?: readonly [string, ...string[]] | undefined;
}

/** When a job that has failed is tried again, as Batch has it. */
export interface RetryStrategy {
  /** Attempts in all, 1 to 10. */
  readonly attempts: number;
  /** The first of these that fits decides; where none does, it is tried again. @default every failure is tried again */
  readonly evaluateOnExit?: readonly ExitRule[];
}

/** All that it names must fit; a `*` at the end of a pattern stands for any text. */
export interface ExitRule {
  readonly onStatusReason?: string;
  readonly onReason?: string;
  readonly onExitCode?: string;
  readonly action: string;
}

/** A job definition; its first revision is the only one here. */
export interface LocalJobDefinition {
  readonly name: string;
  readonly image: string;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly retryStrategy: RetryStrategy;
  /** Longest that an attempt may take. */
  readonly timeoutSeconds: number;
  program(start: JobStart): JobProgram;
}

/** A queue of jobs. */
export interface LocalJobQueue {
  readonly name: string;
  /** Whether its jobs are on Spot capacity, which may be taken away while one runs. */
  readonly spot: boolean;
}
