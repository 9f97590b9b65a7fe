import { readFilter } from './json-path-filter.ts';
import { isJsonObject } from './json-values.ts';
import { type PathQuery, type PathReader, pathError, take, unquote } from './path-reader.ts';
import { ownField } from './query.ts';

/** One step: what it selects of one value. */
interface Step {
  /** Whether it selects at most one value. */
  readonly definite: boolean;
  readonly deep: boolean;
  select(value: unknown, root: unknown, last: boolean): readonly unknown[];
}

/**
 * Reads the steps of a path behind its `$` or `@`, as far as they go: fields, indexes, slices, unions, `*`, `..`, filters
 * and a final `.length()`, as Jayway's JsonPath has them, which AWS uses. Nothing of a path is ever run as code.
 *
 * @throws {PathSyntaxError}
 */
export function readQuery(reader: PathReader): PathQuery {
  const steps: Step[] = [];
  for (;;) {
    if (take(reader, /\.length\(\)/y)) return measured(runSteps(steps));
    const step = readStep(reader);
    if (!step) return runSteps(steps);
    steps.push(step);
  }
}

function runSteps(steps: readonly Step[]): PathQuery {
  const definite = steps.every((step) => step.definite && !step.deep);
  return (root, current) => {
    let values: readonly unknown[] = [current];
    steps.forEach((step, index) => {
      const last = index === steps.length - 1;
      const from = step.deep ? values.flatMap(descendants) : values;
      values = from.flatMap((value) => step.select(value, root, last));
    });
    return definite ? values[0] : values;
  };
}

function measured(query: PathQuery): PathQuery {
  return (root, current) => {
    const value = query(root, current);
    if (Array.isArray(value)) return value.length;
    return isJsonObject(value) ? Object.keys(value).length : undefined;
  };
}

function descendants(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return [value, ...Object.values(value).flatMap(descendants)];
}

const name = /(?:\\.|[^\\.[\]*?@(),:'"\s<>=!&|])+/suy;

function readStep(reader: PathReader): Step | undefined {
  const deep = take(reader, /\.\./y) !== undefined;
  const dot = deep || take(reader, /\./y) !== undefined;
  if (take(reader, /\[/y)) return { deep, ...readBrackets(reader) };
  if (!dot) return undefined;
  if (take(reader, /\*/y)) return { deep, definite: false, select: everything };
  const field = take(reader, name);
  if (field === undefined) throw pathError(reader, 'a field, "*" or "["');
  return { deep, ...fields([field.replace(/\\(.)/gsu, '$1')]) };
}

type Selector = Omit<Step, 'deep'>;

function readBrackets(reader: PathReader): Selector {
  const selector = readSelector(reader);
  skipSpace(reader);
  if (!take(reader, /\]/y)) throw pathError(reader, '"]"');
  return selector;
}

function readSelector(reader: PathReader): Selector {
  skipSpace(reader);
  if (take(reader, /\*/y)) return { definite: false, select: everything };
  if (take(reader, /\?\s*\(/y)) return readFiltered(reader);
  const slice = take(reader, /-?\d*\s*:\s*-?\d*/y);
  if (slice !== undefined) return sliceOf(slice);
  if (/['"]/.test(reader.text[reader.at] ?? '')) return fields(readList(reader, readQuoted));
  return elements(readList(reader, readIndex));
}

function readList<Item>(reader: PathReader, read: (reader: PathReader) => Item): Item[] {
  const items: Item[] = [];
  do {
    skipSpace(reader);
    items.push(read(reader));
    skipSpace(reader);
  } while (take(reader, /,/y));
  return items;
}

function readQuoted(reader: PathReader): string {
  const quoted = take(reader, /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/suy);
  if (quoted === undefined) throw pathError(reader, 'a quoted name');
  return unquote(quoted);
}

function readIndex(reader: PathReader): number {
  const index = take(reader, /-?\d+/y);
  if (index === undefined) throw pathError(reader, 'a name, an index, "*" or a filter');
  return Number(index);
}

function readFiltered(reader: PathReader): Selector {
  const test = readFilter(reader, readQuery);
  return {
    definite: false,
    // Of an array it keeps items, of an object the object itself.
    select: (value, root) =>
      (Array.isArray(value) ? value : isJsonObject(value) ? [value] : []).filter((item) =>
        test(root, item),
      ),
  };
}

function everything(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** Several names at the end of a path make one object of the fields that are there. */
function fields(names: readonly string[]): Selector {
  return {
    definite: true,
    select(value, _root, last) {
      if (!isJsonObject(value)) return [];
      const found = names.filter((field) => Object.hasOwn(value, field));
      if (names.length === 1 || !last) return found.map((field) => value[field]);
      return [Object.fromEntries(found.map((field) => [field, ownField(value, field)]))];
    },
  };
}

function elements(indexes: readonly number[]): Selector {
  return {
    definite: indexes.length === 1,
    select: (value) =>
      Array.isArray(value)
        ? indexes.map((index) => value.at(index)).filter((item) => item !== undefined)
        : [],
  };
}

function sliceOf(text: string): Selector {
  const [from, to] = text.split(':').map((bound) => bound.trim());
  return {
    definite: false,
    select: (value) =>
      Array.isArray(value)
        ? value.slice(from ? Number(from) : undefined, to ? Number(to) : undefined)
        : [],
  };
}

function skipSpace(reader: PathReader): void {
  take(reader, /\s+/y);
}
