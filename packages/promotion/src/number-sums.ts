/** The distance between the numbers that two versions answer to the same inputs. */
export interface Divergence {
  /** Values compared. */
  readonly values: number;
  /** Mean and largest |new - old|, in the output's unit. */
  readonly mean: number;
  readonly max: number;
  /** Standard deviation of the old version's values, in the output's unit: what the two are measured by. */
  readonly spread: number;
}

/** Running sums of one output, or of one of its columns. */
interface Sums {
  values: number;
  difference: number;
  max: number;
  /** Welford's mean of the old values, and sum of their squared deviations from it. */
  oldMean: number;
  oldSquares: number;
}

/** The numbers seen so far, by output and column. */
export type NumberSums = Map<string, Sums>;

/** Adds a number of the old version, and the new version's in its place. */
export function addNumber(sums: NumberSums, name: string, before: number, after: number): void {
  const sum = sums.get(name) ?? { values: 0, difference: 0, max: 0, oldMean: 0, oldSquares: 0 };
  sums.set(name, sum);
  const difference = Math.abs(after - before);
  const deviation = before - sum.oldMean;
  sum.values += 1;
  sum.difference += difference;
  sum.max = Math.max(sum.max, difference);
  sum.oldMean += deviation / sum.values;
  sum.oldSquares += deviation * (before - sum.oldMean);
}

/** Returns the divergence of the output that diverges most, by its spread; undefined when nothing was compared. */
export function divergenceOf(sums: NumberSums): Divergence | undefined {
  return [...sums.values()]
    .map((sum) => ({
      values: sum.values,
      mean: sum.difference / sum.values,
      max: sum.max,
      // Of one value again and again there is no spread; then the value itself is the measure.
      spread: Math.sqrt(sum.oldSquares / sum.values) || Math.abs(sum.oldMean) || 1,
    }))
    .sort((one, other) => other.mean / other.spread - one.mean / one.spread)[0];
}
