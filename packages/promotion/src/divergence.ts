import type { Tensor } from '@chorus/protocol';

/** The distance between the predictions of two versions for the same inputs. */
export interface Divergence {
  /** Values compared. */
  readonly values: number;
  /** Mean and largest |new - old|, in the output's unit. */
  readonly mean: number;
  readonly max: number;
  /** Standard deviation of the old version's values, in the output's unit: what the two are measured by. */
  readonly spread: number;
}

/** Running sums of one output. */
interface Sums {
  values: number;
  difference: number;
  max: number;
  /** Welford's mean of the old values, and sum of their squared deviations from it. */
  oldMean: number;
  oldSquares: number;
}

/** The outputs seen so far, by name. */
export type DivergenceSums = Map<string, Sums>;

/** Returns the numbers of an output; undefined when it is not of finite numbers. */
function numbersOf({ data }: Tensor): number[] | undefined {
  const numbers = data.map((value) =>
    typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : value,
  );
  return numbers.every((value) => Number.isFinite(value)) ? (numbers as number[]) : undefined;
}

/**
 * Returns the reason for which an answer cannot be compared or served: an output that is not finite numbers;
 * undefined when all are.
 */
export function unusable(outputs: readonly Tensor[]): string | undefined {
  const bad = outputs.find((output) => numbersOf(output) === undefined);
  return bad && `the output ${bad.name} is not of finite numbers`;
}

/**
 * Adds two answers to the same request.
 *
 * @returns why they cannot be compared; undefined when they were
 */
export function compare(
  sums: DivergenceSums,
  older: readonly Tensor[],
  newer: readonly Tensor[],
): string | undefined {
  for (const output of older) {
    const before = numbersOf(output) ?? [];
    const twin = newer.find(({ name }) => name === output.name);
    const after = (twin && numbersOf(twin)) ?? [];
    if (before.length !== after.length)
      return `the output ${output.name} has ${before.length} values of the old version and ${after.length} of the new`;
    for (const [index, value] of before.entries())
      add(sums, output.name, value, after[index] ?? value);
  }
  return undefined;
}

function add(sums: DivergenceSums, name: string, before: number, after: number): void {
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
export function divergenceOf(sums: DivergenceSums): Divergence | undefined {
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
