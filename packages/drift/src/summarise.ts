import type {
  CategoryReference,
  FeatureReference,
  NumberReference,
} from '@chorus/registry/manifest';
import { binOf } from './counts.ts';
import { thresholdsOf } from './thresholds.ts';

/**
 * Summarises numbers of a training, for drift to be measured against. NaN stands for a value that is missing.
 *
 * Edges are the inner deciles as values that occur (Hyndman & Fan 1996, type 1), without repeats
 * and without the maximum. With bins that begin right of an edge (`x > edge`) no bin of the
 * training data is empty, however few values a feature takes.
 *
 * @param values - at least one that is not missing
 */
export function summariseNumbers(name: string, values: ArrayLike<number>): NumberReference {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const rows = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / rows;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
  const minimum = sorted.at(0) ?? Number.NaN;
  const maximum = sorted.at(-1) ?? Number.NaN;
  const deciles = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (decile) => sorted[Math.ceil((decile * rows) / 10) - 1] ?? Number.NaN,
  );
  const edges = [...new Set(deciles)].filter((edge) => edge < maximum);
  const counts = new Array<number>(edges.length + 1).fill(0);
  const sums = new Array<number>(edges.length + 1).fill(0);
  for (const value of sorted) {
    const bin = binOf(edges, value);
    counts[bin] = (counts[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + value;
  }
  return {
    name,
    mean,
    std: Math.sqrt(variance),
    minimum,
    maximum,
    edges,
    shares: counts.map((count) => count / rows),
    centres: sums.map((sum, bin) => sum / (counts[bin] ?? 1)),
    rows: values.length,
    ...missingShare(values.length - rows, values.length),
  };
}

/** Summarises categories of a training, the most frequent one first; null stands for a value that is missing. */
export function summariseCategories(
  name: string,
  values: readonly (string | null)[],
): CategoryReference {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([a, of], [b, other]) => other - of || (a < b ? -1 : 1));
  const rows = sorted.reduce((sum, [, count]) => sum + count, 0);
  return {
    name,
    categories: sorted.map(([category]) => category),
    shares: sorted.map(([, count]) => count / rows),
    rows: values.length,
    ...missingShare(values.length - rows, values.length),
  };
}

const missingShare = (count: number, rows: number) =>
  count === 0 ? {} : { missing: count / rows };

/**
 * Returns references with their thresholds, which are the higher the more features are judged together.
 *
 * @param among - how many these are: the model's inputs and outputs
 */
export function withThresholds<Reference extends FeatureReference>(
  references: readonly Reference[],
  among: number,
): Reference[] {
  return references.map((reference) => ({
    ...reference,
    thresholds: thresholdsOf(reference, reference.rows ?? 1, among),
  }));
}
