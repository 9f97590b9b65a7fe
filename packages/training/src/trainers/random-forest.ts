import { TrainingError } from '../errors.ts';
import { encodeForest, refuseTooLarge } from '../onnx/tree-ensemble.ts';
import type { RowSource } from '../rows/row-source.ts';
import type { Table } from '../table.ts';
import type { FitContext, FitRowsContext, FittedModel, Trainer } from '../trainer.ts';
import { growTrees, joinShares } from './forest/grow-trees.ts';
import { encodeShare } from './forest/share.ts';
import {
  type ForestOption,
  type ForestOptions,
  growerOf,
  growerOfRows,
} from './forest/tree-grower.ts';
import { predictTree, type Tree } from './grow-tree.ts';

export interface ForestModel extends FittedModel {
  readonly trees: readonly Tree[];
}

/**
 * A random forest (Breiman 2001): the mean of trees, each grown on rows drawn with replacement,
 * each split chosen among some of the columns. Features are rounded to float32, as in scikit-learn.
 * Tree `i` depends on the seed and `i` alone: more trees extend a forest and change none of it.
 */
export function fitForest(
  table: Table,
  options: ForestOptions,
  { seed, onProgress }: FitContext,
): ForestModel {
  const grower = growerOf(table, options, seed);
  let nodes = 0;
  const trees = Array.from({ length: options.trees }, (_, index) => {
    const tree = grower.grow(index);
    nodes += tree.feature.length;
    refuseTooLarge(nodes, index + 1, options.trees);
    onProgress?.(index + 1, options.trees);
    return tree;
  });
  return forestOf(trees, grower.columns);
}

/** The same of rows that need not fit into memory, tree by tree with checkpoints. */
async function fitForestRows(
  rows: RowSource,
  options: ForestOptions,
  context: FitRowsContext,
): Promise<ForestModel> {
  const grower = await growerOfRows(rows, options, context.seed);
  const trees = await growTrees(
    grower,
    { first: 0, end: options.trees, total: options.trees },
    context,
  );
  return forestOf(trees, grower.columns);
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
    exactRows: {
      description:
        'most rows of which every value may be a threshold; of more, 256 values a column',
      default: 50_000,
      minimum: 0,
      maximum: 1_000_000,
      integer: true,
    },
  },
  fit: fitForest,
  fitRows: fitForestRows,
  shares: {
    parts: ({ trees }) => trees,
    fit: async (rows, options, { first, end }, context) => {
      if (!(first >= 0 && first < end && end <= options.trees)) {
        throw new TrainingError(
          `A forest of ${options.trees} trees has none from ${first} up to ${end}`,
        );
      }
      const grower = await growerOfRows(rows, options, context.seed);
      const trees = await growTrees(grower, { first, end, total: options.trees }, context);
      return encodeShare({ fingerprint: grower.fingerprint(), first, trees });
    },
    merge: (shares, options, columns) => forestOf(joinShares(shares, options.trees), columns),
  },
};

function forestOf(trees: readonly Tree[], width: number): ForestModel {
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
