import type { Random } from '../random.ts';
import type { Table } from '../table.ts';

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

/** The leaf value for one row of float32 features. */
export function predictTree(tree: Tree, row: Float32Array): number {
  let node = tree.root;
  while (node >= 0) {
    const value = row[tree.feature[node] ?? -1] ?? Number.NaN;
    node =
      (value <= (tree.threshold[node] ?? Number.NaN) ? tree.left[node] : tree.right[node]) ?? -1;
  }
  return tree.leaves[~node] ?? Number.NaN;
}

/**
 * Returns a function that finds the best split of some rows, or none when no candidate column
 * varies enough.
 */
function splitSearch(
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

function summarise(target: Float64Array, weights: Int32Array, members: Int32Array): NodeSummary {
  let weight = 0;
  let sum = 0;
  for (const row of members) {
    weight += weights[row] ?? 0;
    sum += (weights[row] ?? 0) * (target[row] ?? Number.NaN);
  }
  return { weight, mean: sum / weight };
}
