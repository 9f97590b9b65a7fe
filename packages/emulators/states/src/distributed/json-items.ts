import { itemTooLong, longestItem, unreadableItems } from './errors.ts';

function parsed(text: string, index: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadableItems(`Item ${index} is no JSON.`, cause);
  }
}

/**
 * Reads JSON Lines, in groups as they come; lines that are empty are no items.
 *
 * @throws {StatesError} States.ItemReaderFailed for a line that is no JSON, or too long
 */
export async function* jsonLinesItems(chunks: AsyncIterable<string>): AsyncGenerator<unknown[]> {
  let rest = '';
  let index = 0;
  const itemsOf = (lines: readonly string[]): unknown[] =>
    lines.filter((line) => line.trim() !== '').map((line) => parsed(line, index++));
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestItem) throw itemTooLong(index);
    yield itemsOf(lines);
  }
  yield itemsOf([rest]);
}

/**
 * Reads the values of a JSON array, in groups as they come: no more than one of them and a chunk is in memory.
 *
 * @throws {StatesError} States.ItemReaderFailed if it is no array of JSON, or a value is too long
 */
export async function* jsonArrayItems(chunks: AsyncIterable<string>): AsyncGenerator<unknown[]> {
  let place = 'before' as 'before' | 'first' | 'value' | 'after';
  let depth = 0;
  let inText = false;
  let isEscaped = false;
  let value = '';
  let index = 0;
  for await (const chunk of chunks) {
    const items: unknown[] = [];
    let from = 0;
    const end = (to: number): void => {
      value += chunk.slice(from, to);
      items.push(parsed(value, index++));
      value = '';
      from = to + 1;
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk[at] ?? '';
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (character === '\\') isEscaped = true;
        else if (character === '"') inText = false;
        continue;
      }
      if (/\s/.test(character)) continue;
      if (place === 'before' || place === 'after') {
        if (place === 'after' || character !== '[')
          throw unreadableItems('The object of the items is no JSON array.');
        place = 'first';
        from = at + 1;
      } else if (character === ']' && depth === 0) {
        if (place === 'value') end(at);
        place = 'after';
      } else if (character === ',' && depth === 0) end(at);
      else {
        place = 'value';
        if (character === '"') inText = true;
        else if (character === '[' || character === '{') depth += 1;
        else if (character === ']' || character === '}') depth -= 1;
      }
    }
    if (place === 'value' || place === 'first') value += chunk.slice(from);
    if (value.length > longestItem) throw itemTooLong(index);
    if (items.length > 0) yield items;
  }
  if (place !== 'after') throw unreadableItems('The JSON array of the items has no end.');
}
