import { invalid, notDone } from '../errors.ts';
import { type Comparison, compare, type Operator, valueAt } from './compare.ts';

type Condition = (value: unknown) => boolean;

const space = /\s*/y;
const selector = /\$(?:\.[\w-]+|\[\d+\]|\['[^']+'\]|\["[^"]+"\])+/y;
const operator = /(?:!=|<=|>=|=|<|>)/y;
const check = /(?:IS\s+(?:NULL|TRUE|FALSE)|NOT\s+EXISTS|EXISTS)(?![\w])/y;
const quoted = /"(?<text>(?:[^"\\]|\\.)*)"/y;
const bare = /[^\s&|(){}"%]+/y;

/** Reads a condition from left to right. */
class Reader {
  readonly #text: string;
  #at = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** What a pattern finds here, behind any spaces; then it is read. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    space.lastIndex = this.#at;
    space.exec(this.#text);
    pattern.lastIndex = space.lastIndex;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  isTaken(text: string): boolean {
    const [first = '', ...rest] = text;
    const escaped = [first, ...rest].map((each) => `\\${each}`).join('');
    return this.take(new RegExp(escaped, 'y')) !== undefined;
  }

  fail(expected: string): never {
    throw invalid(`Invalid filter pattern at ${this.#at + 1}: expected ${expected}`);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }
}

function readValue(reader: Reader): string {
  const text = reader.take(quoted)?.groups?.['text'];
  if (text !== undefined) return text.replaceAll(/\\(.)/g, '$1');
  if (reader.isTaken('%')) throw notDone('regular expressions in filter patterns');
  return reader.take(bare)?.[0] ?? reader.fail('a value');
}

function readCheck(path: string, words: string): Condition {
  const isThere: Condition = (value) => valueAt(value, path) !== undefined;
  switch (words.replaceAll(/\s+/g, ' ')) {
    case 'EXISTS':
      return isThere;
    case 'NOT EXISTS':
      return (value) => !isThere(value);
    case 'IS NULL':
      return (value) => valueAt(value, path) === null;
    default:
      return (value) => valueAt(value, path) === words.endsWith('TRUE');
  }
}

function readComparison(reader: Reader): Condition {
  if (reader.isTaken('(')) {
    const inner = readEither(reader);
    if (!reader.isTaken(')')) reader.fail(')');
    return inner;
  }
  const path = reader.take(selector)?.[0] ?? reader.fail('a selector such as $.level');
  const words = reader.take(check)?.[0];
  if (words !== undefined) return readCheck(path, words);
  const sign = (reader.take(operator)?.[0] ?? reader.fail('=, !=, <, >, <=, >=')) as Operator;
  const comparison: Comparison = compare(sign, readValue(reader));
  return (value) => comparison(valueAt(value, path));
}

/** Reads conditions with a sign between them. */
function readSeries(reader: Reader, sign: string, read: () => Condition): Condition[] {
  const conditions = [read()];
  while (reader.isTaken(sign)) conditions.push(read());
  return conditions;
}

function readBoth(reader: Reader): Condition {
  const conditions = readSeries(reader, '&&', () => readComparison(reader));
  return (value) => conditions.every((condition) => condition(value));
}

function readEither(reader: Reader): Condition {
  const conditions = readSeries(reader, '||', () => readBoth(reader));
  return (value) => conditions.some((condition) => condition(value));
}

/**
 * Returns what a condition on messages of JSON matches; a message that is no JSON it does not.
 *
 * @throws {AwsApiError} InvalidParameterException for a condition that is none
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */
export function parseJsonPattern(pattern: string): (message: string) => boolean {
  const reader = new Reader(pattern);
  const condition = readEither(reader);
  if (!reader.isTaken('}') || !reader.isAtEnd) reader.fail('}');
  return (message) => {
    if (!message.startsWith('{')) return false;
    let value: unknown;
    try {
      value = JSON.parse(message);
    } catch {
      return false;
    }
    return condition(value);
  };
}
