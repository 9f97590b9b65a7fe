import { parquetRead } from 'hyparquet';
import { RowError } from './errors.ts';
import { compressors } from './formats/compressors.ts';
import {
  openParquet,
  type ParquetInput,
  presentColumns,
  unreadable,
} from './formats/parquet-columns.ts';
import type { Table } from './table.ts';

/** The rows of a Parquet file of numbers, for a trainer to read as often as it needs. */
export interface ParquetRows {
  readonly columns: readonly string[];
  readonly rows: number;
  /**
   * Returns the rows in their order, some at a time.
   *
   * @throws {RowError} naming the first cell that is no number
   */
  readonly read: () => AsyncIterable<Table>;
}

/** Most rows that are in memory at once: with 14 columns 7 MB of numbers. */
const longestPiece = 65_536;

/**
 * Opens a Parquet file of numbers, such as `splitFile` writes, that need not fit into memory; a value that is missing
 * becomes NaN.
 *
 * @throws {UnreadableFileError} when it is not Parquet
 * @throws {ColumnsError} when it lacks a column or has it twice
 */
export async function parquetRows(
  path: string,
  columns: readonly string[],
  target: string,
): Promise<ParquetRows> {
  const input = await openParquet(path);
  const names = presentColumns(input, [...columns, target]);
  return {
    columns,
    rows: Number(input.metadata.num_rows),
    read: async function* () {
      let first = 0;
      for (const group of input.metadata.row_groups) {
        const end = first + Number(group.num_rows);
        while (first < end) {
          const last = Math.min(end, first + longestPiece);
          yield await readTable(input, { columns, names, first, last });
          first = last;
        }
      }
    },
  };
}

interface PieceOfRows {
  readonly columns: readonly string[];
  /** As the file spells them, the target last. */
  readonly names: readonly string[];
  readonly first: number;
  readonly last: number;
}

async function readTable(
  { file, metadata }: ParquetInput,
  { columns, names, first, last }: PieceOfRows,
): Promise<Table> {
  const width = columns.length;
  const features = new Float64Array((last - first) * width).fill(Number.NaN);
  const target = new Float64Array(last - first).fill(Number.NaN);
  const places = new Map(names.map((name, position) => [name, position]));
  let wrong: RowError | undefined;
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: [...names],
    rowStart: first,
    rowEnd: last,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const position = places.get(columnName) ?? width;
      const [into, step, offset] = position < width ? [features, width, position] : [target, 1, 0];
      const to = Math.min(columnData.length, last - rowStart);
      for (let at = Math.max(0, first - rowStart); at < to; at++) {
        const cell: unknown = columnData[at];
        const row = rowStart + at;
        if (typeof cell === 'number') into[(row - first) * step + offset] = cell;
        else if (typeof cell === 'bigint') into[(row - first) * step + offset] = Number(cell);
        else if (cell !== null && cell !== undefined) {
          wrong ??= new RowError(
            `Row ${row + 1}: '${columnName}' must be a number, not ${String(cell)}`,
          );
        }
      }
    },
  }).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if (wrong !== undefined) throw wrong;
  return { columns, features, target };
}
