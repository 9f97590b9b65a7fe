export {
  ColumnsError,
  DataError,
  RowError,
  SplitError,
  UnreadableFileError,
} from './errors.ts';
export { type ParquetPiece, parquetColumns } from './formats/parquet-columns.ts';
export type { BadRow, RawRow, RawRows } from './formats/raw-row.ts';
export { readRows } from './formats/read-rows.ts';
export { type HoldOut, holdOut, rowHash, usualHoldOut } from './hold-out.ts';
export { type ParquetRows, parquetRows } from './parquet-rows.ts';
export { readParquetTable } from './read-parquet-table.ts';
export type { ColumnRule, DataRules, RowFormat } from './rules.ts';
export { type SplitPaths, type SplitResult, splitFile } from './split-file.ts';
export type { Table } from './table.ts';
export { validateFile } from './validate-file.ts';
export type {
  BadValue,
  BrokenRule,
  ColumnFigures,
  Problem,
  ValidationReport,
} from './validation-report.ts';
