/**
 * Returns a quantile of a sample, by linear interpolation between the two nearest ranks (Hyndman & Fan 1996, type 7:
 * what NumPy and R do unless told otherwise).
 *
 * @param share 0 is the smallest value, 0.5 the median, 1 the largest
 * @throws {RangeError} for an empty sample or a share outside 0 to 1
 */
export function quantile(sample: readonly number[], share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share is from 0 to 1, got ${share}`);
  const sorted = Float64Array.from(sample).sort();
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) throw new RangeError('the sample is empty');
  return below + (above - below) * (rank - Math.floor(rank));
}

/** @throws {RangeError} for an empty sample */
export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** @throws {RangeError} for an empty sample */
export function minimum(sample: readonly number[]): number {
  return quantile(sample, 0);
}
