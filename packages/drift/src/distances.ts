/**
 * How far two distributions over the same bins are from each other. Shares are not negative and sum to 1;
 * bins are in the order of their values, where there is one.
 */

/**
 * Returns the Jensen-Shannon distance with the natural logarithm: from 0 for the same to `sqrt(ln 2)`, 0.83, for
 * distributions without a common bin. It is the square root of the divergence, as scipy's `jensenshannon`.
 *
 * @see Lin 1991, "Divergence measures based on the Shannon entropy"
 */
export function jensenShannon(expected: readonly number[], found: readonly number[]): number {
  let divergence = 0;
  for (let bin = 0; bin < expected.length; bin += 1) {
    const p = expected[bin] ?? 0;
    const q = found[bin] ?? 0;
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p * Math.log(p / middle)) / 2;
    if (q > 0) divergence += (q * Math.log(q / middle)) / 2;
  }
  // Rounding can leave a hair less than nothing.
  return Math.sqrt(Math.max(0, divergence));
}

/** Stands for a share of 0 in the population stability index, which has no value otherwise. */
const emptyShare = 1e-4;

/** Returns the population stability index, from 0 for the same up; a share of 0 counts as 0.0001. */
export function stabilityIndex(expected: readonly number[], found: readonly number[]): number {
  let index = 0;
  for (let bin = 0; bin < expected.length; bin += 1) {
    const p = expected[bin] || emptyShare;
    const q = found[bin] || emptyShare;
    index += (q - p) * Math.log(q / p);
  }
  return index;
}

/**
 * Returns the statistic of Kolmogorov and Smirnov, from 0 for the same to 1: the largest difference between the
 * shares up to a bin's end. With one bin for each value it is that of the two samples.
 */
export function kolmogorovSmirnov(expected: readonly number[], found: readonly number[]): number {
  let difference = 0;
  let largest = 0;
  for (let bin = 0; bin < expected.length; bin += 1) {
    difference += (found[bin] ?? 0) - (expected[bin] ?? 0);
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}

/**
 * Returns the Wasserstein distance in the points' own unit: how far shares have to be moved on average to make one
 * distribution of the other. With one bin for each value it is that of the two samples.
 *
 * @param points - the value that stands for each bin, ascending
 */
export function wasserstein(
  points: readonly number[],
  expected: readonly number[],
  found: readonly number[],
): number {
  let difference = 0;
  let moved = 0;
  for (let bin = 0; bin + 1 < points.length; bin++) {
    difference += (found[bin] ?? 0) - (expected[bin] ?? 0);
    moved += Math.abs(difference) * ((points[bin + 1] ?? 0) - (points[bin] ?? 0));
  }
  return moved;
}
