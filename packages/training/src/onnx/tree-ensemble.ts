import { TensorProto_DataType } from 'onnx-buf';
import { TrainingError } from '../errors.ts';
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

/**
 * Most nodes of a forest. A file of ONNX is a message of protobuf and may have 2 GB, and a node with its leaf takes some
 * 30 bytes.
 */
const mostNodes = 50_000_000;

/**
 * @param nodes - of the trees so far
 * @throws TrainingError when as many more for each tree would be more than a file can hold; known as soon as one tree has
 * grown
 */
export function refuseTooLarge(nodes: number, grown: number, trees: number): void {
  const expected = Math.round((nodes / grown) * trees);
  if (expected <= mostNodes) return;
  throw new TrainingError(
    `The forest would have ${expected} nodes, and a file of ONNX takes at most ${mostNodes}: give it a larger minLeaf, a smaller maxDepth or fewer trees`,
  );
}

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
  const nodes = written.reduce((sum, tree) => sum + tree.feature.length, 0);
  const leaves = written.reduce((sum, tree) => sum + tree.leaves.length, 0);
  const feature = new Int32Array(nodes);
  const threshold = new Float64Array(nodes);
  const weights = new Float64Array(leaves);
  /** Children of all trees, numbered through the whole forest. */
  const [left, right] = [new Int32Array(nodes), new Int32Array(nodes)];
  written.forEach((tree, index) => {
    const [node = 0, leaf = 0] = [firstNodes[index], firstLeaves[index]];
    const numbered = (child: number) => (child < 0 ? child - leaf : child + node);
    feature.set(tree.feature, node);
    threshold.set(tree.threshold, node);
    left.set(tree.left.map(numbered), node);
    right.set(tree.right.map(numbered), node);
    weights.set(tree.leaves, leaf);
  });
  const isLeaf = (child: number) => Number(child < 0);
  const position = (child: number) => (child < 0 ? ~child : child);
  return [
    intAttribute('aggregate_function', aggregateAverage),
    intAttribute('n_targets', 1),
    intsAttribute('tree_roots', firstNodes),
    // Mode 0 is BRANCH_LEQ: true is left.
    tensorAttribute(bytes('nodes_modes', new Uint8Array(nodes))),
    intsAttribute('nodes_featureids', feature),
    tensorAttribute(doubles('nodes_splits', [nodes], threshold)),
    intsAttribute('nodes_trueleafs', left.map(isLeaf)),
    intsAttribute('nodes_truenodeids', left.map(position)),
    intsAttribute('nodes_falseleafs', right.map(isLeaf)),
    intsAttribute('nodes_falsenodeids', right.map(position)),
    tensorAttribute(doubles('leaf_weights', [leaves], weights)),
    intsAttribute('leaf_targetids', new Uint8Array(leaves)),
  ];
}

/**
 * A tree that is a leaf gets one node with that leaf on both sides, as the operator wants it; any
 * tree then starts at its node 0.
 */
function withNode(tree: Tree): Tree {
  return tree.root === 0
    ? tree
    : {
        root: 0,
        feature: Int32Array.of(0),
        threshold: Float32Array.of(0),
        left: Int32Array.of(~0),
        right: Int32Array.of(~0),
        leaves: tree.leaves,
      };
}

/** Returns the start of each of several runs of the given lengths, laid end to end. */
function startsOf(lengths: readonly number[]): number[] {
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return start - length;
  });
}
