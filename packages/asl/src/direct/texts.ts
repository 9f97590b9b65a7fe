import { declined } from './declined.ts';
import { arrayOf, type DirectFunction, of } from './direct-function.ts';
import { textOf } from './values.ts';

/** JSONata's functions of texts. */
export const textFunctions: Readonly<Record<string, DirectFunction>> = {
  string: of(textOf),
  toMillis: of(millisOf),
  parse: { arities: [1], apply: parsed },
  join: { arities: [1, 2], apply: joined },
  contains: { arities: [2], apply: contains },
  substring: { arities: [2, 3], apply: substring },
};

/** Returns a value as a text; anything else is an error of the caller's, which jsonata words. */
export function textIn(value: unknown): string {
  if (typeof value !== 'string') throw declined;
  return value;
}

/** The timestamps that jsonata takes without a picture. */
const isoTimestamp =
  /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/;

function millisOf(value: unknown): number {
  const timestamp = textIn(value);
  if (!isoTimestamp.test(timestamp)) throw declined;
  return Date.parse(timestamp);
}

/** Reads JSON, as the function that Step Functions adds. */
function parsed(value: unknown): unknown {
  try {
    return JSON.parse(textIn(value));
  } catch {
    throw declined;
  }
}

function joined(texts: unknown, separator: unknown = ''): string | undefined {
  const between = textIn(separator);
  if (texts === undefined) return undefined;
  const items = arrayOf(texts);
  if (!items.every((item) => typeof item === 'string')) throw declined;
  return items.join(between);
}

function contains(text: unknown, token: unknown): boolean {
  const within = textIn(text);
  return token instanceof RegExp ? token.test(within) : within.includes(textIn(token));
}

/** Counts in characters, not in UTF-16 units. */
function substring(text: unknown, start: unknown, length?: unknown): string | undefined {
  if (typeof start !== 'number' || !['number', 'undefined'].includes(typeof length)) throw declined;
  if (text === undefined) return undefined;
  const characters = [...textIn(text)];
  const first = characters.length + start < 0 ? 0 : start;
  if (typeof length !== 'number') return characters.slice(first).join('');
  if (length <= 0) return '';
  const end = first >= 0 ? first + length : characters.length + first + length;
  return characters.slice(first, end).join('');
}
