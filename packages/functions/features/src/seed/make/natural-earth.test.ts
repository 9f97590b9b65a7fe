import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCountryAt, readAreas } from './natural-earth.ts';

type Point = readonly [number, number];

/** A square, counter-clockwise from its south-western corner, closed. */
const square = (west: number, south: number, size: number): readonly Point[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

const scale: Point = [0.5, 0.25];
const translate: Point = [-180, -90];

/** An arc as TopoJSON has it: quantised, each point as the difference from the one before. */
const encode = (arc: readonly Point[]): readonly Point[] => {
  const quantised = arc.map(
    ([x, y]): Point => [(x - translate[0]) / scale[0], (y - translate[1]) / scale[1]],
  );
  return quantised.map(([x, y], index): Point => {
    const [beforeX, beforeY] = quantised[index - 1] ?? [0, 0];
    return [x - beforeX, y - beforeY];
  });
};

/** Islands of France at and just within the limits of what has a code of its own, by their first corner. */
const guiana: readonly (readonly [number, number, string])[] = [
  [-56, 3, 'FR'],
  [-55.5, 3, 'GF'],
  [-50.5, 3, 'GF'],
  [-50, 3, 'FR'],
  [-53, 1, 'FR'],
  [-53, 1.5, 'GF'],
  [-53, 6.5, 'GF'],
  [-53, 7, 'FR'],
];
const arcs: readonly (readonly Point[])[] = [
  // The border of A and B, and the rest of both.
  [
    [10, 0],
    [10, 10],
  ],
  [
    [10, 10],
    [0, 10],
    [0, 0],
    [10, 0],
  ],
  [
    [10, 0],
    [20, 0],
    [20, 10],
    [10, 10],
  ],
  square(4, 4, 2),
  // Across the antimeridian, and round the pole.
  [
    [175, 0],
    [-175, 0],
    [-175, 10],
    [175, 10],
    [175, 0],
  ],
  [
    [-180, -60],
    [-60, -60],
    [60, -60],
    [180, -60],
  ],
  square(30, 30, 2),
  square(40, 30, 2),
  square(96, -13, 0.5),
  ...guiana.map(([west, south]) => square(west, south, 0.5)),
  // Standing on a corner.
  [
    [60, 28],
    [62, 30],
    [60, 32],
    [58, 30],
    [60, 28],
  ],
];
const polygon = (
  id: string | undefined,
  name: string,
  ...rings: readonly (readonly number[])[]
) => ({
  type: 'Polygon',
  ...(id !== undefined && { id }),
  properties: { name },
  arcs: rings,
});
const geometries = [
  polygon('1', 'A', [0, 1], [3]),
  polygon('2', 'B', [2, ~0]),
  polygon('3', 'C', [4]),
  polygon('4', 'D', [5]),
  polygon(undefined, 'Kosovo', [6]),
  polygon(undefined, 'Nameless Reef', [7]),
  polygon(undefined, 'Indian Ocean Ter.', [8]),
  {
    type: 'MultiPolygon',
    id: '250',
    properties: { name: 'France' },
    arcs: guiana.map((_, index) => [[9 + index]]),
  },
  polygon('2', 'B', [9 + guiana.length]),
];
const codes = new Map([
  ['1', 'AA'],
  ['2', 'BB'],
  ['3', 'ZZ'],
  ['4', 'AQ'],
  ['250', 'FR'],
]);

const folder = mkdtempSync(join(tmpdir(), 'natural-earth-'));
let countryAt: ReturnType<typeof createCountryAt>;
beforeAll(() => {
  const file = join(folder, 'countries.json');
  const transform = { scale, translate };
  writeFileSync(
    file,
    JSON.stringify({ transform, arcs: arcs.map(encode), objects: { countries: { geometries } } }),
  );
  countryAt = createCountryAt(readAreas(file, codes));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the country at a point', () => {
  it.each([
    ['west of a border', 9.9, 5, 'AA'],
    ['east of a border', 10.1, 5, 'BB'],
    ['in the south-western corner', 0.1, 0.1, 'AA'],
    ['in the north-eastern corner', 19.9, 9.9, 'BB'],
    ['in the middle of an area, far from every edge', 15, 5, 'BB'],
    ['in a hole', 5, 5, undefined],
    ['beside a hole', 3.9, 5, 'AA'],
    ['west of all', -0.1, 5, undefined],
    ['east of all', 20.1, 5, undefined],
    ['north of all', 15, 10.1, undefined],
    ['south of all', 15, -0.1, undefined],
    ['west of the antimeridian', 179, 5, 'ZZ'],
    ['east of the antimeridian', -179, 5, 'ZZ'],
    ['beyond an area at the antimeridian', -174, 5, undefined],
    ['on the other side of the earth from it', 0, 15, undefined],
    ['at the South Pole', 0, -89.9, 'AQ'],
    ['on the coast of Antarctica', 179, -60.1, 'AQ'],
    ['off the coast of Antarctica', -179, -59.9, undefined],
    ['as far north as the corners of an area, within it', 60, 30, 'BB'],
    ['as far north as the corners of an area, west of it', 57.9, 30, undefined],
    ['as far north as the corners of an area, east of it', 62.1, 30, undefined],
    ['as far north as the northern corner of an area', 59, 32, undefined],
    ['as far south as the southern corner of an area', 59, 28, undefined],
    ['in one without a number', 31, 31, 'XK'],
    ['in a disputed one', 41, 31, undefined],
    ['in a part that has a code, of a whole that has none', 96.25, -12.75, 'CC'],
  ])('%s', (_, longitude, latitude, country) => {
    expect(countryAt(longitude, latitude)).toBe(country);
  });

  it.each(guiana)('whose first corner is at %d, %d is %s', (west, south, country) => {
    expect(countryAt(west + 0.25, south + 0.25)).toBe(country);
  });
});
