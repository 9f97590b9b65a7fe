import { parseTimestamp } from './timestamps.ts';

/** Compares what a rule's `Variable` selects with the expected value; `undefined` for a bad pattern. */
export type Comparison = (actual: unknown, expected: unknown) => boolean | undefined;

/** The tests of `IsNull: true` and its like; `IsX: false` is the opposite. */
export const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => parseTimestamp(value) !== undefined,
};

const string = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const boolean = (value: unknown) => (typeof value === 'boolean' ? value : undefined);

/** "If the values are not both of the appropriate type the comparison will return false." */
function both<Value>(
  read: (value: unknown) => Value | undefined,
  holds: (actual: Value, expected: Value) => boolean,
): Comparison {
  return (actual, expected) => {
    const [left, right] = [read(actual), read(expected)];
    return left !== undefined && right !== undefined && holds(left, right);
  };
}

/** Equals, LessThan and so on of one kind of value. Strings compare by UTF-16 code unit, as in Java. */
function ordered<Value>(
  kind: string,
  read: (value: unknown) => Value | undefined,
): [string, Comparison][] {
  return [
    [`${kind}Equals`, both(read, (actual, expected) => actual === expected)],
    [`${kind}LessThan`, both(read, (actual, expected) => actual < expected)],
    [`${kind}GreaterThan`, both(read, (actual, expected) => actual > expected)],
    [`${kind}LessThanEquals`, both(read, (actual, expected) => actual <= expected)],
    [`${kind}GreaterThanEquals`, both(read, (actual, expected) => actual >= expected)],
  ];
}

/** Every comparison operator by its name without `Path` (specification: "Data-test Expression"). */
export const comparisons: Readonly<Record<string, Comparison>> = {
  ...Object.fromEntries([
    ...ordered('String', string),
    ...ordered('Numeric', number),
    ...ordered('Timestamp', parseTimestamp),
  ]),
  BooleanEquals: both(boolean, (actual, expected) => actual === expected),
  StringMatches: (actual, expected) => {
    const pattern = wildcardPattern(String(expected));
    return pattern && typeof actual === 'string' && pattern.test(actual);
  },
};

const patterns = new Map<string, RegExp | undefined>();

/** `*` matches anything, `\*` and `\\` themselves; `undefined` for a backslash before anything else. */
function wildcardPattern(text: string): RegExp | undefined {
  if (patterns.has(text)) return patterns.get(text);
  let open = false;
  const source = text.replace(/\\(.?)|\*|[^\\*]+/gsu, (part, escaped: string | undefined) => {
    if (part === '*') return '.*';
    if (!part.startsWith('\\')) return literal(part);
    if (escaped !== '*' && escaped !== '\\') open = true;
    return literal(escaped ?? '');
  });
  const pattern = open ? undefined : new RegExp(`^${source}$`, 's');
  patterns.set(text, pattern);
  return pattern;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
