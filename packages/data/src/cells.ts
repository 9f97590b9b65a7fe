import type { ColumnRule, RowFormat } from './rules.ts';

/** A problem of a cell. */
export type CellRule = 'missing' | 'number' | 'minimum' | 'maximum' | 'category';

/** Texts that stand for no value in CSV, besides an empty cell: R and Python write them. */
const missingTexts = ['NA', 'NaN'];

const lastDigit = '9'.charCodeAt(0);
const exponent = 'e'.charCodeAt(0);

/** A number as tables have it: decimal, finite. What JavaScript takes besides (`0x10`) is none. */
function numberOf(text: string): number | undefined {
  const value = Number(text);
  // A blank text would be 0.
  if (!Number.isFinite(value) || (value === 0 && text.trim() === '')) return undefined;
  const second = text.charCodeAt(1) | 32;
  return second > lastDigit && second !== exponent ? undefined : value;
}

/** Returns the cell as a number or text, or undefined where there is none. */
function plain(cell: unknown, format: RowFormat): unknown {
  if (cell === null || cell === undefined) return undefined;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'number') return Number.isNaN(cell) ? undefined : cell;
  if (format !== 'csv' || typeof cell !== 'string') return cell;
  const text = cell.trim();
  return text === '' || missingTexts.includes(text) ? undefined : text;
}

function readNumber(cell: unknown, format: RowFormat): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  return format === 'csv' && typeof cell === 'string' ? numberOf(cell) : undefined;
}

function category(categories: readonly (number | string)[], format: RowFormat) {
  const numbers = new Map<unknown, number>(
    categories.map((each, position) => [each, typeof each === 'string' ? position : each]),
  );
  return (cell: unknown): number | CellRule =>
    numbers.get(cell) ?? numbers.get(readNumber(cell, format)) ?? 'category';
}

/**
 * Returns a function that reads a cell as the number that models take (NaN where a value may be missing), or says by name
 * which rule it breaks.
 */
export function cellReader(
  rule: ColumnRule,
  format: RowFormat,
): (cell: unknown) => number | CellRule {
  const { minimum = -Infinity, maximum = Infinity, categories } = rule;
  const missing = rule.missing === true ? Number.NaN : 'missing';
  const readCategory = categories && category(categories, format);
  const within = (number: number) => {
    if (number < minimum) return 'minimum';
    return number > maximum ? 'maximum' : number;
  };
  return (cell) => {
    if (format === 'csv' && readCategory === undefined && typeof cell === 'string') {
      // Nearly all cells: what follows tells what is wrong with the others.
      const number = numberOf(cell);
      if (number !== undefined) return within(number);
    }
    const value = plain(cell, format);
    if (value === undefined) return missing;
    if (readCategory !== undefined) return readCategory(value);
    const number = readNumber(value, format);
    return number === undefined ? 'number' : within(number);
  };
}
