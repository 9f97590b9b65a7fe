/** How a run of a pipeline stands. */
export type RunStatus =
  /** It has not ended yet. */
  | 'running'
  /** New versions wait for a person. */
  | 'waiting'
  /** At least one new version is live. */
  | 'promoted'
  /** What was live stays: no new version is better. */
  | 'kept'
  /** The data is not as it has to be. */
  | 'refused'
  /** A person did not approve. */
  | 'rejected'
  /** A step failed. */
  | 'failed'
  /** The same content has been seen by an earlier run. */
  | 'known';

/** The verdict that a run was started by. */
export interface RunDrift {
  readonly model: string;
  /** The version that was asked. */
  readonly version: string;
  /** Names of the columns and outputs that had drifted. */
  readonly columns: readonly string[];
}

/** The file that a run is about, and where what it makes goes. */
export interface RunSource {
  readonly pipeline: string;
  /** Name of the execution, which is that of the run. */
  readonly execution: string;
  /** When the execution started, ISO 8601. */
  readonly started: string;
  /** Key of the file. */
  readonly key: string;
  /** Of the file, without quotes: its content's name. */
  readonly etag: string;
  /** Of the file, in bytes. */
  readonly size: number;
  /** Start of the keys of what the run makes; it ends in a slash. */
  readonly output: string;
  /** The drift that it was started by. @default a file, a moment or a person started it */
  readonly drift?: RunDrift;
}

/** The run that has seen the same content before. */
export interface FirstRun {
  readonly execution: string;
  readonly key: string;
  readonly started: string;
}

/** A run as it is kept. */
export interface PipelineRun extends RunSource {
  readonly status: RunStatus;
  /** ISO 8601; absent while it runs. */
  readonly ended?: string;
  /** Where the report is; absent until it waits for a person, or has ended. */
  readonly report?: string;
  /** What came of it, in a line. */
  readonly summary?: string;
  /** Versions that it made live, by model. */
  readonly live?: Readonly<Record<string, string>>;
  /** Of a known content. */
  readonly first?: FirstRun;
  /** Until when it waits for a person, ISO 8601; present while it does. */
  readonly until?: string;
  /** By which Step Functions is told what a person decided; present while it waits. */
  readonly token?: string;
}
