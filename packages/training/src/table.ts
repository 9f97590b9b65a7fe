import type { Table } from '@chorus/data';
import { TrainingError } from './errors.ts';

export type { Table };

/** Returns the features of one row, as a view. */
function rowOf(table: Table, row: number): Float64Array {
  const width = table.columns.length;
  return table.features.subarray(row * width, (row + 1) * width);
}

/** One feature of every row, copied: `[rows]`. */
export function columnOf(table: Table, column: number): Float64Array {
  return Float64Array.from(table.target, (_, row) => rowOf(table, row)[column] ?? Number.NaN);
}

/** Returns a new table of the given rows, in the given order. */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  const width = table.columns.length;
  const features = new Float64Array(rows.length * width);
  const target = new Float64Array(rows.length);
  Array.from(rows).forEach((row, position) => {
    features.set(rowOf(table, row), position * width);
    target[position] = table.target[row] ?? Number.NaN;
  });
  return { columns: table.columns, features, target };
}

/**
 * Refuses what no trainer can learn from; every trainer may rely on finite numbers and at least one
 * row and column.
 *
 * @throws TrainingError when the table is empty, its sizes disagree, or a value is NaN or infinite
 * (naming the first such row and column)
 *
 * @param first - the number of the first row, when the table is a piece of a larger one
 */
export function checkTable(table: Table, first = 0): void {
  const { columns, features, target } = table;
  if (columns.length === 0) throw new TrainingError('The table has no feature columns');
  if (target.length === 0) throw new TrainingError('The table has no rows');
  if (features.length !== columns.length * target.length) {
    throw new TrainingError(
      `${features.length} feature values do not make ${target.length} rows of ${columns.length} columns`,
    );
  }
  const feature = features.findIndex((value) => !Number.isFinite(value));
  if (feature >= 0) {
    const column = columns[feature % columns.length];
    const row = first + Math.floor(feature / columns.length);
    throw new TrainingError(
      `Row ${row}, column ${column} is ${features[feature]}: fill in or leave out rows without a finite number`,
    );
  }
  const row = target.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) throw new TrainingError(`The target of row ${first + row} is ${target[row]}`);
}
