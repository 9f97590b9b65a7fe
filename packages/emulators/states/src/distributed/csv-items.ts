import { csvRecords } from './csv-records.ts';
import { unreadableItems } from './errors.ts';

/** The delimiters by their names in `CSVDelimiter`. */
export const csvDelimiters = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
} as const;

export interface CsvOptions {
  /** @default 'COMMA' */
  readonly delimiter?: keyof typeof csvDelimiters;
  /** Names of the fields. @default those in the first record */
  readonly headers?: readonly string[];
}

/** Most bytes of the names of all fields. */
const longestHeaders = 10_240;

function checkHeaders(headers: readonly string[]): readonly string[] {
  if (headers.length === 0) throw unreadableItems('The CSV names no field.');
  const bytes = headers.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  if (bytes > longestHeaders)
    throw unreadableItems(
      `The CSV's headers are ${bytes} bytes; at most ${longestHeaders} are allowed.`,
    );
  const twice = headers.find((each, index) => headers.indexOf(each) !== index);
  if (twice !== undefined)
    throw unreadableItems(`The CSV's headers have ${JSON.stringify(twice)} twice.`);
  return headers;
}

/** Fields that a record does not have are empty, and those it has no names for are skipped. */
const itemOf = (headers: readonly string[], record: readonly string[]): Record<string, string> =>
  Object.fromEntries(headers.map((name, index) => [name, record[index] ?? '']));

/**
 * Reads the records of a CSV as objects of texts, in groups as they come.
 *
 * @throws {StatesError} States.ItemReaderFailed if it cannot be read, or its headers are too long or not all different
 */
export async function* csvItems(
  chunks: AsyncIterable<string>,
  { delimiter = 'COMMA', headers: given }: CsvOptions = {},
): AsyncGenerator<Record<string, string>[]> {
  let headers = given && checkHeaders(given);
  for await (const records of csvRecords(chunks, csvDelimiters[delimiter])) {
    const rest = headers === undefined ? records.slice(1) : records;
    headers ??= checkHeaders(records[0] ?? []);
    const names = headers;
    yield rest.map((record) => itemOf(names, record));
  }
}
