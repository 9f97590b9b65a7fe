import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../test-cloud.ts';

/** The lines of the data that the models were trained on first, the header before them. */
const [header = '', ...known] = readFileSync(
  join(root, 'packages/training/data/boston.csv'),
  'utf8',
)
  .trim()
  .split(/\r?\n/);

const columns: readonly string[] = header.split(',');

/** Numbers in [0, 1), the same ones for a seed: mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns rows like the known ones, of a district that is new: its taxes are higher, and its houses cost twice as much. */
function newDistrict(rows: number, seed: number): readonly string[] {
  const random = generator(seed);
  return Array.from({ length: rows }, () => {
    const like = (known[Math.floor(random() * known.length)] ?? '').split(',').map(Number);
    return columns
      .map((name, position) => {
        const value = like[position] ?? 0;
        if (name.toLowerCase() === 'tax') return 900 + Math.round(random() * 50);
        if (name.toLowerCase() === 'medv') return (2 * value + random()).toFixed(2);
        return name.toLowerCase() === 'rm' ? (value + random() / 10).toFixed(3) : value;
      })
      .join(',');
  });
}

const fileOf = (lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;

/** A file with 20 % more rows: those of a new district, of which a new version knows more. @param times of the known rows */
export const moreHouses = (seed = 1, times = 0.2): string =>
  fileOf([...known, ...newDistrict(Math.round(known.length * times), seed)]);

/** A file of few of the known rows, from which less can be learned. */
export const fewHouses = (): string => fileOf(known.filter((_, row) => row % 4 === 0));

/** A file of the known rows, changed cell by cell. */
export const changed = (
  change: (cell: string, column: string, row: number) => string,
  rows: number = known.length,
): string =>
  fileOf(
    known.slice(0, rows).map((line, row) =>
      line
        .split(',')
        .map((cell, position) => change(cell, (columns[position] ?? '').toLowerCase(), row))
        .join(','),
    ),
  );

/** The known rows without a column. */
export function without(column: string): string {
  const position = columns.findIndex((name) => name.toLowerCase() === column);
  return [header, ...known]
    .map((line) => line.split(',').toSpliced(position, 1).join(','))
    .join('\n');
}
