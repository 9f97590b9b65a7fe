import { parquetWriteBuffer } from 'hyparquet-writer';
import type { RecipeData, TrainingJob } from '../training-job.ts';

/** Rows `from` to `to` of a target that is twice the size plus one, in another order than the recipe's. */
export function parquetOf(
  from: number,
  to: number,
  change: (row: number) => number = (row) => row,
): Uint8Array {
  const rows = Array.from({ length: to - from }, (_, index) => from + index);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'price', data: rows.map((row) => 2 * row + 1), type: 'DOUBLE' },
        { name: 'note', data: rows.map((row) => `house ${row}`), type: 'STRING' },
        { name: 'age', data: rows.map((row) => (row * 7) % 5), type: 'INT32' },
        { name: 'size', data: rows.map(change), type: 'DOUBLE' },
      ],
    }),
  );
}

/** A recipe of two columns. */
export const recipe: RecipeData = {
  trainer: 'ordinary-least-squares',
  options: {},
  seed: 3,
  schema: {
    name: 'houses',
    inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 2] }],
    outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    maxBatch: 100,
  },
  columns: ['size', 'age'],
  target: 'price',
};

/** A job in a bucket with `run/train.parquet` and `run/test.parquet`. */
export const job: TrainingJob = {
  recipe,
  data: {
    name: 'houses.csv',
    sha256: 'a'.repeat(64),
    train: 'run/train.parquet',
    test: 'run/test.parquet',
  },
  output: 'run/candidates/houses/',
};
