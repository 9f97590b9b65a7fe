import { uncompactCells } from 'h3-js';
import { cellResolution } from '../cell.ts';

/** One line of the hand-written table. */
interface CountryAbundance {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-1 numeric, three digits; empty for Kosovo. */
  readonly numeric: string;
  readonly name: string;
  /** 0 to 3 by position of the label. */
  readonly abundance: readonly number[];
}

/** Reads the table: the animals are the columns after `country,numeric,name`. No quoting, no commas in names. */
export function parseAbundance(csv: string): {
  readonly labels: readonly string[];
  readonly countries: readonly CountryAbundance[];
} {
  const [header = [], ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const countries = rows.map(([country = '', numeric = '', name = '', ...values]) => ({
    country,
    numeric,
    name,
    abundance: values.map(Number),
  }));
  return { labels: header.slice(3), countries };
}

/** A country's land in a cell. */
interface CellCountry {
  readonly cell: string;
  readonly country: string;
  /** Bit `i` is set when part `i` of the cell (see `childIndex`) is mostly this country's; 49 bits. */
  readonly parts: number;
}

const allParts = 2 ** 49 - 1;

/** `37a6e` -> `837a6efffffffff`: the mode digit and the trailing f's are left out in the text. */
const cellOfShort = (short: string): string => `8${short}`.padEnd(15, 'f');

/**
 * Reads the generated text, one line each of two kinds: `KE 37a6e 268f …`, cells that are all Kenya's (a coarser cell
 * stands for all of resolution 3 inside), and `36526 ID,MY,SG 0110…`, one cell with the country of each of its 49 parts by
 * position (`.`: a part that a pentagon does not have).
 */
export function parseCells(text: string): readonly CellCountry[] {
  return text
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const [first = '', ...rest] = line.split(' ');
      if (/^[A-Z]{2}$/.test(first)) {
        const cells = uncompactCells(rest.map(cellOfShort), cellResolution);
        return cells.map((cell) => ({ cell, country: first, parts: allParts }));
      }
      const [countries = '', owners = ''] = rest;
      return countries.split(',').map((country, position) => {
        const isOwn = (index: number): boolean => owners[index] === String(position);
        const parts = Array.from(owners, (_, i) => (isOwn(i) ? 2 ** i : 0)).reduce((a, b) => a + b);
        return { cell: cellOfShort(first), country, parts };
      });
    });
}
