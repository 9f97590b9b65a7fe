import { RowError } from './errors.ts';
import { parquetColumns } from './formats/parquet-columns.ts';
import type { Table } from './table.ts';

/**
 * Reads a Parquet file of numbers into memory, such as `splitFile` writes; a value that is missing becomes NaN.
 *
 * @throws {RowError} naming the first cell that is no number
 * @throws {UnreadableFileError} when it is not Parquet
 * @throws {ColumnsError} when it lacks a column or has it twice
 */
export async function readParquetTable(
  path: string,
  columns: readonly string[],
  target: string,
): Promise<Table> {
  const names = [...columns, target];
  const width = columns.length;
  const pieces: { readonly features: Float64Array; readonly target: Float64Array }[] = [];
  let rows = 0;

  function numberOf(cell: unknown, row: number, name: string | undefined): number {
    if (cell === null || cell === undefined) return Number.NaN;
    if (typeof cell === 'number' || typeof cell === 'bigint') return Number(cell);
    throw new RowError(`Row ${row + 1}: '${name}' must be a number, not ${String(cell)}`);
  }

  for await (const piece of parquetColumns(path, names)) {
    const features = new Float64Array(piece.rows * width);
    const labels = new Float64Array(piece.rows);
    for (const [position, cells] of piece.columns.entries()) {
      for (let row = 0; row < piece.rows; row++) {
        const value = numberOf(cells[row], rows + row, names[position]);
        if (position < width) features[row * width + position] = value;
        else labels[row] = value;
      }
    }
    pieces.push({ features, target: labels });
    rows += piece.rows;
  }

  const table = {
    columns,
    features: new Float64Array(rows * width),
    target: new Float64Array(rows),
  };
  let first = 0;
  for (const { features, target: labels } of pieces) {
    table.features.set(features, first * width);
    table.target.set(labels, first);
    first += labels.length;
  }
  return table;
}
