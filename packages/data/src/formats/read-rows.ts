import type { RowFormat } from '../rules.ts';
import { csvRows } from './csv-rows.ts';
import { jsonRows } from './json-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { RawRows } from './raw-row.ts';

const readers = { csv: csvRows, jsonl: jsonRows, parquet: parquetRows } satisfies Record<
  RowFormat,
  (path: string, names: readonly string[]) => RawRows
>;

/**
 * Reads the named columns of a file, in bounded memory.
 *
 * @throws {UnreadableFileError} when the file is not of this format
 * @throws {ColumnsError} when it lacks a column or has it twice
 */
export function readRows(path: string, format: RowFormat, names: readonly string[]): RawRows {
  return readers[format](path, names);
}
