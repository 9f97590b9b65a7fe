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

/** Returns the values of an output, as JSON has them, to compare; undefined when they are not what it is of. */
function valuesOf({ datatype, data }: Tensor): readonly Value[] | undefined {
  if (datatype === 'BYTES')
    return data.every((value) => typeof value === 'string') ? data : undefined;
  const isFloat = datatype?.startsWith('FP');
  const values = data.map((value) =>
    typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : value,
  );
  const areNumbers = values.every((value) => Number.isFinite(value) || (isFloat && isNone(value)));
  return areNumbers && (values.length === 0 || values.some(Number.isFinite))
    ? (values as readonly number[])
    : undefined;
}

/** A number, null where a float is not finite, or a text. */
type Value = number | null | string;

/** Some floats of an answer may not be finite: null in JSON. */
const isNone = (value: unknown): boolean => value === null;

/**
 * Returns the reason for which an answer cannot be compared or served: an output of numbers in which there is no finite one,
 * or something else than its datatype says; undefined when there is none.
 */
export function unusable(outputs: readonly Tensor[]): string | undefined {
  const bad = outputs.find((output) => valuesOf(output) === undefined);
  if (bad === undefined) return undefined;
  return `the output ${bad.name} is not of ${bad.datatype === 'BYTES' ? 'texts' : 'finite numbers'}`;
}

/**
 * Adds two answers to the same request. Texts that differ, such as classes, are 1 apart.
 *
 * @returns why they cannot be compared; undefined when they were
 */
export function compare(
  sums: DivergenceSums,
  older: readonly Tensor[],
  newer: readonly Tensor[],
): string | undefined {
  for (const output of older) {
    const before = valuesOf(output) ?? [];
    const twin = newer.find(({ name }) => name === output.name);
    const after = (twin && valuesOf(twin)) ?? [];
    if (before.length !== after.length)
      return `the output ${output.name} has ${before.length} values of the old version and ${after.length} of the new`;
    for (const [index, value] of before.entries()) {
      const other = after[index] ?? null;
      if (typeof value === 'number' && typeof other === 'number')
        add(sums, output.name, value, other);
      else if (typeof value === 'string') add(sums, output.name, 0, value === other ? 0 : 1);
      else if (value !== other)
        return `the output ${output.name} is finite in one of the two versions only`;
    }
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
