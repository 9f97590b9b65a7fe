/**
 * Makes `src/place/world.ts`: `node apps/web/make/make-world.ts <folder of world-atlas 2.0.2>`. Land and borders are
 * Natural Earth's 1:110m; the point of each country is the one that lies deepest inside its largest part at 1:10m.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Point = readonly [number, number];

interface Geometry {
  readonly type: string;
  readonly id?: string;
  readonly arcs: readonly unknown[];
  readonly geometries?: readonly Geometry[];
}

interface Topology {
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly arcs: readonly (readonly Point[])[];
  readonly objects: Readonly<Record<string, Geometry>>;
}

const [folder = ''] = process.argv.slice(2);
const read = (name: string): Topology => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** The arcs in degrees; in the file each point is the difference to the one before. */
function decoded({ arcs, transform: { scale, translate } }: Topology): Point[][] {
  return arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]] as const;
    });
  });
}

/** The rings of a geometry; a negative index is an arc backwards. */
function ringsOf(geometry: Geometry, arcs: readonly Point[][]): Point[][] {
  const rings = geometry.type === 'Polygon' ? geometry.arcs : geometry.arcs.flat();
  return (rings as number[][]).map((ring) =>
    ring.flatMap((index) => (index < 0 ? (arcs[~index] ?? []).toReversed() : (arcs[index] ?? []))),
  );
}

/** The parts of a line that crosses 180 degrees, each as if the world went on: what lies outside of the map is cut off by it. */
function copies(line: readonly Point[]): (readonly Point[])[] {
  const whole = unwrapped(line);
  const xs = whole.map(([x]) => x);
  // Around the pole a ring does not end where it began.
  if (Math.abs((xs.at(-1) ?? 0) - (xs[0] ?? 0)) > 180) return [line];
  return [0, -360, 360]
    .filter((turn) => Math.min(...xs) + turn < 180 && Math.max(...xs) + turn > -180)
    .map((turn) => whole.map(([x, y]) => [x + turn, y] as const));
}

/** A path in half degrees from the upper left corner of the world, as whole numbers. */
function pathOf(points: readonly Point[], isClosed: boolean): string {
  const at = points.map(([lon, lat]) => [Math.round((lon + 180) * 2), Math.round((90 - lat) * 2)]);
  const steps = at
    .map(([x = 0, y = 0], index) => {
      const [beforeX = 0, beforeY = 0] = at[index - 1] ?? [];
      return index === 0 ? [x, y] : [x - beforeX, y - beforeY];
    })
    .filter(([x, y], index) => index === 0 || x !== 0 || y !== 0);
  if (steps.length < (isClosed ? 3 : 2)) return '';
  const [first, ...rest] = steps.map(([x, y]) => `${x},${y}`);
  return `M${first}l${rest.join(' ')}${isClosed ? 'z' : ''}`
    .replaceAll(',-', '-')
    .replaceAll(' -', '-');
}

function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring.at(index - 1) ?? [0, 0];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Area in the plane, narrower towards the poles: good enough to compare. */
function areaOf(ring: readonly Point[]): number {
  const plane = ring.reduce((sum, [x1, y1], index) => {
    const [x2, y2] = ring.at(index - 1) ?? [0, 0];
    return sum + x2 * y1 - x1 * y2;
  }, 0);
  const middle = ring.reduce((sum, [, y]) => sum + y, 0) / ring.length;
  return Math.abs(plane) * Math.cos((middle * Math.PI) / 180);
}

/** A ring without the jump at 180 degrees: longitudes may lie beyond. */
function unwrapped(ring: readonly Point[]): Point[] {
  let turn = 0;
  return ring.map(([x, y], index) => {
    const before = ring[index - 1]?.[0] ?? x;
    if (x - before > 180) turn -= 360;
    if (before - x > 180) turn += 360;
    return [x + turn, y];
  });
}

/** The point of a grid that is inside and farthest from the ring. */
function deepest(ring: readonly Point[]): Point {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  const steps = 32;
  let best: { readonly point: Point; readonly distance: number } = {
    point: [(west + east) / 2, (south + north) / 2],
    distance: 0,
  };
  for (let i = 0; i < steps * steps; i += 1) {
    const point: Point = [
      west + ((east - west) * ((i % steps) + 0.5)) / steps,
      south + ((north - south) * (Math.floor(i / steps) + 0.5)) / steps,
    ];
    if (!isInside(point, ring)) continue;
    const distance = Math.min(...ring.map(([x, y]) => Math.hypot(x - point[0], y - point[1])));
    if (distance > best.distance) best = { point, distance };
  }
  return best.point;
}

const small = read('countries-110m.json');
const smallArcs = decoded(small);
const land = read('land-110m.json');
const landPath = (land.objects['land']?.geometries ?? [])
  .flatMap((each) => ringsOf(each, decoded(land)))
  .flatMap((ring) => copies(ring).map((each) => pathOf(each, true)))
  .join('');

const uses = new Map<number, number>();
for (const { arcs } of small.objects['countries']?.geometries ?? [])
  for (const index of (arcs as number[][]).flat(2).map((each) => (each < 0 ? ~each : each)))
    uses.set(index, (uses.get(index) ?? 0) + 1);
const borderPath = smallArcs
  .filter((_arc, index) => uses.get(index) === 2)
  .flatMap((arc) => copies(arc).map((each) => pathOf(each, false)))
  .join('');

const table = readFileSync(
  join(import.meta.dirname, '../../../packages/functions/features/src/seed/abundance.ts'),
  'utf8',
);
const codes = new Map(
  [...table.matchAll(/^([A-Z]{2}),(\d{3}),/gm)].map(([, code, numeric]) => [numeric, code]),
);
const large = read('countries-10m.json');
const largeArcs = decoded(large);
const largest = new Map<string, Point[]>();
for (const geometry of large.objects['countries']?.geometries ?? []) {
  const code = codes.get(geometry.id);
  if (code === undefined) continue;
  const rings = ringsOf(geometry, largeArcs).map(unwrapped);
  const [ring] = rings.toSorted((a, b) => areaOf(b) - areaOf(a));
  const known = largest.get(code);
  if (ring !== undefined && (known === undefined || areaOf(ring) > areaOf(known)))
    largest.set(code, ring);
}
const countries = [...largest]
  .map(([code, ring]) => {
    const [lon, lat] = deepest(ring);
    const around = ((lon + 540) % 360) - 180;
    return [code, Number(lat.toFixed(2)), Number(around.toFixed(2))] as const;
  })
  .toSorted(([a], [b]) => (a < b ? -1 : 1));

const text = `/**
 * Made by make/make-world.ts, do not edit. Natural Earth (public domain, by way of world-atlas 2.0.2).
 */

/** Land, as an SVG path in half degrees from the upper left corner of the world. */
export const land =
  '${landPath}';

/** Borders between countries, in the same units. */
export const borders =
  '${borderPath}';

/** A point inside each country: ISO 3166-1 alpha-2, latitude, longitude. */
export const countryPoints: readonly (readonly [string, number, number])[] = [
${countries.map(([code, lat, lon]) => `  ['${code}', ${lat}, ${lon}],`).join('\n')}
];
`;
writeFileSync(join(import.meta.dirname, '../src/place/world.ts'), text);
console.log(`${countries.length} countries, ${text.length} bytes`);
