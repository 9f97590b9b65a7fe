import type { Random } from '../random.ts';
import { splitSearch, summarise, type TreeData, type TreeOptions } from './split-search.ts';

/**
 * A binary regression tree. Rows with `x[feature] <= threshold` go left. A child is the index of a
 * node, or `~leaf` (negative) for a leaf; so is the root: 0, or `~0` when the tree is a single
 * leaf. Features and thresholds are float32.
 */
export interface Tree {
  readonly root: number;
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** The mean target of each leaf. */
  readonly leaves: readonly number[];
}

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
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const leaves: number[] = [];
  const root: number[] = [];
  const rows = Int32Array.from(weights.keys().filter((row) => (weights[row] ?? 0) > 0));
  const search = splitSearch(data, weights, options, random);
  // A stack of its own: on sorted data a tree may be deeper than the call stack. Each part knows
  // the list and place its number goes to.
  const open = [{ start: 0, end: rows.length, depth: 0, into: root, place: 0 }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { start, end, depth, into, place } = part;
    const members = rows.subarray(start, end);
    const deepest = options.maxDepth > 0 && depth >= options.maxDepth;
    const split = deepest || isPure(data.target, members) ? undefined : search(members);
    if (split === undefined) {
      into[place] = ~leaves.length;
      leaves.push(summarise(data.target, weights, members).mean);
      continue;
    }
    const node = feature.length;
    into[place] = node;
    feature.push(split.feature);
    threshold.push(split.threshold);
    const middle = start + partition(members, data.values[split.feature], split.threshold);
    const deeper = { depth: depth + 1, place: node };
    open.push({ ...deeper, start: middle, end, into: right });
    open.push({ ...deeper, start, end: middle, into: left });
  }
  return { root: root[0] ?? Number.NaN, feature, threshold, left, right, leaves };
}

/** Returns the leaf value for one row of float32 features. */
export function predictTree(tree: Tree, row: Float32Array): number {
  let node = tree.root;
  while (node >= 0) {
    const value = row[tree.feature[node] ?? -1] ?? Number.NaN;
    node =
      (value <= (tree.threshold[node] ?? Number.NaN) ? tree.left[node] : tree.right[node]) ?? -1;
  }
  return tree.leaves[~node] ?? Number.NaN;
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
