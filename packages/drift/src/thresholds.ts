import type { DriftThresholds, FeatureReference } from '@chorus/registry/manifest';
import { jensenShannon, kolmogorovSmirnov, stabilityIndex, wasserstein } from './distances.ts';
import { dirichlet, randomFrom, resample } from './resample.ts';

/** A window has at least so many rows, or there is no verdict: less says too little. */
export const minimumRows = 300;

/** Sizes of windows that thresholds are made for; between them they are interpolated. */
const sizes = [100, 300, 1000, 3000, 30_000];

/** Pairs of samples for each size. */
const draws = 1000;

/** Kinds of distances that decide. The index is shown beside them: it says what `js` says. */
export const deciding = ['js', 'ks', 'wasserstein'] as const;

/** How likely it is that chance alone takes a window of all a model's features over a threshold; the rules of quality add 0.001. */
const falseAlarms = 0.005;

/**
 * Parts of that for each kind: most of it where a shift shows best. Categories have one kind that decides, which gets all. The
 * index decides nothing, and gets what `js` gets.
 */
const parts = { js: 0.2, psi: 0.2, ks: 0.2, wasserstein: 0.6 } as const;

/** A difference below is none that matters, however many rows show it: 0.02 of Jensen-Shannon is a shift by 0.05 standard deviations. */
const smallest = { js: 0.02, psi: 0.003, ks: 0.02, wasserstein: 0.05 };

/** The distances of a reference's bins; those that need an order only where there is one. */
export type Distances = Omit<DriftThresholds, 'rows'>;

/** Returns how far some shares are from those of a reference. */
export function distancesOf(reference: FeatureReference, found: readonly number[]): Distances {
  const expected = reference.shares;
  const any = { js: jensenShannon(expected, found), psi: stabilityIndex(expected, found) };
  if (!('edges' in reference)) return any;
  const { centres, std } = reference;
  const moved = wasserstein(centres ?? middlesOf(reference), expected, found);
  return {
    ...any,
    ks: kolmogorovSmirnov(expected, found),
    wasserstein: std > 0 ? moved / std : 0,
  };
}

/** What a manifest that says nothing of the mean of a bin's values has instead. */
function middlesOf({
  edges,
  minimum,
  maximum,
}: {
  edges: readonly number[];
  minimum: number;
  maximum: number;
}): number[] {
  const ends = [minimum, ...edges, maximum];
  return ends.slice(1).map((end, bin) => (end + (ends[bin] ?? end)) / 2);
}

/**
 * Returns the distances above which a window differs from a reference by more than chance, for several sizes of the
 * window.
 *
 * They come from a bootstrap of both samples, since the rows of the reference are a sample too: against 400 rows even an endless
 * window is some way off. Of the shares that the rows leave possible one is drawn (a Dirichlet distribution), and a window from it,
 * whose distance from the reference is taken. Where edges are values of the sample, as those of numbers are, that is exact: the true
 * share between two values that are k apart in a sample of n has the beta distribution of k and n + 1 - k (David & Nagaraja 2003).
 *
 * The squared distances fall with 1 / rows + 1 / window, so all sizes together show how their tail goes: by an
 * exponential one (Pickands 1975), as that of sums of squares.
 *
 * @param rows - rows that the reference was taken from
 * @param among - how many features are judged together; the more, the higher the thresholds
 */
export function thresholdsOf(
  reference: FeatureReference,
  rows: number,
  among: number,
): DriftThresholds[] {
  const seen = drawDistances(reference, rows);
  const isOrdered = 'edges' in reference;
  const scaled = (kind: keyof Distances) => {
    const part = isOrdered ? parts[kind] : 1;
    return exceededBy((falseAlarms * part) / among, seen[kind]);
  };
  const limits = {
    js: scaled('js'),
    psi: scaled('psi'),
    ...(isOrdered && { ks: scaled('ks'), wasserstein: scaled('wasserstein') }),
  };
  return sizes.map((size) => {
    const limitOf = (kind: keyof Distances) => {
      const limit = ((limits[kind] ?? 0) * unitOf(rows, size)) ** (1 / powerOf(kind));
      return Number(Math.max(smallest[kind], limit).toPrecision(4));
    };
    return {
      rows: size,
      js: limitOf('js'),
      psi: limitOf('psi'),
      ...(isOrdered && { ks: limitOf('ks'), wasserstein: limitOf('wasserstein') }),
    };
  });
}

/** The variance that two samples give to a difference of their shares, but for that of one row. */
const unitOf = (rows: number, size: number): number => 1 / rows + 1 / size;

/** The power by which a distance becomes a sum of squares; the index is one by itself. */
const powerOf = (kind: keyof Distances): number => (kind === 'psi' ? 1 : 2);

/** Draws windows of every size without drift. @returns their distances as sums of squares, in units of `unitOf` */
function drawDistances(
  reference: FeatureReference,
  rows: number,
): Record<keyof Distances, Float64Array> {
  const random = randomFrom(rows);
  const { shares } = reference;
  const counts = shares.map((share) => share * rows);
  // Edges are values of the sample, and the part above the last one has a row more.
  if ('edges' in reference) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  const all = () => new Float64Array(draws * sizes.length);
  const seen = { js: all(), psi: all(), ks: all(), wasserstein: all() };
  let at = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const possible = dirichlet(counts, random);
    for (const size of sizes) {
      const distances = distancesOf(reference, resample(possible, size, random));
      const unit = unitOf(rows, size);
      const { js, psi, ks = 0, wasserstein: moved = 0 } = distances;
      seen.js[at] = (js * js) / unit;
      seen.psi[at] = psi / unit;
      seen.ks[at] = (ks * ks) / unit;
      seen.wasserstein[at] = (moved * moved) / unit;
      at += 1;
    }
  }
  return seen;
}

/** The part of the draws that shows how the tail falls. */
const tail = 0.03;

/** Returns the value that is exceeded this likely, by an exponential tail from the uppermost part on. */
function exceededBy(likely: number, values: Float64Array): number {
  const sorted = values.toSorted();
  const highest = sorted.subarray(Math.round((1 - tail) * sorted.length));
  const from = highest[0] ?? 0;
  const meanExcess = highest.reduce((sum, value) => sum + value - from, 0) / highest.length;
  return from + meanExcess * Math.max(0, Math.log(tail / likely));
}

/** Returns the thresholds for a window of so many rows: between two sizes, straight in the inverse of the root. */
export function thresholdsAt(
  thresholds: readonly DriftThresholds[],
  rows: number,
): Distances | undefined {
  const after = thresholds.findIndex((each) => each.rows >= rows);
  const upper = thresholds[after < 0 ? thresholds.length - 1 : Math.max(1, after)];
  const lower = thresholds[after < 0 ? thresholds.length - 1 : Math.max(1, after) - 1];
  if (upper === undefined || lower === undefined) return undefined;
  const [at, from, to] = [rows, lower.rows, upper.rows].map((each) => 1 / Math.sqrt(each));
  const part = from === to ? 0 : ((at ?? 0) - (from ?? 0)) / ((to ?? 0) - (from ?? 0));
  const between = (a: number, b: number) => a + part * (b - a);
  return {
    js: between(lower.js, upper.js),
    psi: between(lower.psi, upper.psi),
    ...(lower.ks !== undefined && upper.ks !== undefined && { ks: between(lower.ks, upper.ks) }),
    ...(lower.wasserstein !== undefined &&
      upper.wasserstein !== undefined && {
        wasserstein: between(lower.wasserstein, upper.wasserstein),
      }),
  };
}
