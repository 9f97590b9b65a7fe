import type { NumberReference } from '@chorus/registry';
import { columnOf, type Table } from './table.ts';

/**
 * Summarises each feature of the training rows, for drift to be measured against.
 *
 * Edges are the inner deciles as values that occur (Hyndman & Fan 1996, type 1), without repeats
 * and without the maximum. With bins that begin right of an edge (`x > edge`) no bin of the
 * training data is empty, however few values a feature takes.
 */
export function referenceOf(table: Table): NumberReference[] {
  return table.columns.map((name, column) => summarise(name, columnOf(table, column).sort()));
}

/** @param sorted - ascending, at least one value */
function summarise(name: string, sorted: Float64Array): NumberReference {
  const rows = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / rows;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
  const minimum = sorted.at(0) ?? Number.NaN;
  const maximum = sorted.at(-1) ?? Number.NaN;
  const deciles = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (decile) => sorted[Math.ceil((decile * rows) / 10) - 1] ?? Number.NaN,
  );
  const edges = [...new Set(deciles)].filter((edge) => edge < maximum);
  const below = [...edges, maximum].map((edge) => sorted.findLastIndex((x) => x <= edge) + 1);
  const shares = below.map((count, bin) => (count - (below[bin - 1] ?? 0)) / rows);
  return { name, mean, std: Math.sqrt(variance), minimum, maximum, edges, shares };
}
