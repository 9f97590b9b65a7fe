import { ColumnsError, DataError, type RowFormat, readRows } from '@chorus/data';
import { CliError } from '../errors.ts';
import type { Truth } from './answers-of.ts';
import { formatOf } from './row-format.ts';

/**
 * Reads a file of truths: the columns `id` and `truth`, and `row` where requests had several rows.
 *
 * @throws {UsageError} if the file is of no known format
 * @throws {CliError} if it cannot be read, lacks a column, or a row has no id
 */
export async function* readTruths(path: string): AsyncGenerator<Truth> {
  const format = formatOf(path);
  try {
    yield* truthsIn(path, format, await hasRows(path, format));
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new CliError(`${path}: ${cause.message}`, { cause });
  }
}

/** Tells whether the file says which row of a request is meant. */
async function hasRows(path: string, format: RowFormat): Promise<boolean> {
  try {
    await readRows(path, format, ['id', 'truth', 'row']).next();
    return true;
  } catch (error) {
    if (error instanceof ColumnsError) return false;
    throw error;
  }
}

async function* truthsIn(path: string, format: RowFormat, withRow: boolean): AsyncGenerator<Truth> {
  let line = 0;
  for await (const piece of readRows(path, format, ['id', 'truth', ...(withRow ? ['row'] : [])])) {
    for (const cells of piece) {
      line += 1;
      if ('message' in cells) throw new CliError(`${path}, row ${line}: ${cells.message}`);
      const [id, truth, row = 0] = cells;
      const number = row === null || row === '' ? 0 : Number(row);
      if (typeof id !== 'string' || id === '')
        throw new CliError(`${path}, row ${line}: id must be that of a request, got ${String(id)}`);
      if (!Number.isInteger(number) || number < 0)
        throw new CliError(
          `${path}, row ${line}: row must be a whole number from 0 up, got ${String(row)}`,
        );
      yield { id, row: number, truth };
    }
  }
}
