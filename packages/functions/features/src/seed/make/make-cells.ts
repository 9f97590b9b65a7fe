/**
 * Makes `cells.ts`, at development time: `pnpm run cells <countries-10m.json>` (see the README).
 *
 * A cell with one country is sampled at the centres of its 49 children of resolution 5 (17 km apart). One with several
 * is sampled anew at resolution 7 (2.4 km), so that each child gets the country that has most of it; a child at sea gets
 * that of the nearest child on land. Coasts and islands too small for any sample are found by their corners.
 */

import { writeFileSync } from 'node:fs';
import {
  cellToChildren,
  cellToLatLng,
  cellToParent,
  compactCells,
  getRes0Cells,
  greatCircleDistance,
  latLngToCell,
  UNITS,
} from 'h3-js';
import { cellResolution, childIndex, partResolution } from '../../cell.ts';
import { abundanceCsv } from '../abundance.ts';
import { parseAbundance } from '../parse-seed.ts';
import { createCountryAt, readAreas } from './natural-earth.ts';

const sampleResolution = 7;

type Counts = Map<string, number>;

const add = (counts: Counts, country: string, count = 1): void => {
  counts.set(country, (counts.get(country) ?? 0) + count);
};

/** The country with most samples; of two with as many, the first by code. */
const most = (counts: Counts): string | undefined =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: make-cells.ts <countries-10m.json>');

const { countries } = parseAbundance(abundanceCsv);
const codes = new Map(countries.map(({ country, numeric }) => [numeric, country]));
const areas = readAreas(file, codes);
const countryAt = createCountryAt(areas);
const countryOfCentre = (cell: string): string | undefined => {
  const [latitude, longitude] = cellToLatLng(cell);
  return countryAt(longitude, latitude);
};

// Which countries have land in which cell.
const found = new Map<string, Set<string>>();
const note = (cell: string, country: string | undefined): void => {
  if (country !== undefined) found.set(cell, (found.get(cell) ?? new Set()).add(country));
};
for (const cell of getRes0Cells().flatMap((base) => cellToChildren(base, cellResolution))) {
  for (const child of cellToChildren(cell, partResolution)) note(cell, countryOfCentre(child));
}
const corners = new Map<string, Counts>();
for (const { country, rings } of areas) {
  for (const [longitude, latitude] of rings.flat()) {
    // The pole is where Antarctica's ring was closed, not a coast.
    if (latitude === -90) continue;
    const child = latLngToCell(latitude, longitude, partResolution);
    note(cellToParent(child, cellResolution), country);
    const counts = corners.get(child) ?? new Map();
    add(counts, country);
    corners.set(child, counts);
  }
}

/**
 * Returns, for each child of a cell with several countries, in order, the position of its country; `.` where none is.
 */
function partsOf(cell: string, names: readonly string[]): string {
  const owners = new Map<string, string>();
  const children = cellToChildren(cell, partResolution);
  for (const child of children) {
    const counts: Counts = new Map();
    for (const sample of cellToChildren(child, sampleResolution)) {
      const country = countryOfCentre(sample);
      if (country !== undefined) add(counts, country);
    }
    const owner = most(counts) ?? most(corners.get(child) ?? new Map());
    if (owner !== undefined) owners.set(child, owner);
  }
  const parts = Array.from({ length: 49 }, () => '.');
  for (const child of children) {
    const here = cellToLatLng(child);
    const [nearest] = [...owners.keys()]
      .map((other) => ({
        other,
        km: other === child ? 0 : greatCircleDistance(here, cellToLatLng(other), UNITS.km),
      }))
      .sort((a, b) => a.km - b.km);
    const owner = nearest && owners.get(nearest.other);
    if (owner !== undefined) parts[childIndex(child)] = String(names.indexOf(owner));
  }
  return parts.join('');
}

const short = (cell: string): string => cell.slice(1).replace(/f+$/, '');
const whole = new Map<string, string[]>();
const mixed: string[] = [];
for (const [cell, names] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const sorted = [...names].sort();
  const [only] = sorted;
  if (sorted.length === 1 && only !== undefined)
    whole.set(only, [...(whole.get(only) ?? []), cell]);
  else mixed.push(`${short(cell)} ${sorted.join(',')} ${partsOf(cell, sorted)}`);
}
const lines = [...whole].sort(([a], [b]) => (a < b ? -1 : 1));
const text = `/**
 * Made by make/make-cells.ts, do not edit. Natural Earth 1:10m (public domain, by way of world-atlas 2.0.2) in H3 cells of
 * resolution ${cellResolution}; how to read it is said in parse-seed.ts.
 */
export const cellsText = \`\\
${lines.map(([country, cells]) => `${country} ${compactCells(cells).sort().map(short).join(' ')}`).join('\n')}
${mixed.join('\n')}
\`;
`;
writeFileSync(new URL('../cells.ts', import.meta.url), text);
console.log(
  `${found.size} cells, ${mixed.length} of them with several countries; ${text.length} bytes`,
);
