/** How messages name values, shapes and places: short, so that no payload ends up in a log. */

import type { Column } from './types.ts';

const longestText = 40;

/** A value as a message shows it: text is cut, arrays and objects are only named. */
export function showValue(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (typeof value === 'string') {
    return value.length > longestText
      ? `${JSON.stringify(value.slice(0, longestText))}…`
      : JSON.stringify(value);
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'an array' : 'an object';
  }
  return String(value);
}

/** A shape as a message shows it: `[-1,13]`. */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}

/** Quoted names in a row: `"a", "b"`. */
export function showNames(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => JSON.stringify(name)).join(', ');
}

/**
 * Returns the place of the element at a flat row-major index: `row 3, column "rm"` in a table, `element [0,2,1]` in
 * any other tensor. Counted from 0, as in the request's own arrays.
 */
export function locate(
  index: number,
  shape: readonly number[],
  columns?: readonly Column[],
): string {
  const position: number[] = [];
  let rest = index;
  for (const size of shape.toReversed()) {
    position.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  const [row, column] = position;
  if (shape.length !== 2 || row === undefined || column === undefined) {
    return `element ${showShape(position)}`;
  }
  const name = columns?.[column]?.name;
  return `row ${row}, column ${name === undefined ? column : JSON.stringify(name)}`;
}
