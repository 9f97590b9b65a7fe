import { encodeForest } from '../onnx/tree-ensemble.ts';
import { type Random, sfc32 } from '../random.ts';
import type { Table } from '../table.ts';
import type { FitContext, FittedModel, Trainer } from '../trainer.ts';
import { growTree, predictTree, type Tree } from './regression-tree.ts';
import { prepareTreeData } from './split-search.ts';

export interface ForestModel extends FittedModel {
  readonly trees: readonly Tree[];
}

type ForestOption = 'trees' | 'maxFeatures' | 'minLeaf' | 'maxDepth';

/**
 * A random forest (Breiman 2001): the mean of trees, each grown on rows drawn with replacement,
 * each split chosen among some of the columns. Features are rounded to float32, as in scikit-learn.
 * Tree `i` depends on the seed and `i` alone: more trees extend a forest and change none of it.
 */
export function fitForest(
  table: Table,
  options: Readonly<Record<ForestOption, number>>,
  { seed, onProgress }: FitContext,
): ForestModel {
  const width = table.columns.length;
  const data = prepareTreeData(table);
  const candidates = Math.max(1, Math.floor(options.maxFeatures * width));
  const trees = Array.from({ length: options.trees }, (_, index) => {
    const random = sfc32(seed, index + 1);
    const weights = bootstrap(table.target.length, random);
    const tree = growTree(data, weights, { ...options, candidates }, random);
    onProgress?.(index + 1, options.trees);
    return tree;
  });
  return {
    trees,
    predict: (features) => {
      const rounded = Float32Array.from(features);
      return Float64Array.from({ length: features.length / width }, (_, index) => {
        const row = rounded.subarray(index * width, (index + 1) * width);
        return trees.reduce((sum, tree) => sum + predictTree(tree, row), 0) / trees.length;
      });
    },
    toOnnx: (ports) => encodeForest(trees, width, ports),
  };
}

/** Random forest regression. */
export const randomForest: Trainer<ForestOption> = {
  name: 'random-forest',
  options: {
    trees: {
      description: 'trees to grow',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      integer: true,
    },
    maxFeatures: {
      description: 'share of the columns tried at each split',
      default: 1 / 3,
      minimum: Number.MIN_VALUE,
      maximum: 1,
    },
    minLeaf: {
      description: 'fewest different rows in a leaf',
      default: 1,
      minimum: 1,
      maximum: 1_000_000,
      integer: true,
    },
    maxDepth: {
      description: 'most splits on the way to a leaf; 0 is no limit',
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
      integer: true,
    },
  },
  fit: fitForest,
};

/** Returns how often each row is drawn in as many draws as there are rows. */
function bootstrap(rows: number, random: Random): Int32Array {
  const weights = new Int32Array(rows);
  for (let draw = 0; draw < rows; draw++) {
    const row = random.below(rows);
    weights[row] = (weights[row] ?? 0) + 1;
  }
  return weights;
}
