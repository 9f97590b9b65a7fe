import type { HoldOut } from '@chorus/data';
import type { ModelSchema } from '@chorus/protocol';
import type { Dataset } from './datasets/dataset.ts';
import type { GivenOptions } from './options.ts';
import type { Trainer } from './trainer.ts';

/** Everything it takes to train a model again; a model package exports one as `recipe`. */
export interface Recipe {
  /**
   * One FP64 input `[-1, columns]` and one FP64 output `[-1]`; the names of both become those of
   * the ONNX graph.
   */
  readonly schema: ModelSchema;
  readonly dataset: Dataset;
  readonly trainer: Trainer;
  /** The options that differ from the trainer's defaults. */
  readonly options: GivenOptions;
  /** Of the trainer's random choices; which rows are held out does not depend on it. */
  readonly seed: number;
  /** @default `usualHoldOut` of `@chorus/data`, so that all models of the same columns are judged by the same rows */
  readonly split?: HoldOut;
}
