import { parquetColumns } from './parquet-columns.ts';
import type { RawRows } from './raw-row.ts';

/** Rows that are given at once: as rows they take more memory than as columns. */
const rowsAtOnce = 4096;

/**
 * Reads the named columns of a Parquet file as rows.
 *
 * @throws {UnreadableFileError} when it is not Parquet, or compressed by LZ4
 * @throws {ColumnsError} when it lacks a column or has it twice
 */
export async function* parquetRows(path: string, names: readonly string[]): RawRows {
  for await (const { rows, columns } of parquetColumns(path, names)) {
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const length = Math.min(rowsAtOnce, rows - from);
      yield Array.from({ length }, (_, row) => columns.map((cells) => cells[from + row]));
    }
  }
}
