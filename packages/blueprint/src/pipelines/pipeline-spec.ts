import type { ModelSchema } from '@chorus/protocol';
import type { JobSpec } from '../jobs/job-spec.ts';
import type { FunctionSpec, WorkflowSpec } from '../types.ts';

/** The column that is predicted, and the values that it may have. */
export interface TargetColumn {
  readonly name: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** How one model is trained: a recipe as data. */
export interface TrainedModelSpec {
  readonly model: FunctionSpec;
  /** The model's contract. */
  readonly schema: ModelSchema;
  /** Name of a trainer. */
  readonly trainer: string;
  /** Options that differ from the trainer's own. */
  readonly options: Readonly<Record<string, number | string>>;
  /** A whole number, `[0, 2^32)`. */
  readonly seed: number;
  /** Options that are tried before it is trained. @default none: those above are taken */
  readonly search?: SearchSpec;
  /** Its training is divided, where the trainer's work can be. @default it is done as one */
  readonly shares?: SharesSpec;
  /**
   * What trains it where that takes longer, or more memory, than a function has; its program follows the contract of
   * `packages/functions/train`, and may be of another language. @default the function `train`
   */
  readonly job?: TrainingJobSpec;
}

/**
 * Options of a trainer and the values that are tried, in every combination and on top of the other options:
 * `{ minLeaf: [1, 3], maxFeatures: [0.3, 0.5] }` makes four. Each is trained on one part of the rows to learn from and judged by the
 * other; the one with the smallest error is trained on all of them. The rows that are held out take no part.
 */
export type SearchSpec = Readonly<Record<string, readonly (number | string)[]>>;

/** Into how many shares a training is divided, which are done at the same time. */
export interface SharesSpec {
  /** From 2 to 1,000. */
  readonly of: number;
  /** From how many rows to learn from on: dividing what is quickly done costs more than it saves. */
  readonly rows: number;
}

/** A job that trains: it reads and writes what pipelines make, so that its links are known. */
type TrainingJobSpec = Omit<JobSpec, 'links'>;

/** How far callers' requests go to a new version at once. */
export type PipelinePromotion =
  /** All of them, once it has answered a real row. */
  | 'all'
  /** All, once it has answered the same requests as the live one for a while, unseen by callers. */
  | 'shadow'
  /** All, once it has had a share of them for a while. */
  | 'canary'
  /** None before a person approves; then all. */
  | 'approval';

/** How far a new version may be from the live one while it is tried out; the usual limits are those of `chorus models promote`. */
export interface TrialLimits {
  /** How much larger its share of errors may be. */
  readonly errorRate?: number;
  /** How many times the live version's p95 its own may be, ... */
  readonly p95Ratio?: number;
  /** ... and how many milliseconds above it in any case. */
  readonly p95SlackMs?: number;
  /** Mean difference of their numbers, in standard deviations of the live version's. */
  readonly meanDivergence?: number;
  /** Largest difference, in the same unit. */
  readonly maxDivergence?: number;
  /** Share of their classes that may be other ones. */
  readonly disagreement?: number;
  /** Mean difference of the probability that moves most. */
  readonly probability?: number;
}

/** How a version is tried out before all requests are its own. */
export interface PipelineTrial {
  /** How long both versions answer the same sampled requests, unseen by callers, in seconds; 0 leaves it out. @default 30 */
  readonly shadowSeconds?: number;
  /** How long the new one gets a share of callers' requests, in seconds. @default 60 */
  readonly canarySeconds?: number;
  /** That share, above 0 and at most 1. @default 0.1 */
  readonly canaryShare?: number;
  /** Sampled requests to each version. @default 10 */
  readonly requestsPerSecond?: number;
  /** @default those of `chorus models promote` */
  readonly limits?: TrialLimits;
}
/** An event that starts a pipeline by itself. */
export type PipelineStart =
  /** Each new file below its prefix, once for each content. */
  | 'file'
  /** A verdict that one of its models has drifted, once for each turn; it trains with the newest file. */
  | 'drift';

/** From a file of rows to better models in production. */
export interface PipelineSpec {
  readonly name: string;
  /**
   * Its request says which columns a file has to have, its example what a version has to answer.
   *
   * @default none: the models are served by themselves, the first one's table says the columns, and the manifests have examples
   */
  readonly workflow?: WorkflowSpec;
  readonly target: TargetColumn;
  readonly train: readonly [TrainedModelSpec, ...TrainedModelSpec[]];
  /** How many rows a file may have. */
  readonly rows: { readonly minimum: number; readonly maximum: number };
  /** How large a file may be. @default 268435456 */
  readonly bytes?: { readonly maximum: number };
  /** How many of the rows may repeat another one, as a share. @default any */
  readonly duplicates?: { readonly maximumShare: number };
  /** Share of the live version's error by which a new one has to be better, beyond doubt. @default 0 */
  readonly margin?: number;
  /** @default 'all' */
  readonly promotion?: PipelinePromotion;
  /** With `shadow` and `canary`: how a version is tried out. */
  readonly trial?: PipelineTrial;
  /** With `approval`: how long a person has, in seconds. @default 604800, a week, which is the longest */
  readonly approvalSeconds?: number;
  /**
   * Events that start it. With `drift` alone, files are kept until a model that they train has drifted.
   * @default ['file']
   */
  readonly startedBy?: readonly [PipelineStart, ...PipelineStart[]];
  /** An expression of EventBridge Scheduler, by which it also runs with the newest file. @default nothing but the above starts it */
  readonly schedule?: string;
}
