import type { Random } from '../random.ts';
import { growNodes, type Tree } from './grow-tree.ts';
import { splitSearch, summarise, type TreeData, type TreeOptions } from './split-search.ts';

/**
 * Grows a tree by CART (Breiman et al. 1984): each split is the one that leaves least squared
 * error, down to pure leaves unless options stop it earlier. Thresholds lie halfway between two
 * neighbouring float32 values, rounded to a float32 below the upper one: comparing in float32 or in
 * float64 is then the same, which an exported threshold depends on.
 *
 * @param weights - how often each row counts, `[rows]`; 0 leaves it out (bootstrap)
 */
export function growTree(
  data: TreeData,
  weights: Int32Array,
  options: TreeOptions,
  random: Random,
): Tree {
  const rows = Int32Array.from(weights.keys().filter((row) => (weights[row] ?? 0) > 0));
  const search = splitSearch(data, weights, options, random);
  const nodes = {
    length: rows.length,
    split: (start: number, end: number) => {
      const members = rows.subarray(start, end);
      return isPure(data.target, members) ? undefined : search(members);
    },
    part: (start: number, end: number, split: { feature: number; threshold: number }) =>
      start + partition(rows.subarray(start, end), data.values[split.feature], split.threshold),
    mean: (start: number, end: number) =>
      summarise(data.target, weights, rows.subarray(start, end)).mean,
  };
  return growNodes(nodes, options.maxDepth);
}

/** Moves the rows that go left to the front and returns their number. */
function partition(
  members: Int32Array,
  value: Float32Array | undefined,
  threshold: number,
): number {
  let left = 0;
  for (let i = 0; i < members.length; i++) {
    const row = members[i] ?? -1;
    if ((value?.[row] ?? Number.NaN) <= threshold) {
      members[i] = members[left] ?? -1;
      members[left++] = row;
    }
  }
  return left;
}

function isPure(target: Float64Array, members: Int32Array): boolean {
  const first = target[members[0] ?? -1];
  return members.every((row) => target[row] === first);
}
