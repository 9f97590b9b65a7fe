import { trainerNamed, trainOnRows } from '@chorus/training';
import { bucketCheckpoints, checkpointsOf } from './bucket-checkpoints.ts';
import type { Objects } from './objects.ts';
import { withRows } from './rows-of-job.ts';
import type { TrainingJob } from './training-job.ts';

/** The result of a job. */
export interface TrainingOutcome {
  readonly model: string;
  /** Start of the keys of `model.onnx` and `manifest.json`. */
  readonly output: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: { readonly train: number; readonly test: number };
  /** Measured on the held-out rows. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Trains the model of a job and writes `model.onnx`, then `manifest.json` (without a version) beneath the job's output. The same job
 * writes the same bytes, so that it may be run again: of many rows, a forest goes on from the trees that it has kept.
 *
 * @throws {MissingDataError} @throws {ParquetError} when the rows cannot be read
 * @throws {TrainingError} when they cannot be learned from; its kinds {OptionError} and {ParityError}
 */
export async function runJob(job: TrainingJob, objects: Objects): Promise<TrainingOutcome> {
  const { recipe, data, output, execution, divided = false } = job;
  const trainer = trainerNamed(recipe.trainer);
  return withRows(recipe, objects, [data.train, data.test], async (training, heldOut) => {
    const rows = { train: training.rows, test: heldOut.rows };
    const { bytes, manifest } = await trainOnRows(
      {
        dataset: {
          name: data.name,
          rows: rows.train + rows.test,
          sha256: data.sha256,
          ...(data.key !== undefined && { key: data.key }),
          ...(data.version !== undefined && { version: data.version }),
        },
        training,
        heldOut,
        ...(data.split && { rule: data.split }),
      },
      { schema: recipe.schema, trainer, options: recipe.options, seed: recipe.seed },
      { checkpoints: bucketCheckpoints(objects, checkpointsOf(job)), divided },
    );
    await objects.write(`${output}model.onnx`, bytes, 'application/octet-stream');
    const lineage = execution === undefined ? undefined : { lineage: { execution } };
    const text = `${JSON.stringify({ ...manifest, ...lineage }, null, 2)}\n`;
    await objects.write(`${output}manifest.json`, Buffer.from(text), 'application/json');
    return {
      model: manifest.name,
      output,
      sha256: manifest.file.sha256,
      bytes: manifest.file.bytes,
      rows,
      metrics: manifest.training?.metrics as Readonly<Record<string, number>>,
    };
  });
}
