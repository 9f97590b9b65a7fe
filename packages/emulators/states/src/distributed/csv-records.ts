import { itemTooLong, longestItem, unreadableItems } from './errors.ts';

/** Where the parser is: before a field's first character, in a field, in quotes, or behind a quote that may close them. */
type Place = 'start' | 'plain' | 'quoted' | 'closing';

/**
 * Parses delimited text as it comes, by Step Functions' rules: newlines end records; a field in double quotes may hold them and
 * the delimiter, and a quote doubled; a backslash stands before a backslash, a quote or the delimiter, and is dropped before
 * anything else. Lines that are empty are no records.
 *
 * @returns the records of each chunk
 * @throws {StatesError} States.ItemReaderFailed for quotes that are not closed, and a record that is too long
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html
 */
export async function* csvRecords(
  chunks: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string[][]> {
  let place = 'start' as Place;
  let isEscaped = false;
  let field = '';
  let record: string[] = [];
  let length = 0;
  let count = 0;
  let wasReturn = false;
  let records: string[][] = [];

  function add(text: string): void {
    field += text;
    length += text.length;
    if (length > longestItem) throw itemTooLong(count);
  }

  function endField(): void {
    record.push(field);
    field = '';
    place = 'start';
  }

  function endRecord(): void {
    // Of an empty line, not even a quoted field has begun.
    if (record.length > 0 || place !== 'start') {
      endField();
      records.push(record);
      count += 1;
    }
    record = [];
    length = 0;
    place = 'start';
  }

  function addInQuotes(character: string): void {
    if (character === '"') place = 'closing';
    else add(character);
  }

  function addQuote(): void {
    // A quote within a field that has none around it stands for itself; one behind a quote is doubled.
    if (place !== 'start') add('"');
    if (place !== 'plain') place = 'quoted';
  }

  function addSpecial(character: string): void {
    const isLineFeed = character === '\n' && wasReturn;
    wasReturn = false;
    if (isEscaped && (character === '\\' || character === '"' || character === delimiter)) {
      isEscaped = false;
      add(character);
      if (place === 'start') place = 'plain';
      return;
    }
    isEscaped = character === '\\';
    if (isEscaped) {
      if (place === 'start') place = 'plain';
    } else if (place === 'quoted') addInQuotes(character);
    else if (character === '"') addQuote();
    else if (character === delimiter) {
      endField();
    } else if (!isLineFeed) {
      endRecord();
      wasReturn = character === '\r';
    }
  }

  const special = new RegExp(`[\\\\"\\r\\n${delimiter === '|' ? '\\|' : delimiter}]`, 'g');
  for await (const chunk of chunks) {
    records = [];
    let from = 0;
    special.lastIndex = 0;
    for (let found = special.exec(chunk); ; found = special.exec(chunk)) {
      const to = found?.index ?? chunk.length;
      if (to > from) {
        isEscaped = false;
        wasReturn = false;
        if (place === 'start' || place === 'closing') place = 'plain';
        add(chunk.slice(from, to));
      }
      if (found === null) break;
      addSpecial(found[0]);
      from = to + 1;
    }
    if (records.length > 0) yield records;
  }
  if (place === 'quoted')
    throw unreadableItems(`The quotes that record ${count + 1} opens are not closed.`);
  records = [];
  endRecord();
  if (records.length > 0) yield records;
}
