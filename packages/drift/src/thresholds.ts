import type { DriftThresholds, FeatureReference } from '@chorus/registry/manifest';
import { jensenShannon, kolmogorovSmirnov, stabilityIndex, wasserstein } from './distances.ts';
import { randomFrom, resample } from './resample.ts';

/** A window has at least so many rows, or there is no verdict: less says too little. */
export const minimumRows = 300;

/** Sizes of windows that thresholds are made for; between them they are interpolated. */
const sizes = [100, 300, 1000, 3000, 30_000];

/** Pairs of samples for each size. */
const draws = 1000;

/** Kinds of distances that decide. The index is shown beside them: it says what `js` says. */
export const deciding = ['js', 'ks', 'wasserstein'] as const;

/**
 * How likely it is that chance alone takes a window of all a model's features over a threshold of one kind. Three
 * kinds decide, and they mostly agree: together they stay below 1 %.
 */
const falseAlarms = 0.005;

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
 * They come from a bootstrap: a sample of the window's size and one of the reference's own, both of the reference's
 * distribution. Both, since the rows of the training are a sample too: against 400 rows even an endless window is
 * some way off. A thousand such pairs do not show what happens one time in 10,000, so the tail of the squared
 * distances goes on as an exponential one, which is what sums of squares come to (Pickands 1975).
 *
 * @param rows - rows that the reference was taken from
 * @param among - how many features are judged together; the more, the higher the thresholds
 */
export function thresholdsOf(
  reference: FeatureReference,
  rows: number,
  among: number,
): DriftThresholds[] {
  const random = randomFrom(rows);
  const trainings = Array.from({ length: draws }, () => ({
    ...reference,
    shares: resample(reference.shares, rows, random),
  }));
  return sizes.map((size) => {
    const seen = trainings.map((training) =>
      distancesOf(training, resample(reference.shares, size, random)),
    );
    const limitOf = (kind: keyof Distances) => {
      // The index is a sum of squares by itself.
      const power = kind === 'psi' ? 1 : 2;
      const squares = seen.map((distances) => (distances[kind] ?? 0) ** power);
      const limit = exceededBy(falseAlarms / among, squares) ** (1 / power);
      return Number(Math.max(smallest[kind], limit).toPrecision(4));
    };
    return {
      rows: size,
      js: limitOf('js'),
      psi: limitOf('psi'),
      ...('edges' in reference && { ks: limitOf('ks'), wasserstein: limitOf('wasserstein') }),
    };
  });
}

/** The part of the draws that shows how the tail falls. */
const tail = 0.1;

/** Returns the value that is exceeded this likely, by an exponential tail from the uppermost tenth on. */
function exceededBy(likely: number, values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const highest = sorted.subarray(Math.round((1 - tail) * sorted.length));
  const from = highest[0] ?? 0;
  const meanExcess = highest.reduce((sum, value) => sum + value - from, 0) / highest.length;
  return from + meanExcess * Math.log(tail / likely);
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
