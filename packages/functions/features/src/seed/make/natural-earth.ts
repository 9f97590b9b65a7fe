/** Reads world-atlas's `countries-10m.json` (TopoJSON of Natural Earth) and says which country a point lies in. */

import { readFileSync } from 'node:fs';

/** Longitude and latitude in degrees. */
type Point = readonly [number, number];

/** The area of one country, with or without a part of another inside. */
export interface Area {
  readonly country: string;
  /** Closed rings; a longitude may lie beyond ±180, so that a ring never jumps. */
  readonly rings: readonly (readonly Point[])[];
}

interface Geometry {
  readonly type: 'Polygon' | 'MultiPolygon';
  readonly id?: string;
  readonly properties: { readonly name: string };
  readonly arcs: readonly (readonly number[] | readonly (readonly number[])[])[];
}

interface Topology {
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly arcs: readonly (readonly Point[])[];
  readonly objects: { readonly countries: { readonly geometries: readonly Geometry[] } };
}

/**
 * Areas that Natural Earth draws without an ISO number, and the country each is taken to be of here; disputed reefs
 * are left out.
 */
const unnumbered: Readonly<Record<string, string>> = {
  Akrotiri: 'CY',
  'Bajo Nuevo Bank': 'CO',
  Baikonur: 'KZ',
  'Clipperton I.': 'FR',
  'Coral Sea Is.': 'AU',
  'Cyprus U.N. Buffer Zone': 'CY',
  Dhekelia: 'CY',
  Kosovo: 'XK',
  'N. Cyprus': 'CY',
  'Serranilla Bank': 'CO',
  'Siachen Glacier': 'IN',
  Somaliland: 'SO',
  'USNB Guantanamo Bay': 'CU',
};

/** Natural Earth counts these to the first country; ISO gives them a code: west, south, east, north in degrees. */
const apart: readonly (readonly [string, string, number, number, number, number])[] = [
  ['FR', 'GF', -56, 1, -50, 7],
  ['FR', 'GP', -63, 15.7, -60.9, 17],
  ['FR', 'MQ', -62, 14, -60, 15.2],
  ['FR', 'RE', 54, -23, 57, -20],
  ['FR', 'YT', 44, -14, 46, -12],
  ['NO', 'SJ', 5, 73, 40, 82],
  ['NO', 'SJ', -11, 70, -5, 72],
  ['NO', 'BV', 2, -56, 5, -53],
  ['NL', 'BQ', -70, 11, -62, 19],
  ['NZ', 'TK', -174, -11, -170, -7],
  ['Indian Ocean Ter.', 'CC', 95, -14, 98, -10],
  ['Indian Ocean Ter.', 'CX', 104, -12, 107, -9],
];

/** Decodes an arc: quantised differences to degrees. */
function decodeArc(arc: readonly Point[], { scale, translate }: Topology['transform']): Point[] {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** Puts arcs together; `~i` is arc `i` backwards. The ring is unrolled across the antimeridian and closed at the pole. */
function ringOf(indices: readonly number[], arcs: readonly (readonly Point[])[]): Point[] {
  const ring: [number, number][] = [];
  for (const index of indices) {
    const arc = arcs[index < 0 ? ~index : index] ?? [];
    const points = index < 0 ? arc.toReversed() : arc;
    for (const [longitude, latitude] of ring.length === 0 ? points : points.slice(1)) {
      const before = ring.at(-1)?.[0] ?? longitude;
      ring.push([longitude - 360 * Math.round((longitude - before) / 360), latitude]);
    }
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (first !== undefined && last !== undefined && Math.abs(last[0] - first[0]) > 180) {
    // Only Antarctica goes once round the world.
    ring.push([last[0], -90], [first[0], -90], first);
  }
  return ring;
}

function countryOf(geometry: Geometry, [longitude, latitude]: Point, codes: Codes) {
  const { id, properties } = geometry;
  const owner = (id === undefined ? undefined : codes.get(id)) ?? unnumbered[properties.name];
  const part = apart.find(
    ([whole, , west, south, east, north]) =>
      (whole === owner || whole === properties.name) &&
      longitude > west &&
      longitude < east &&
      latitude > south &&
      latitude < north,
  );
  return part?.[1] ?? owner;
}

/** ISO 3166-1 numeric -> alpha-2. */
export type Codes = ReadonlyMap<string, string>;

/** Reads all areas of a TopoJSON file of countries. */
export function readAreas(file: string, codes: Codes): readonly Area[] {
  const topology: Topology = JSON.parse(readFileSync(file, 'utf8'));
  const arcs = topology.arcs.map((arc) => decodeArc(arc, topology.transform));
  return topology.objects.countries.geometries.flatMap((geometry) => {
    const polygons = (
      geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs
    ) as readonly (readonly (readonly number[])[])[];
    return polygons.flatMap((polygon) => {
      const rings = polygon.map((indices) => ringOf(indices, arcs));
      const corner = rings[0]?.[0];
      const country = corner && countryOf(geometry, corner, codes);
      return country === undefined ? [] : [{ country, rings }];
    });
  });
}

type Edge = readonly [number, number, number, number];

/** Height of the bands that edges are sorted into, in degrees: a point is compared with its band's edges only. */
const bandHeight = 0.2;
/** Size of the squares that areas are sorted into, in degrees. */
const squareSize = 2;

interface IndexedArea {
  readonly country: string;
  readonly bands: ReadonlyMap<number, readonly Edge[]>;
}

const bandOf = (latitude: number): number => Math.floor(latitude / bandHeight);
const squareOf = (x: number, y: number): string =>
  `${Math.floor(x / squareSize)} ${Math.floor(y / squareSize)}`;

/** Makes the function that names the country at a point, `undefined` at sea. Even-odd rule on longitude and latitude. */
export function createCountryAt(
  areas: readonly Area[],
): (longitude: number, latitude: number) => string | undefined {
  const squares = new Map<string, IndexedArea[]>();
  for (const { country, rings } of areas) {
    const bands = new Map<number, Edge[]>();
    for (const ring of rings) {
      for (const [index, [ax, ay]] of ring.entries()) {
        const [bx, by] = ring[index + 1] ?? [ax, ay];
        if (ay === by) continue;
        for (let band = bandOf(Math.min(ay, by)); band <= bandOf(Math.max(ay, by)); band++) {
          bands.set(band, [...(bands.get(band) ?? []), [ax, ay, bx, by]]);
        }
      }
    }
    const points = rings.flat();
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const [east, north] = [
      xs.reduce((a, b) => Math.max(a, b)),
      ys.reduce((a, b) => Math.max(a, b)),
    ];
    const [west, south] = [
      xs.reduce((a, b) => Math.min(a, b)),
      ys.reduce((a, b) => Math.min(a, b)),
    ];
    for (let x = west - squareSize; x <= east + squareSize; x += squareSize) {
      for (let y = south - squareSize; y <= north + squareSize; y += squareSize) {
        const square = squareOf(x, y);
        squares.set(square, [...(squares.get(square) ?? []), { country, bands }]);
      }
    }
  }
  const isInside = ({ bands }: IndexedArea, x: number, y: number): boolean => {
    let inside = false;
    for (const [ax, ay, bx, by] of bands.get(bandOf(y)) ?? []) {
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  };
  return (longitude, latitude) => {
    for (const x of [longitude, longitude - 360, longitude + 360]) {
      const area = squares.get(squareOf(x, latitude))?.find((one) => isInside(one, x, latitude));
      if (area !== undefined) return area.country;
    }
    return undefined;
  };
}
