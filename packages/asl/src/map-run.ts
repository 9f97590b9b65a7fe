import type { MachineDefinition } from './definition.ts';

/** Where a distributed Map finds its items: in its input, or in what an `ItemReader` names. */
export type MapItems =
  | { readonly values: readonly unknown[] }
  | {
      /** `arn:aws:states:::s3:getObject` */
      readonly resource: string;
      readonly arguments: unknown;
      /** `ReaderConfig`, with its `MaxItems` as a number. */
      readonly config: Readonly<Record<string, unknown>>;
    };

/** What an `ItemBatcher` says. */
export interface MapBatches {
  readonly mostItems?: number;
  /** Bytes of a batch's input as JSON. */
  readonly mostBytes?: number;
  /** Added to every batch. */
  readonly input?: unknown;
}

/** What a `ResultWriter` says. Without a resource the results are the state's. */
export interface MapResults {
  /** `arn:aws:states:::s3:putObject` */
  readonly resource?: string;
  readonly arguments?: unknown;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What a distributed Map has found out when it starts. All of it is JSON: a restart and a redrive go on with it. */
export interface MapRunSetup {
  /** `arn:aws:states:us-east-1:000000000000:mapRun:name/label:id` */
  readonly arn: string;
  readonly label: string;
  /** How often the execution had been redriven. */
  readonly redrives: number;
  /** The state's effective input. */
  readonly input: unknown;
  readonly items: MapItems;
  readonly batches?: MapBatches;
  readonly results?: MapResults;
  /** 0 is no bound of the definition's. */
  readonly maxConcurrency: number;
  readonly toleratedCount?: number;
  readonly toleratedPercentage?: number;
}

/** A distributed Map that the interpreter asks its caller to run. */
export interface MapRunRequest extends Omit<MapRunSetup, 'redrives' | 'input'> {
  readonly executionArn: string;
  /** What each child executes; its name is `name/label`. */
  readonly processor: {
    readonly name: string;
    readonly type: 'EXPRESS' | 'STANDARD';
    readonly definition: MachineDefinition;
  };
  /** Returns what a child, or its batch, gets of an item, or a promise of it. Throws `StatesError`. */
  select(item: unknown, index: number): unknown;
  /** How often this Map Run has been redriven: what has not succeeded runs once more. */
  readonly redrives: number;
  /** Aborts when the execution was stopped or timed out, or another branch failed. */
  readonly signal: AbortSignal;
}
