import type { GraphProto, NodeProto, TensorProto } from 'onnx-buf';

/** All nodes of a graph and of the graphs inside them (the branches of an If, the body of a Loop). */
export function* nodesOf(graph: GraphProto): Generator<NodeProto> {
  for (const node of graph.node) {
    yield node;
    for (const { g, graphs } of node.attribute) {
      for (const inner of g === undefined ? graphs : [g, ...graphs]) yield* nodesOf(inner);
    }
  }
}

function* innerGraphs(graph: GraphProto): Generator<GraphProto> {
  yield graph;
  for (const node of graph.node) {
    for (const { g, graphs } of node.attribute) {
      for (const inner of g === undefined ? graphs : [g, ...graphs]) yield* innerGraphs(inner);
    }
  }
}

/** All constant tensors of a graph and of the graphs inside it. */
export function* tensorsOf(graph: GraphProto): Generator<TensorProto> {
  for (const each of innerGraphs(graph)) {
    yield* each.initializer;
    for (const { values, indices } of each.sparseInitializer) {
      if (values !== undefined) yield values;
      if (indices !== undefined) yield indices;
    }
    for (const { attribute } of each.node) {
      for (const { t, tensors } of attribute) {
        if (t !== undefined) yield t;
        yield* tensors;
      }
    }
  }
}

/** The strings or whole numbers of a node's attribute, as text; none if it has no such attribute. */
export function listOf(node: NodeProto, name: string): readonly string[] {
  const found = node.attribute.find((each) => each.name === name);
  if (found === undefined) return [];
  return found.strings.length > 0
    ? found.strings.map((bytes) => Buffer.from(bytes).toString())
    : found.ints.map(String);
}
