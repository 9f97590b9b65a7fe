import { type HoldOut, usualHoldOut } from '@chorus/data';
import type { DatasetRecord } from '@chorus/registry';
import {
  checkRun,
  concludeTraining,
  portsOf,
  type TrainedModel,
  type TrainingProgress,
  type TrainingRun,
} from './conclude-training.ts';
import type { GivenOptions } from './options.ts';
import type { Recipe } from './recipe.ts';
import { splitRows } from './split.ts';
import { checkTable, selectRows, type Table } from './table.ts';

/** One run's changes to a recipe, and its listener to progress. */
export interface TrainOverrides {
  /** On top of the recipe's. */
  readonly options?: GivenOptions;
  readonly seed?: number;
  /**
   * Called with 0 when a step begins and with `total` when it is done; in between as the trainer
   * gets on.
   */
  readonly onProgress?: TrainingProgress;
}

/** Rows to learn from and others to judge by, of one data set. */
export interface SplitDataset {
  /** `rows` of both parts together. */
  readonly dataset: DatasetRecord;
  readonly training: Table;
  readonly heldOut: Table;
  /** By which features and seed the rows were split, where it was by them. */
  readonly rule?: HoldOut;
}

/**
 * Trains a model, judges it, exports it and checks the file: same recipe, same bytes.
 *
 * About a fifth of the rows is held out, by their features alone. The model is fitted on the others only and ships as it is, so
 * that the metrics in the manifest, taken on the held-out rows, are those of this very file; so are
 * the reference statistics, of the rows it has seen and of its answers about those it has not. Parity with ONNX Runtime is checked on all
 * rows.
 *
 * @throws TrainingError when the data cannot be learned from or does not fit the schema
 * @throws OptionError for options or a seed that the trainer does not take
 * @throws ParityError when ONNX Runtime answers otherwise than the trainer
 */
export async function train(recipe: Recipe, overrides: TrainOverrides = {}): Promise<TrainedModel> {
  const { dataset, split: rule = usualHoldOut, ...how } = recipe;
  const { onProgress, seed = recipe.seed } = overrides;
  const run = { ...how, options: { ...recipe.options, ...overrides.options }, seed };
  checkRun(run);

  onProgress?.('load', 0, 1);
  const { table, sha256 } = await dataset.load();
  checkTable(table);
  const rows = table.target.length;
  const split = splitRows(table, rule);
  const data: SplitDataset = {
    dataset: { name: dataset.name, rows, sha256 },
    training: selectRows(table, split.train),
    heldOut: selectRows(table, split.test),
    rule,
  };
  onProgress?.('load', 1, 1);
  return trainOn(data, run, onProgress);
}

/**
 * Trains a model on rows that have been split already, as `train` does on those it splits.
 *
 * @throws TrainingError when the data cannot be learned from or does not fit the schema
 * @throws OptionError for options or a seed that the trainer does not take
 * @throws ParityError when ONNX Runtime answers otherwise than the trainer
 */
export async function trainOn(
  { dataset, training, heldOut, rule }: SplitDataset,
  run: TrainingRun,
  onProgress?: TrainingProgress,
): Promise<TrainedModel> {
  const options = checkRun(run);
  checkTable(training);
  checkTable(heldOut);
  portsOf(run.schema, training.columns.length);

  onProgress?.('fit', 0, 1);
  const model = run.trainer.fit(training, options, {
    seed: run.seed,
    ...(onProgress && { onProgress: (done, total) => onProgress('fit', done, total) }),
  });
  const answers = model.predict(heldOut.features);
  onProgress?.('fit', 1, 1);

  return concludeTraining(
    { dataset, rule, trainRows: training.target.length },
    run,
    { model, seen: training, answers, truth: heldOut.target, checked: [training, heldOut] },
    onProgress,
  );
}
