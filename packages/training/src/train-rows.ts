import {
  checkRun,
  concludeTraining,
  portsOf,
  type TrainedModel,
  type TrainingProgress,
  type TrainingRun,
} from './conclude-training.ts';
import type { Checkpoints } from './rows/checkpoints.ts';
import { fitRows, refuseTooMany } from './rows/fit-rows.ts';
import { checkedPieces, collectRows, type RowSource } from './rows/row-source.ts';
import { sampleRows } from './rows/sample-rows.ts';
import type { Table } from './table.ts';
import { type SplitDataset, trainOn } from './train.ts';
import type { FittedModel } from './trainer.ts';

/** Rows to learn from and others to judge by that need not fit into memory. */
export interface SplitRows extends Omit<SplitDataset, 'training' | 'heldOut'> {
  readonly training: RowSource;
  readonly heldOut: RowSource;
}

export interface TrainOnRowsOptions {
  readonly onProgress?: TrainingProgress;
  /** Of a forest each tree is kept, so that a training that is killed goes on. */
  readonly checkpoints?: Checkpoints;
  /** Some of the work has been done elsewhere and is in the checkpoints, of however few rows. @default false */
  readonly divided?: boolean;
}

/** Most rows that are taken into memory as they are: with 14 columns 11 MB. */
const mostInMemory = 100_000;

/**
 * Trains a model on rows that have been split already. Up to 100,000 rows that nothing else has begun with, it is `trainOn`. Of more, memory holds what the
 * trainer keeps of them and two numbers for each held-out row; references of the features, and the check of the file,
 * are of a random sample of 100,000 rows of either part. The metrics are of all held-out rows.
 *
 * @throws TrainingError when the data cannot be learned from, do not fit the schema or are too many for the trainer
 * @throws OptionError for options or a seed that the trainer does not take
 * @throws ParityError when ONNX Runtime answers otherwise than the trainer
 */
export async function trainOnRows(
  data: SplitRows,
  run: TrainingRun,
  { onProgress, checkpoints, divided = false }: TrainOnRowsOptions = {},
): Promise<TrainedModel> {
  const { dataset, training, heldOut, rule } = data;
  const options = checkRun(run);
  portsOf(run.schema, training.columns.length);
  refuseTooMany(run.trainer, training.rows);
  if (!divided && training.rows + heldOut.rows <= mostInMemory) {
    const tables = {
      training: await collectRows(training),
      heldOut: await collectRows(heldOut),
    };
    return trainOn({ ...data, ...tables }, run, onProgress);
  }

  onProgress?.('fit', 0, 1);
  const model = await fitRows(run.trainer, training, options, {
    seed: run.seed,
    ...(checkpoints && { checkpoints }),
    ...(onProgress && { onProgress: (done, total) => onProgress('fit', done, total) }),
  });
  const judged = await answersOf(model, heldOut);
  onProgress?.('fit', 1, 1);

  const seen = await sampleOf(training, run.seed);
  return concludeTraining(
    { dataset, rule, trainRows: training.rows },
    run,
    { model, seen, ...judged, checked: [seen, await sampleOf(heldOut, run.seed)] },
    onProgress,
  );
}

async function answersOf(model: FittedModel, rows: RowSource) {
  const answers = new Float64Array(rows.rows);
  const truth = new Float64Array(rows.rows);
  let first = 0;
  for await (const { features, target } of checkedPieces(rows)) {
    answers.set(model.predict(features), first);
    truth.set(target, first);
    first += target.length;
  }
  return { answers, truth };
}

async function sampleOf(rows: RowSource, seed: number): Promise<Table> {
  const sample = sampleRows(rows.columns, mostInMemory, seed);
  for await (const piece of checkedPieces(rows)) sample.add(piece);
  return sample.table();
}
