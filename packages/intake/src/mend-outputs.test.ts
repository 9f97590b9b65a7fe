import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type GraphProto,
  GraphProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { mendLocales } from './mend-locales.ts';
import { mendOutputs } from './mend-outputs.ts';

type Node = MessageInitShape<typeof NodeProtoSchema>;
type Value = MessageInitShape<typeof ValueInfoProtoSchema>;

const ofType = (name: string, value: object): Value =>
  ({ name, type: { value } }) as unknown as Value;
const tensor = (name: string): Value =>
  ofType(name, { case: 'tensorType', value: { elemType: TensorProto_DataType.FLOAT } });
const sequenceOf = (name: string, value: object): Value =>
  ofType(name, { case: 'sequenceType', value: { elemType: { value } } });
const map = { case: 'mapType', value: {} };

const graphOf = (output: Value[], ...node: Node[]): GraphProto =>
  create(GraphProtoSchema, { output, node });
const zipMap = (change: Node = {}): Node => ({
  opType: 'ZipMap',
  domain: 'ai.onnx.ml',
  input: ['table'],
  output: ['p'],
  attribute: [{ name: 'classlabels_int64s', ints: [0n, 1n] }],
  ...change,
});
const casesOf = ({ output }: GraphProto) => output.map(({ type }) => type?.value.case);

describe('the outputs of a graph', () => {
  it('that are tensors stay as they are', () => {
    const graph = graphOf([tensor('y')]);
    expect(mendOutputs(graph)).toEqual({ labels: new Map(), changes: [] });
    expect(casesOf(graph)).toEqual(['tensorType']);
  });

  it('lose their ZipMap, whose classes are kept', () => {
    const graph = graphOf([tensor('y'), sequenceOf('p', map)], zipMap());
    const { labels, changes } = mendOutputs(graph);
    expect([...labels]).toEqual([['p', ['0', '1']]]);
    expect(changes).toEqual([
      'p: removed its ZipMap, so that it is a tensor with a column for each class',
    ]);
    expect(graph.node).toMatchObject([{ opType: 'Identity', input: ['table'], output: ['p'] }]);
    expect(casesOf(graph)).toEqual(['tensorType', 'tensorType']);
  });

  it('have classes that are texts', () => {
    const texts = { name: 'classlabels_strings', strings: [Buffer.from('no'), Buffer.from('yes')] };
    const graph = graphOf([sequenceOf('p', map)], zipMap({ attribute: [texts] }));
    expect(mendOutputs(graph).labels.get('p')).toEqual(['no', 'yes']);
  });

  it.each<[string, Node]>([
    ['of another domain', zipMap({ domain: 'own' })],
    ['of another output', zipMap({ output: ['q'] })],
    ['of another kind', zipMap({ opType: 'Zip' })],
  ])('are dropped where the operator is %s', (_, node) => {
    const graph = graphOf([tensor('y'), sequenceOf('p', map)], node);
    expect(mendOutputs(graph)).toEqual({
      labels: new Map(),
      changes: ['p: dropped, because a sequenceType fits into no tensor'],
    });
    expect(graph.output.map(({ name }) => name)).toEqual(['y']);
  });

  it('are stacked where they are a sequence of tensors', () => {
    const inner = { case: 'tensorType', value: { elemType: TensorProto_DataType.INT64 } };
    const graph = graphOf(
      [sequenceOf('s', inner)],
      { opType: 'SequenceConstruct', input: ['a'], output: ['s'] },
      { opType: 'SequenceLength', input: ['s'], output: ['n'] },
    );
    expect(mendOutputs(graph).changes).toEqual([
      's: stacked its sequence of tensors into one tensor',
    ]);
    expect(graph.node).toMatchObject([
      { input: ['a'], output: ['s/sequence'] },
      { input: ['s/sequence'], output: ['n'] },
      { opType: 'ConcatFromSequence', input: ['s/sequence'], output: ['s'] },
    ]);
    const type = graph.output[0]?.type?.value;
    expect(type).toMatchObject({
      case: 'tensorType',
      value: { elemType: TensorProto_DataType.INT64 },
    });
  });

  it('are refused when none is left', () => {
    expect(() => mendOutputs(graphOf([{ name: 'p' }]))).toThrow(
      'The model has no output that is a tensor',
    );
  });
});

describe('a StringNormalizer', () => {
  const normalizer = (locale?: string, opType = 'StringNormalizer'): Node => ({
    opType,
    attribute: [
      { name: 'is_case_sensitive', i: 0n },
      ...(locale === undefined ? [] : [{ name: 'locale', s: Buffer.from(locale) }]),
    ],
  });
  const localeOf = ({ node }: GraphProto) =>
    node[0]?.attribute
      .filter(({ name }) => name === 'locale')
      .map(({ s }) => String(Buffer.from(s)));

  it.each([undefined, '', 'en_US', 'de', 'pt-BR'])(
    'of the locale %s gets one that is there',
    (locale) => {
      const graph = graphOf([], normalizer(locale));
      expect(mendLocales(graph)).toEqual([expect.stringContaining('its locale became C.UTF-8')]);
      expect(localeOf(graph)).toEqual(['C.UTF-8']);
      expect(graph.node[0]?.attribute).toHaveLength(2);
    },
  );

  it.each(['tr_TR', 'eng', 'C'])('of the locale %s keeps it', (locale) => {
    const graph = graphOf([], normalizer(locale));
    expect(mendLocales(graph)).toEqual([]);
    expect(localeOf(graph)).toEqual([locale]);
  });

  it('is the only operator that has a locale', () => {
    expect(mendLocales(graphOf([], normalizer('en_US', 'Other')))).toEqual([]);
  });
});
