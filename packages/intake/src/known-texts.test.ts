import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { GraphProtoSchema, type NodeProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { classesIn, knownTexts } from './known-texts.ts';

type Node = MessageInitShape<typeof NodeProtoSchema>;

const texts = (name: string, ...values: readonly string[]) => ({
  name,
  strings: values.map((value) => Buffer.from(value)),
});
const node = (opType: string, input: string[], output: string[], ...attribute: object[]): Node => ({
  opType,
  input,
  output,
  attribute,
});
const graph = (inputs: readonly string[], ...nodes: Node[]) =>
  create(GraphProtoSchema, { input: inputs.map((name) => ({ name })), node: nodes });

const encoder = (input: string, ...values: readonly string[]): Node =>
  node('OneHotEncoder', [input], ['encoded'], texts('cats_strings', ...values));

describe('the texts that a graph knows', () => {
  it('are those of the encoder that reads the input', () => {
    const known = knownTexts(graph(['a', 'b'], encoder('a', 'red', 'green')));
    expect([...known]).toEqual([['a', ['red', 'green']]]);
  });

  it('are found behind operators that hand on what they read', () => {
    const flat = node('Flatten', ['a'], ['flat']);
    const cast = node('Cast', ['flat'], ['cast']);
    expect([...knownTexts(graph(['a'], flat, cast, encoder('cast', 'red')))]).toEqual([
      ['a', ['red']],
    ]);
  });

  it.each<[string, Node]>([
    ['changes what it reads', node('StringNormalizer', ['a'], ['x'])],
    ['joins two inputs', node('Concat', ['a', 'b'], ['x'])],
  ])('are not sought behind an operator that %s', (_, between) => {
    expect(knownTexts(graph(['a', 'b'], between, encoder('x', 'red'))).size).toBe(0);
  });

  it('are those of the first encoder of an input', () => {
    expect(knownTexts(graph(['a'], encoder('a', 'red'), encoder('a', 'blue'))).get('a')).toEqual([
      'red',
    ]);
  });
});

describe('the classes of a graph', () => {
  const classifier = (...values: readonly string[]): Node =>
    node('LinearClassifier', [], [], texts('classlabels_strings', ...values));

  it('are those that its classifier names', () => {
    expect(classesIn(graph([], node('Cast', [], []), classifier('no', 'yes')))).toEqual([
      'no',
      'yes',
    ]);
  });

  it('are numbers too', () => {
    const numbers = { name: 'classlabels_int64s', ints: [0n, 2n] };
    expect(classesIn(graph([], node('SVMClassifier', [], [], numbers)))).toEqual(['0', '2']);
  });

  it('are none without a classifier, or with two that differ', () => {
    expect(classesIn(graph([]))).toEqual([]);
    expect(classesIn(graph([], classifier('a', 'b'), classifier('a', 'b')))).toEqual(['a', 'b']);
    expect(classesIn(graph([], classifier('a', 'b'), classifier('b', 'a')))).toEqual([]);
  });
});
