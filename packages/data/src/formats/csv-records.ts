import { UnreadableFileError } from '../errors.ts';

/** Most letters of one row: a file without line breaks must not fill the memory. */
const longestRecord = 1_000_000;

interface Found {
  readonly record: readonly string[];
  /** Where the next record begins. */
  readonly next: number;
}

/**
 * Reads the field in quotes that begins at `from`; two quotes in it are one.
 *
 * @returns undefined while its closing quote has not come
 */
function quotedField(text: string, from: number): { field: string; next: number } | undefined {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    return { field: text.slice(from + 1, at).replaceAll('""', '"'), next: at + 1 };
  }
  return undefined;
}

const fieldEnd = /[,\n]/g;

/** Reads one record that may have quotes. @returns undefined while its end has not come */
function findRecord(text: string, from: number, count: number, isLast: boolean): Found | undefined {
  const record: string[] = [];
  for (let at = from; ; ) {
    let end: number;
    if (text[at] === '"') {
      const found = quotedField(text, at);
      if (found === undefined) {
        if (!isLast) return undefined;
        throw new UnreadableFileError(`The quotes that row ${count} opens are not closed`);
      }
      record.push(found.field);
      end = found.next;
    } else {
      fieldEnd.lastIndex = at;
      end = fieldEnd.exec(text)?.index ?? text.length;
      const isBeforeReturn = text[end] === '\n' && end > at && text[end - 1] === '\r';
      record.push(text.slice(at, isBeforeReturn ? end - 1 : end));
    }
    if (text[end] === '\r' && text[end + 1] === '\n') end += 1;
    if (text[end] === ',') at = end + 1;
    else if (text[end] === '\n') return { record, next: end + 1 };
    else if (end >= text.length) return isLast ? { record, next: text.length } : undefined;
    else if (text[end] === '\r' && end + 1 === text.length && !isLast) return undefined;
    else throw new UnreadableFileError(`Row ${count} goes on behind its closing quotes`);
  }
}

const isEmpty = (record: readonly string[]) => record.length === 1 && record[0] === '';

/**
 * Parses CSV (RFC 4180) as it comes: commas between fields, lines that end with LF or CRLF, and fields in double quotes
 * that may hold all of these, and quotes doubled. Lines that are empty are no records.
 *
 * @returns the records of each chunk; the first is the header
 * @throws {UnreadableFileError} for quotes that are not closed, text behind them, and a record of more than a million letters
 */
export async function* csvRecords(
  chunks: AsyncIterable<string>,
): AsyncGenerator<(readonly string[])[]> {
  let rest = '';
  let count = 0;

  function take(text: string, isLast: boolean): (readonly string[])[] {
    const records: (readonly string[])[] = [];
    let from = 0;
    if (text.includes('"')) {
      while (from < text.length) {
        const found = findRecord(text, from, count, isLast);
        if (found === undefined) break;
        if (!isEmpty(found.record)) {
          records.push(found.record);
          count += 1;
        }
        from = found.next;
      }
    } else {
      // Most tables have no quotes: splitting is ten times as fast as looking at each letter.
      const end = isLast ? text.length : text.lastIndexOf('\n');
      for (const line of end > 0 ? text.slice(0, end).split('\n') : []) {
        const content = line.endsWith('\r') ? line.slice(0, -1) : line;
        if (content !== '') records.push(content.split(','));
      }
      count += records.length;
      from = end + 1;
    }
    rest = text.slice(from);
    if (rest.length > longestRecord) {
      throw new UnreadableFileError(
        `Row ${count} is longer than a million letters: are the lines of the file separated by line feeds?`,
      );
    }
    return records;
  }

  for await (const chunk of chunks) yield take(rest + chunk, false);
  yield take(rest, true);
}
