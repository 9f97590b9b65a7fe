import { resolve } from 'node:path';
import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import type { FeatureReference, Manifest } from '@chorus/registry';
import { CliError, UsageError } from '../errors.ts';
import { formatOf } from './row-format.ts';

/** A column of a model's inputs. */
interface InputColumn {
  readonly name: string;
  readonly isCategory: boolean;
}

/** The columns of a tensor, by their names; a tensor of one column may have its own name only. */
function columnsOf({ name, datatype, shape, columns }: TensorSpec): readonly InputColumn[] {
  const isCategory = datatype === 'BYTES' || datatype === 'BOOL';
  if (columns !== undefined) return columns.map((column) => ({ name: column.name, isCategory }));
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  return width === 1 ? [{ name, isCategory }] : [];
}

const isMissing = (cell: unknown) => cell === null || cell === undefined || cell === '';

/**
 * Returns what drift of a model is measured against that was trained elsewhere: how the columns of its training rows are
 * distributed. Its outputs are left out: nothing here says which rows it was not trained on.
 *
 * @param path - a .csv, .jsonl or .parquet file with the model's columns, and any others
 * @throws {UsageError} if the file is of no known format, or the model has no named columns
 * @throws {CliError} if it cannot be read, lacks a column, or has a text where a number should be
 */
async function referenceOfRows(
  path: string,
  { name, inputs }: ModelSchema,
): Promise<readonly FeatureReference[]> {
  const columns = inputs.flatMap(columnsOf);
  if (columns.length === 0)
    throw new UsageError(
      `--reference needs columns, and ${name} has none with a name: name them with --columns`,
    );
  const [{ DataError, readRows }, { summariseCategories, summariseNumbers, withThresholds }] =
    await Promise.all([import('@chorus/data'), import('@chorus/drift')]);
  const read = columns.map(() => [] as unknown[]);
  let line = 0;
  try {
    const names = columns.map((column) => column.name);
    for await (const piece of readRows(path, formatOf(path), names)) {
      for (const cells of piece) {
        line += 1;
        if ('message' in cells) throw new CliError(`${path}, row ${line}: ${cells.message}`);
        for (const [at, values] of read.entries()) values.push(cells[at]);
      }
    }
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new CliError(`${path}: ${cause.message}`, { cause });
  }
  const references = columns.map((column, at) => {
    const cells = read[at] ?? [];
    if (cells.every(isMissing))
      throw new CliError(`${path} has no value in ${column.name}: it says nothing about it`);
    if (column.isCategory)
      return summariseCategories(
        column.name,
        cells.map((cell) => (isMissing(cell) ? null : String(cell))),
      );
    return summariseNumbers(column.name, numbersOf(cells, column.name, path));
  });
  return withThresholds(references, references.length);
}

/**
 * Returns a manifest with how the columns of the training rows are distributed, where there is a file of them.
 *
 * @throws {UsageError} and {CliError} as `referenceOfRows`
 */
export async function withReference<Of extends Pick<Manifest, 'schema' | 'training'>>(
  manifest: Of,
  path: string | undefined,
  directory: string,
): Promise<Of> {
  if (path === undefined) return manifest;
  const reference = await referenceOfRows(resolve(directory, path), manifest.schema);
  return { ...manifest, training: { metrics: {}, ...manifest.training, reference } };
}

/** @throws {CliError} naming the first cell that is no number */
function numbersOf(cells: readonly unknown[], column: string, path: string): readonly number[] {
  return cells.map((cell, row) => {
    if (isMissing(cell)) return Number.NaN;
    const number = Number(cell);
    if (Number.isFinite(number)) return number;
    throw new CliError(
      `${path}, row ${row + 1}: ${column} must be a number, got ${JSON.stringify(cell)}`,
    );
  });
}
