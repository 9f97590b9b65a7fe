import type { Table } from '@chorus/training';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { ParquetError } from './errors.ts';

/**
 * Reads the columns of a recipe from a Parquet file.
 *
 * @throws {ParquetError} when the file cannot be read, or lacks a column
 */
export async function readTable(
  path: string,
  columns: readonly string[],
  target: string,
): Promise<Table> {
  const wanted = [...columns, target];
  const file = await asyncBufferFromFile(path);
  const { schema } = await parquetMetadataAsync(file).catch((cause: unknown) => {
    throw new ParquetError(`${path} is no Parquet file`, { cause });
  });
  const present = new Set(schema.map(({ name }) => name));
  const missing = wanted.filter((name) => !present.has(name));
  if (missing.length > 0)
    throw new ParquetError(`The Parquet file has no column ${missing.join(', ')}`);
  const rows = await parquetReadObjects({ file, columns: wanted });
  const features = new Float64Array(rows.length * columns.length);
  rows.forEach((row, index) => {
    columns.forEach((name, column) => {
      features[index * columns.length + column] = numberOf(row[name]);
    });
  });
  return { columns, features, target: Float64Array.from(rows, (row) => numberOf(row[target])) };
}

/** NaN for what is no number: the trainer refuses it by row and column. */
const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
