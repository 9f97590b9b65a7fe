import type { Random } from '../random.ts';
import type { Table } from '../table.ts';

/** The training rows as trees want them; prepared once for a whole forest. */
export interface TreeData {
  /** Values of each column, rounded to float32. */
  readonly values: readonly Float32Array[];
  /**
   * Per column, `rank * rows + row`: sorting these numbers sorts rows by value without looking
   * anything up.
   */
  readonly keys: readonly Float64Array[];
  readonly target: Float64Array;
}

export interface TreeOptions {
  /**
   * Columns tried at each split, drawn anew each time; constant ones count, but one that varies is
   * always tried.
   */
  readonly candidates: number;
  /** Fewest different rows in a leaf. */
  readonly minLeaf: number;
  /** Most splits from root to leaf; 0 is no limit. */
  readonly maxDepth: number;
}

interface SplitFound {
  readonly feature: number;
  readonly threshold: number;
  readonly score: number;
}

/** Rows of a node, counted and averaged by weight. */
interface NodeSummary {
  readonly weight: number;
  readonly mean: number;
}

/** Rounds a table to float32 and ranks each column. */
export function prepareTreeData(table: Table): TreeData {
  const { target } = table;
  const rows = target.length;
  const width = table.columns.length;
  const values = table.columns.map((_, column) =>
    Float32Array.from(target, (_, row) => table.features[row * width + column] ?? Number.NaN),
  );
  const keys = values.map((column) => {
    const distinct = [...new Set(column)].sort((a, b) => a - b);
    const ranks = new Map(distinct.map((value, rank) => [value, rank]));
    return Float64Array.from(column, (value, row) => (ranks.get(value) ?? Number.NaN) * rows + row);
  });
  return { values, keys, target };
}

/**
 * Returns a function that finds the best split of some rows, or none when no candidate column
 * varies enough.
 */
export function splitSearch(
  { values, keys, target }: TreeData,
  weights: Int32Array,
  { candidates, minLeaf }: TreeOptions,
  random: Random,
): (members: Int32Array) => SplitFound | undefined {
  const order = Int32Array.from(values.keys());
  const buffer = new Float64Array(target.length);
  const rows = target.length;

  function bestOf(
    feature: number,
    members: Int32Array,
    { mean, weight }: NodeSummary,
    best: SplitFound | undefined,
  ) {
    const key = keys[feature] ?? new Float64Array();
    const value = values[feature] ?? new Float32Array();
    const sorted = buffer.subarray(0, members.length);
    for (let i = 0; i < members.length; i++) sorted[i] = key[members[i] ?? -1] ?? Number.NaN;
    sorted.sort();
    let found = best;
    let leftWeight = 0;
    let leftSum = 0;
    for (let i = 0; i < sorted.length - minLeaf; i++) {
      const row = (sorted[i] ?? Number.NaN) % rows;
      const times = weights[row] ?? 0;
      leftWeight += times;
      leftSum += times * ((target[row] ?? Number.NaN) - mean);
      if (i + 1 < minLeaf) continue;
      const next = (sorted[i + 1] ?? Number.NaN) % rows;
      const low = value[row] ?? Number.NaN;
      const high = value[next] ?? Number.NaN;
      if (low === high) continue;
      // How much less squared error is left: around the node's mean, the right sum is minus the
      // left.
      const score = leftSum ** 2 * (1 / leftWeight + 1 / (weight - leftWeight));
      if (found === undefined || score > found.score) {
        const middle = Math.fround(low / 2 + high / 2);
        found = { feature, threshold: middle < high ? middle : low, score };
      }
    }
    return found;
  }

  return (members) => {
    const summary = summarise(target, weights, members);
    let best: SplitFound | undefined;
    for (let tried = 0; tried < order.length && (tried < candidates || !best); tried++) {
      const chosen = tried + random.below(order.length - tried);
      const feature = order[chosen] ?? -1;
      order[chosen] = order[tried] ?? -1;
      order[tried] = feature;
      best = bestOf(feature, members, summary, best);
    }
    return best;
  };
}

/** Counts and averages rows by weight. */
export function summarise(
  target: Float64Array,
  weights: Int32Array,
  members: Int32Array,
): NodeSummary {
  let weight = 0;
  let sum = 0;
  for (const row of members) {
    weight += weights[row] ?? 0;
    sum += (weights[row] ?? 0) * (target[row] ?? Number.NaN);
  }
  return { weight, mean: sum / weight };
}
