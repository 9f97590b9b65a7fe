import { PathSyntaxError } from './errors.ts';

/** Path text, and how far it has been read. */
export interface PathReader {
  readonly text: string;
  at: number;
}

/** Selects a path's value: one value, `undefined` when it is not there, or an array of values. */
export type PathQuery = (root: unknown, current: unknown) => unknown;

/** Text at the reader that a sticky pattern matches; the reader moves behind it. */
export function take(reader: PathReader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

/** Returns the error of a path that ought to go on with `expected` where the reader is. */
export function pathError(reader: PathReader, expected: string): PathSyntaxError {
  return new PathSyntaxError(
    `"${reader.text}" is not a valid path: expected ${expected} at ${reader.at}.`,
  );
}

/** A quoted name. A backslash escapes its own quote and itself, nothing else: AWS keeps the one of `'\"'`. */
export function unquote(quoted: string): string {
  const mark = quoted[0] ?? '';
  return quoted
    .slice(1, -1)
    .replace(/\\(.)/gsu, (found, escaped: string) =>
      escaped === mark || escaped === '\\' ? escaped : found,
    );
}
