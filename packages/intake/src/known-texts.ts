import type { GraphProto } from 'onnx-buf';
import { listOf } from './graph-parts.ts';
import type { KnownTexts } from './rows.ts';

/** Attributes of encoders that list the texts they know. */
const attributes = ['cats_strings', 'keys_strings', 'classes_strings'];

/** Operators that hand on what they read. */
const passing: ReadonlySet<string> = new Set([
  'Cast',
  'Concat',
  'Identity',
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
]);

/**
 * Returns the texts that encoders know, by the graph's input that they read: values that a row can be tried with, and
 * that a column is checked against.
 */
export function knownTexts(graph: GraphProto): KnownTexts {
  const known = new Map<string, readonly string[]>();
  for (const { name } of graph.input) {
    const reached = new Set([name]);
    for (const node of graph.node) {
      if (!node.input.some((each) => reached.has(each))) continue;
      const texts = attributes.flatMap((attribute) => listOf(node, attribute));
      if (texts.length > 0 && !known.has(name)) known.set(name, texts);
      if (passing.has(node.opType) && node.input.length === 1)
        for (const output of node.output) reached.add(output);
    }
  }
  return known;
}

/** Classifiers of ai.onnx.ml name their classes in these attributes. */
const classLists = ['classlabels_strings', 'classlabels_int64s', 'classlabels_ints'];

/** Returns the classes that a classifier in the graph names; none if there is no classifier, or two that differ. */
export function classesIn(graph: GraphProto): readonly string[] {
  const lists = graph.node.flatMap((node) => {
    const [list] = classLists.map((name) => listOf(node, name)).filter(({ length }) => length > 0);
    return list === undefined ? [] : [list];
  });
  const [first = []] = lists;
  return lists.every((list) => list.join('\n') === first.join('\n')) ? first : [];
}
