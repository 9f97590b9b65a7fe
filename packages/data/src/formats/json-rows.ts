import { UnreadableFileError } from '../errors.ts';
import { findColumns } from './find-columns.ts';
import type { BadRow, RawRow, RawRows } from './raw-row.ts';
import { textChunks } from './text-chunks.ts';

/** Most letters of one line. */
const longestLine = 1_000_000;

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a function that reads cells by the names that a row's object has for them. */
function reader(names: readonly string[]): (row: Readonly<Record<string, unknown>>) => RawRow {
  const known = new Map(names.map((name, position) => [name.trim().toLowerCase(), position]));
  const positions = new Map<string, number | undefined>();
  return (row) => {
    const cells = new Array<unknown>(names.length).fill(null);
    for (const key of Object.keys(row)) {
      if (!positions.has(key)) positions.set(key, known.get(key.trim().toLowerCase()));
      const position = positions.get(key);
      if (position !== undefined) cells[position] = row[key];
    }
    return cells;
  };
}

/**
 * Reads the named fields of JSON Lines, an object each; others are left alone, and those that a row lacks are null. The
 * first row must have all of them, though null if it likes: a field that no row has is a mistake in its name.
 *
 * @throws {UnreadableFileError} when it is not text, or a line is longer than a million letters
 * @throws {ColumnsError} when the first row lacks a field or has it twice
 */
export async function* jsonRows(path: string, names: readonly string[]): RawRows {
  const read = reader(names);
  let rest = '';
  let isFirst = true;

  function take(line: string): RawRow | BadRow {
    const row = parseObject(line);
    if (row === undefined) return { message: 'is no JSON object', value: line.slice(0, 80) };
    if (isFirst) findColumns(Object.keys(row), names);
    isFirst = false;
    return read(row);
  }

  const takeAll = (lines: readonly string[]) =>
    lines.filter((line) => line.trim() !== '').map(take);

  for await (const chunk of textChunks(path)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) {
      throw new UnreadableFileError('A line is longer than a million letters: is it JSON Lines?');
    }
    yield takeAll(lines);
  }
  yield takeAll([rest]);
  if (isFirst) throw new UnreadableFileError('The file has no JSON object in a line');
}
