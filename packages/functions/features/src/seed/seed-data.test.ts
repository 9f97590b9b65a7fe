import { cellToChildrenSize, getResolution, isValidCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { dataVersion } from '../data-version.ts';
import { abundanceCsv } from './abundance.ts';
import { cellsText } from './cells.ts';
import { parseAbundance, parseCells } from './parse-seed.ts';
import { versionOfSeed } from './version-of-seed.ts';

const { labels, countries } = parseAbundance(abundanceCsv);
const cells = parseCells(cellsText);
const of = (country: string, label: string) =>
  countries.find((one) => one.country === country)?.abundance[labels.indexOf(label)];

it('the data version is that of the data; after a change put this one into data-version.ts', () => {
  expect(dataVersion).toBe(versionOfSeed([cellsText, abundanceCsv]));
});

describe('the table of animals', () => {
  it('has the ten animals, and 0 to 3 for each in every country', () => {
    expect(labels).toEqual('bird cat dog horse sheep cow elephant bear zebra giraffe'.split(' '));
    expect(countries).toHaveLength(250);
    expect(new Set(countries.map(({ country }) => country)).size).toBe(250);
    for (const { country, name, abundance } of countries) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(name).not.toBe('');
      expect(abundance).toHaveLength(labels.length);
      expect(abundance.every((value) => [0, 1, 2, 3].includes(value))).toBe(true);
    }
  });

  it.each([
    ['KE', 'giraffe', 3],
    ['DE', 'zebra', 0],
    ['RU', 'bear', 3],
    ['AU', 'bear', 0],
    ['LK', 'elephant', 3],
    ['GL', 'bear', 2],
    ['MG', 'elephant', 0],
    ['NZ', 'sheep', 3],
    ['AQ', 'dog', 0],
  ])('knows of %s and the %s', (country, label, abundance) => {
    expect(of(country, label)).toBe(abundance);
  });
});

describe('the cells', () => {
  it('are of resolution 3, each with a country once', () => {
    expect(cells.every(({ cell }) => isValidCell(cell) && getResolution(cell) === 3)).toBe(true);
    expect(new Set(cells.map(({ cell, country }) => cell + country)).size).toBe(cells.length);
  });

  it('have land of every country in the table, and of no other', () => {
    const inCells = new Set(cells.map(({ country }) => country));
    expect([...inCells].toSorted()).toEqual(countries.map(({ country }) => country));
  });

  it('give each part to one country', () => {
    const owned = new Map<string, number>();
    for (const { cell, parts } of cells) owned.set(cell, (owned.get(cell) ?? 0) + parts);
    const all = 2 ** 49 - 1;
    // Sums of disjoint bits; a pentagon lacks some.
    const odd = [...owned].filter(([, parts]) => parts !== all);
    expect(odd.every(([cell]) => cellToChildrenSize(cell, 5) === 41)).toBe(true);
  });
});
