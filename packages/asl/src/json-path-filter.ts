import { jsonEqual } from './json-values.ts';
import { type PathQuery, type PathReader, pathError, take, unquote } from './path-reader.ts';

/** Whether a value passes; `root` is what the whole path starts from. */
export type Filter = (root: unknown, value: unknown) => boolean;

/** Reads the steps of a path inside a filter. */
type ReadQuery = (reader: PathReader) => PathQuery;

type Operand = (root: unknown, value: unknown) => unknown;

/**
 * Reads a filter up to and with its closing parenthesis: `@.a > 1 && !(@.b == $.c || @.d in ['x', 'y'])`. A path alone asks
 * whether there is such a value.
 *
 * @throws {PathSyntaxError} also for Jayway's other operators, such as `=~`
 */
export function readFilter(reader: PathReader, readQuery: ReadQuery): Filter {
  const filter = readAny(reader, readQuery);
  close(reader);
  return filter;
}

function close(reader: PathReader): void {
  if (!token(reader, /\s*\)/y)) throw pathError(reader, '")", "&&", "||" or a comparison');
}

function readAny(reader: PathReader, readQuery: ReadQuery): Filter {
  const filters = [readAll(reader, readQuery)];
  while (token(reader, /\s*\|\|/y)) filters.push(readAll(reader, readQuery));
  return (root, value) => filters.some((filter) => filter(root, value));
}

function readAll(reader: PathReader, readQuery: ReadQuery): Filter {
  const filters = [readOne(reader, readQuery)];
  while (token(reader, /\s*&&/y)) filters.push(readOne(reader, readQuery));
  return (root, value) => filters.every((filter) => filter(root, value));
}

function readOne(reader: PathReader, readQuery: ReadQuery): Filter {
  if (token(reader, /\s*!(?!=)/y)) {
    const inner = readOne(reader, readQuery);
    return (root, value) => !inner(root, value);
  }
  if (token(reader, /\s*\(/y)) return readFilter(reader, readQuery);
  const left = readOperand(reader, readQuery);
  const operator = take(reader, /\s*(?:==|!=|<=|>=|<|>|n?in\b)/iy)
    ?.trim()
    .toLowerCase();
  if (operator === undefined) return (root, value) => left(root, value) !== undefined;
  const right = readOperand(reader, readQuery);
  const compare = comparisons[operator];
  if (!compare) throw pathError(reader, 'a comparison');
  return (root, value) => compare(left(root, value), right(root, value));
}

const ordered =
  (holds: (left: number | string, right: number | string) => boolean) =>
  (left: unknown, right: unknown): boolean =>
    ((typeof left === 'number' && typeof right === 'number') ||
      (typeof left === 'string' && typeof right === 'string')) &&
    holds(left, right);

const isIn = (left: unknown, right: unknown): boolean =>
  Array.isArray(right) && right.some((item) => jsonEqual(item, left));

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': jsonEqual,
  '!=': (left, right) => !jsonEqual(left, right),
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
  in: isIn,
  nin: (left, right) => !isIn(left, right),
};

function readOperand(reader: PathReader, readQuery: ReadQuery): Operand {
  take(reader, /\s+/y);
  const start = take(reader, /[@$]/y);
  if (start !== undefined) {
    const query = readQuery(reader);
    return (root, value) => query(root, start === '@' ? value : root);
  }
  const constant = readConstant(reader);
  return () => constant;
}

function readConstant(reader: PathReader): unknown {
  const quoted = take(reader, /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/suy);
  if (quoted !== undefined) return unquote(quoted);
  const plain = take(reader, /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|(?:true|false|null)\b/y);
  if (plain !== undefined) return JSON.parse(plain.replace(/^(-?)0+(?=\d)/, '$1'));
  if (!take(reader, /\[/y)) throw pathError(reader, 'a path, a text, a number or a list');
  const items: unknown[] = [];
  if (token(reader, /\s*\]/y)) return items;
  do {
    take(reader, /\s+/y);
    items.push(readConstant(reader));
  } while (token(reader, /\s*,/y));
  if (!token(reader, /\s*\]/y)) throw pathError(reader, '"," or "]"');
  return items;
}

function token(reader: PathReader, pattern: RegExp): boolean {
  return take(reader, pattern) !== undefined;
}
