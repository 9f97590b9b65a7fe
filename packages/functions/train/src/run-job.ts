import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError, parquetRows } from '@chorus/data';
import { type RowSource, trainerNamed, trainOnRows } from '@chorus/training';
import { bucketCheckpoints } from './bucket-checkpoints.ts';
import { ParquetError } from './errors.ts';
import type { Objects } from './objects.ts';
import type { TrainingJob } from './training-job.ts';

/** What a job made. */
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
  const { recipe, data, output, execution } = job;
  const trainer = trainerNamed(recipe.trainer);
  return withRows(job, objects, async (training, heldOut) => {
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
      { checkpoints: bucketCheckpoints(objects, `${output}checkpoints/`) },
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

/** Copies the rows to learn from and those held out to files for as long as something works with them. */
async function withRows<Result>(
  { recipe, data }: TrainingJob,
  objects: Objects,
  work: (training: RowSource, heldOut: RowSource) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-train-'));
  try {
    const open = async (key: string, name: string) => {
      const file = join(folder, name);
      await objects.download(key, file);
      return parquetRows(file, recipe.columns, recipe.target);
    };
    return await work(
      await open(data.train, 'train.parquet'),
      await open(data.test, 'test.parquet'),
    );
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new ParquetError(error.message, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
