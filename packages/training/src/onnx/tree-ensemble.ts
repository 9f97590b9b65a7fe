import { TensorProto_DataType } from 'onnx-buf';
import type { GraphPorts } from '../trainer.ts';
import type { Tree } from '../trainers/grow-tree.ts';
import {
  bytes,
  doubles,
  encodeModel,
  intAttribute,
  integers,
  intsAttribute,
  tensorAttribute,
} from './model.ts';

/** Values of the operator's attribute `aggregate_function`. */
const aggregateAverage = 0;

/**
 * Returns the mean of trees as an ONNX file: features rounded through float32, as the trees were grown on, then
 * ai.onnx.ml 5 `TreeEnsemble` in float64 (its forerunner TreeEnsembleRegressor answers in float32 only).
 */
export function encodeForest(
  trees: readonly Tree[],
  columns: number,
  ports: GraphPorts,
): Uint8Array {
  const cast = (to: TensorProto_DataType) => [intAttribute('to', to)];
  return encodeModel({
    ports,
    columns,
    nodes: [
      {
        opType: 'Cast',
        input: [ports.input],
        output: ['single'],
        attribute: cast(TensorProto_DataType.FLOAT),
      },
      {
        opType: 'Cast',
        input: ['single'],
        output: ['rounded'],
        attribute: cast(TensorProto_DataType.DOUBLE),
      },
      {
        opType: 'TreeEnsemble',
        domain: 'ai.onnx.ml',
        input: ['rounded'],
        output: ['means'],
        attribute: treeAttributes(trees),
      },
      { opType: 'Squeeze', input: ['means', 'last'], output: [ports.output] },
    ],
    initializers: [integers('last', [1])],
  });
}

function treeAttributes(trees: readonly Tree[]) {
  const written = trees.map(withNode);
  const firstNodes = startsOf(written.map((tree) => tree.feature.length));
  const firstLeaves = startsOf(written.map((tree) => tree.leaves.length));
  /** Children of all trees, numbered through the whole forest. */
  const children = (side: 'left' | 'right') =>
    written.flatMap((tree, index) => {
      const [node = 0, leaf = 0] = [firstNodes[index], firstLeaves[index]];
      return tree[side].map((child) => (child < 0 ? child - leaf : child + node));
    });
  const isLeaf = (child: number) => Number(child < 0);
  const position = (child: number) => (child < 0 ? ~child : child);
  const [left, right] = [children('left'), children('right')];
  const feature = written.flatMap((tree) => tree.feature);
  const threshold = Float64Array.from(written.flatMap((tree) => tree.threshold));
  const leaves = Float64Array.from(written.flatMap((tree) => tree.leaves));
  return [
    intAttribute('aggregate_function', aggregateAverage),
    intAttribute('n_targets', 1),
    intsAttribute('tree_roots', firstNodes),
    // Mode 0 is BRANCH_LEQ: true is left.
    tensorAttribute(bytes('nodes_modes', new Uint8Array(feature.length))),
    intsAttribute('nodes_featureids', feature),
    tensorAttribute(doubles('nodes_splits', [threshold.length], threshold)),
    intsAttribute('nodes_trueleafs', left.map(isLeaf)),
    intsAttribute('nodes_truenodeids', left.map(position)),
    intsAttribute('nodes_falseleafs', right.map(isLeaf)),
    intsAttribute('nodes_falsenodeids', right.map(position)),
    tensorAttribute(doubles('leaf_weights', [leaves.length], leaves)),
    intsAttribute('leaf_targetids', new Uint8Array(leaves.length)),
  ];
}

/**
 * A tree that is a leaf gets one node with that leaf on both sides, as the operator wants it; any
 * tree then starts at its node 0.
 */
function withNode(tree: Tree): Tree {
  return tree.root === 0
    ? tree
    : { root: 0, feature: [0], threshold: [0], left: [~0], right: [~0], leaves: tree.leaves };
}

/** Returns the start of each of several runs of the given lengths, laid end to end. */
function startsOf(lengths: readonly number[]): number[] {
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return start - length;
  });
}
