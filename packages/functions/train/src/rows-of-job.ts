import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError, parquetRows } from '@chorus/data';
import type { RowSource } from '@chorus/training';
import { ParquetError } from './errors.ts';
import type { Objects } from './objects.ts';
import type { RecipeData } from './training-job.ts';

/**
 * Copies Parquet files of a recipe's rows from the bucket for as long as something works with them.
 *
 * @throws {MissingDataError} @throws {ParquetError} when the rows cannot be read
 */
export async function withRows<const Keys extends readonly string[], Result>(
  { columns, target }: RecipeData,
  objects: Objects,
  keys: Keys,
  work: (...rows: { [Key in keyof Keys]: RowSource }) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-train-'));
  try {
    const rows: RowSource[] = [];
    for (const [index, key] of keys.entries()) {
      const file = join(folder, `${index}.parquet`);
      await objects.download(key, file);
      rows.push(await parquetRows(file, columns, target));
    }
    return await work(...(rows as { [Key in keyof Keys]: RowSource }));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new ParquetError(error.message, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
