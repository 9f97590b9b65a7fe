import { UnreadableFileError } from '../errors.ts';
import { csvRecords } from './csv-records.ts';
import { findColumns } from './find-columns.ts';
import type { BadRow, RawRow, RawRows } from './raw-row.ts';
import { textChunks } from './text-chunks.ts';

/** Spreadsheets of many countries write semicolons: the whole header is one name then. */
function refuseOtherSeparators(header: readonly string[]): void {
  const [name = ''] = header;
  if (header.length === 1 && /[;\t|]/.test(name)) {
    throw new UnreadableFileError(
      `The columns are not separated by commas: save the file with them. Its header is ${name.slice(0, 80)}`,
    );
  }
}

/**
 * Reads the named columns of a CSV file; its other columns are left alone. Cells are texts.
 *
 * @throws {UnreadableFileError} when it is not CSV
 * @throws {ColumnsError} when its header lacks a column or has it twice
 */
export async function* csvRows(path: string, names: readonly string[]): RawRows {
  let columns: { readonly count: number; readonly positions: readonly number[] } | undefined;
  for await (const records of csvRecords(textChunks(path))) {
    const header = columns === undefined ? records[0] : undefined;
    if (header !== undefined) {
      refuseOtherSeparators(header);
      columns = { count: header.length, positions: findColumns(header, names) };
    }
    if (columns === undefined) continue;
    const { count, positions } = columns;
    yield (header === undefined ? records : records.slice(1)).map((record): RawRow | BadRow =>
      record.length === count
        ? positions.map((position) => record[position])
        : {
            message: `has another number of cells than the header, which has ${count}`,
            value: record.join(',').slice(0, 80),
          },
    );
  }
  if (columns === undefined) throw new UnreadableFileError('The file is empty: it has no header');
}
