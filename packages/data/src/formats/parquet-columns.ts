import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { UnreadableFileError } from '../errors.ts';
import { compressors } from './compressors.ts';
import { findColumns } from './find-columns.ts';

/** Some rows of a Parquet file: a list of cells for each column. */
export interface ParquetPiece {
  readonly rows: number;
  /** In the order in which the columns were asked for. */
  readonly columns: readonly ArrayLike<unknown>[];
}

/** Most rows that are read at once. */
const longestPiece = 131_072;

/** Returns the error for a file that hyparquet cannot read. */
export function unreadable(cause: unknown): UnreadableFileError {
  const because = cause instanceof Error ? cause.message : String(cause);
  return new UnreadableFileError(`The file is not Parquet that can be read: ${because}`, { cause });
}

/** A Parquet file, and what its end says of it. */
export interface ParquetInput {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
}

/** @throws {UnreadableFileError} when it is not Parquet */
export async function openParquet(path: string): Promise<ParquetInput> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  return { file, metadata };
}

/** Returns columns as the file spells them. @throws {ColumnsError} when it lacks one or has it twice */
export function presentColumns({ metadata }: ParquetInput, names: readonly string[]): string[] {
  const header = parquetSchema(metadata).children.map(({ element }) => element.name);
  return findColumns(header, names).map((position) => header[position] ?? '');
}

/** Returns rows of some columns, each joined where the file has it in pages. */
async function readPiece(
  { file, metadata }: ParquetInput,
  names: readonly string[],
  rowStart: number,
  rowEnd: number,
): Promise<ParquetPiece> {
  const columns = new Map(
    names.map((name) => [name, new Array<unknown>(rowEnd - rowStart).fill(null)]),
  );
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: [...names],
    rowStart,
    rowEnd,
    onChunk: ({ columnName, columnData, rowStart: first }) => {
      const cells = columns.get(columnName);
      if (cells === undefined) return;
      const to = Math.min(columnData.length, rowEnd - first);
      for (let at = Math.max(0, rowStart - first); at < to; at++) {
        cells[first + at - rowStart] = columnData[at];
      }
    },
  });
  return { rows: rowEnd - rowStart, columns: names.map((name) => columns.get(name) ?? []) };
}

/**
 * Reads some columns of a Parquet file (uncompressed, Snappy, gzip, Zstandard, Brotli), a piece at a time; names are matched without regard to case.
 *
 * @throws {UnreadableFileError} when it is not Parquet, or compressed otherwise
 * @throws {ColumnsError} when it lacks a column or has it twice
 */
export async function* parquetColumns(
  path: string,
  names: readonly string[],
): AsyncGenerator<ParquetPiece> {
  const opened = await openParquet(path);
  const present = presentColumns(opened, names);
  let first = 0;
  for (const group of opened.metadata.row_groups) {
    const end = first + Number(group.num_rows);
    for (; first < end; first = Math.min(end, first + longestPiece)) {
      const last = Math.min(end, first + longestPiece);
      const piece = await readPiece(opened, present, first, last).catch((cause: unknown) => {
        throw unreadable(cause);
      });
      yield piece;
    }
  }
}
