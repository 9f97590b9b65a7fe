import { isJsonObject } from './json-values.ts';

/** The keys with which jsonata marks its functions, which are objects. */
const marks = new Set(['_jsonata_lambda', '_jsonata_function']);
const marksIn = /_jsonata_(?:lambda|function)/g;

/** A word joiner: JSON writes it as it is, and it shows nowhere. */
const joiner = '\u2060';
const disguisedIn = new RegExp(`(${marksIn.source})${joiner}`, 'g');

/** Values that have none: most are read by many expressions, and no value ever changes. */
const clean = new WeakSet<object>();

/** Tells whether a value has an object that jsonata would take for a function. */
export function hasMarks(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || clean.has(value)) return false;
  if (findMarks(value)) return true;
  clean.add(value);
  return false;
}

function findMarks(value: object): boolean {
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === 'object' && item !== null && findMarks(item)) return true;
    return false;
  }
  for (const key in value) {
    // An underscore comes first: a look at one letter is enough for nearly all names.
    if (key.charCodeAt(0) === 95 && marks.has(key)) return true;
    const item: unknown = (value as Record<string, unknown>)[key];
    if (typeof item === 'object' && item !== null && findMarks(item)) return true;
  }
  return false;
}

/** Returns a copy in which no object is a function to jsonata: marks in keys and texts have one more character. */
export function disguise(value: unknown): unknown {
  return mapTexts(value, (text) => text.replace(marksIn, `$&${joiner}`));
}

/** Returns the value that `disguise` was given. */
export function reveal(value: unknown): unknown {
  return mapTexts(value, (text) => text.replace(disguisedIn, '$1'));
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]),
  );
}
