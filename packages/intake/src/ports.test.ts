import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { GraphProtoSchema, TensorProto_DataType, type ValueInfoProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { inputsOf, outputsOf } from './ports.ts';

type Value = MessageInitShape<typeof ValueInfoProtoSchema>;

const tensor = (name: string, elemType: number, dim?: readonly object[]): Value => ({
  name,
  type: {
    value: { case: 'tensorType', value: { elemType, ...(dim && { shape: { dim: [...dim] } }) } },
  },
});
const size = (value: bigint) => ({ value: { case: 'dimValue', value } });
const open = (value: string) => ({ value: { case: 'dimParam', value } });
const FLOAT = TensorProto_DataType.FLOAT;

const graph = (input: Value[], initializer: { name: string }[] = []) =>
  create(GraphProtoSchema, { input, output: input, initializer });

describe('the inputs of a graph', () => {
  it('have sizes, names of what is open, and nothing where the graph says nothing', () => {
    const dims = [size(3n), size(0n), size(-1n), open('n'), { value: { case: undefined } }];
    expect(inputsOf(graph([tensor('X', FLOAT, dims), tensor('Y', FLOAT)]))).toEqual([
      { name: 'X', datatype: 'FP32', dimensions: [3, '', '', 'n', ''] },
      { name: 'Y', datatype: 'FP32', dimensions: undefined },
    ]);
  });

  it('are not those that have a value already', () => {
    const both = graph([tensor('X', FLOAT), tensor('W', FLOAT)], [{ name: 'W' }]);
    expect(inputsOf(both).map(({ name }) => name)).toEqual(['X']);
    expect(outputsOf(both).map(({ name }) => name)).toEqual(['X', 'W']);
  });

  it.each<[string, Value[], string]>([
    ['nothing', [], 'The model takes nothing'],
    ['__proto__', [tensor('__proto__', FLOAT)], 'export the model with another name for it'],
    [
      'an optional',
      [{ name: 'X', type: { value: { case: 'optionalType', value: {} } } }],
      'The input X is an optional; a model takes',
    ],
    [
      'a sequence',
      [{ name: 'X', type: { value: { case: 'sequenceType', value: {} } } }],
      'The input X is a sequence; a model takes',
    ],
    ['a value without a type', [{ name: 'X' }], 'X is a value without a type'],
    ['bfloat16', [tensor('X', TensorProto_DataType.BFLOAT16)], 'elements of type bfloat16'],
    ['an element type of tomorrow', [tensor('X', 999)], 'elements of type 999'],
  ])('are refused when they are %s', (_, input, message) => {
    expect(() => inputsOf(graph(input))).toThrow(
      expect.objectContaining({
        name: 'UnsupportedModelError',
        message: expect.stringContaining(message),
      }),
    );
  });
});
