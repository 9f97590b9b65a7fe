import { binOf, type Counts, noCounts } from '../counts.ts';
import type { Random } from '../resample.ts';
import type { summariseNumbers } from '../summarise.ts';

/** Draws one value of a column. */
type Draw = (random: Random) => number;

const normal: Draw = (random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** One of these values, each this likely. */
const among =
  (values: readonly number[], shares: readonly number[]): Draw =>
  (random) => {
    let left = random();
    const at = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return values.at(at) ?? 0;
  };

/** Fourteen columns as tables have them: smooth and heavy-tailed, with two modes, mostly zero, counts, and classes as numbers. */
export const columns: readonly Draw[] = [
  normal,
  normal,
  (random) => random(),
  (random) => -Math.log(1 - random()),
  (random) => Math.exp(normal(random)),
  (random) => Math.exp(2 * normal(random)),
  (random) => normal(random) / Math.sqrt(Math.abs(normal(random)) + 0.1),
  (random) => normal(random) + (random() < 0.4 ? 4 : 0),
  (random) => Math.round(3 * normal(random)),
  (random) => (random() < 0.73 ? 0 : 10 + 90 * random()),
  (random) => Math.round(normal(random) * 20) / 10,
  among([0, 1], [0.93, 0.07]),
  among([1, 2, 3, 4, 5, 6, 7, 8, 24], [0.04, 0.05, 0.07, 0.22, 0.23, 0.05, 0.03, 0.05, 0.26]),
  among([0, 1, 2, 3, 4], [0.5, 0.3, 0.15, 0.04, 0.01]),
];

/** The first column: of those without an end on either side it shows a shift the least. */
export const plain: Draw = normal;

type Reference = ReturnType<typeof summariseNumbers>;

/** Returns so many values of a column. */
export function draw(rows: number, of: Draw, random: Random): Float64Array {
  return Float64Array.from({ length: rows }, () => of(random));
}

/** Returns what a window of values counts as. */
export function countsOf(reference: Reference, values: Float64Array): Counts {
  const { bins, ...rest } = noCounts(reference.shares.length);
  const counted = [...bins];
  let [below, above] = [0, 0];
  for (const value of values) {
    const bin = binOf(reference.edges, value);
    counted[bin] = (counted[bin] ?? 0) + 1;
    if (value < reference.minimum) below += 1;
    if (value > reference.maximum) above += 1;
  }
  return { ...rest, bins: counted, below, above };
}
