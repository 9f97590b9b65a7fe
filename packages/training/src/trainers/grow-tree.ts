/**
 * A binary regression tree. Rows with `x[feature] <= threshold` go left. A child is the index of a
 * node, or `~leaf` (negative) for a leaf; so is the root: 0, or `~0` when the tree is a single
 * leaf. Features and thresholds are float32.
 */
export interface Tree {
  readonly root: number;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The mean target of each leaf. */
  readonly leaves: Float64Array;
}

/** A split of some rows. */
export interface NodeSplit {
  readonly feature: number;
  readonly threshold: number;
}

/** The rows of a tree, held in some form; a node is a range of places in their order. */
export interface NodeRows<Split extends NodeSplit = NodeSplit> {
  /** Rows of the root. */
  readonly length: number;
  /** Returns the best split, or `undefined` when the rows say all the same or no column tells them apart. */
  split(start: number, end: number): Split | undefined;
  /** Moves the rows that go left to the front; returns the place of the first that goes right. */
  part(start: number, end: number, split: Split): number;
  /** Returns the mean target. */
  mean(start: number, end: number): number;
}

/**
 * Grows a tree from its root, the left side first.
 *
 * @param maxDepth - most splits from root to leaf; 0 is no limit
 */
export function growNodes<Split extends NodeSplit>(rows: NodeRows<Split>, maxDepth: number): Tree {
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const leaves: number[] = [];
  const root: number[] = [];
  // A stack of its own: on sorted data a tree may be deeper than the call stack. Each part knows
  // the list and place its number goes to.
  const open = [{ start: 0, end: rows.length, depth: 0, into: root, place: 0 }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { start, end, depth, into, place } = part;
    const deepest = maxDepth > 0 && depth >= maxDepth;
    const split = deepest ? undefined : rows.split(start, end);
    if (split === undefined) {
      into[place] = ~leaves.length;
      leaves.push(rows.mean(start, end));
      continue;
    }
    const node = feature.length;
    into[place] = node;
    feature.push(split.feature);
    threshold.push(split.threshold);
    const middle = rows.part(start, end, split);
    const deeper = { depth: depth + 1, place: node };
    open.push({ ...deeper, start: middle, end, into: right });
    open.push({ ...deeper, start, end: middle, into: left });
  }
  return {
    root: root[0] ?? Number.NaN,
    feature: Int32Array.from(feature),
    threshold: Float32Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    leaves: Float64Array.from(leaves),
  };
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
