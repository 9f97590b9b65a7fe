import { create } from '@bufbuild/protobuf';
import type { TensorSpec } from '@chorus/protocol';
import { type ValueInfoProto, ValueInfoProtoSchema } from 'onnx-buf';
import { expect, it } from 'vitest';
import { declareShapes } from './declare-shapes.ts';

type Size = number | string;

/** A tensor as a graph declares it: a number, a name, or '' for a dimension that says nothing. */
function declared(name: string, sizes: readonly Size[] | undefined): ValueInfoProto {
  const dim = sizes?.map((size) => ({
    value:
      typeof size === 'number'
        ? ({ case: 'dimValue', value: BigInt(size) } as const)
        : size === ''
          ? ({ case: undefined } as const)
          : ({ case: 'dimParam', value: size } as const),
  }));
  const value = { elemType: 1, ...(dim && { shape: { dim } }) };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value } } });
}

const shapeOf = (value: ValueInfoProto): readonly Size[] | undefined =>
  value.type?.value.case === 'tensorType'
    ? value.type.value.value.shape?.dim.map(({ value: size }) =>
        size.case === 'dimValue' ? Number(size.value) : (size.value ?? ''),
      )
    : undefined;

const spec = (shape: readonly number[]): TensorSpec => ({ name: 'X', datatype: 'FP32', shape });

it.each<[readonly Size[], readonly number[]]>([
  [
    ['n', 4],
    [-1, 4],
  ],
  [
    ['n', ''],
    [-1, 4],
  ],
  [
    [1, 4],
    [1, 4],
  ],
  [[], []],
])('leaves %j alone where %j was found', (sizes, found) => {
  const value = declared('X', sizes);
  expect(declareShapes([value], [spec(found)])).toBeUndefined();
  expect(shapeOf(value)).toEqual(sizes);
});

it.each<[readonly Size[], readonly number[], readonly Size[], string]>([
  [[1, 4], [-1, 4], ['rows', 4], 'X: was declared as [1, 4], and is [rows, 4]'],
  [['n', 3], [-1, -1], ['rows', 'dimension_1'], 'X: was declared as [n, 3], and is [rows, ?]'],
  [['', 3], [2, 5], [2, 5], 'X: was declared as [?, 3], and is [2, 5]'],
  [[4], [-1, 4], ['rows', 4], 'X: was declared as [4], and is [rows, 4]'],
])('declares %j anew where %j was found, and says so', (sizes, found, becomes, line) => {
  const value = declared('X', sizes);
  expect(declareShapes([value], [spec(found)])).toEqual([line]);
  expect(shapeOf(value)).toEqual(becomes);
});

it('declares a tensor that had no shape without a word', () => {
  const value = declared('X', undefined);
  expect(declareShapes([value], [spec([-1, 4])])).toEqual([]);
  expect(shapeOf(value)).toEqual(['rows', 4]);
});

it('leaves alone what the graph does not have', () => {
  const value = declared('Y', [1]);
  expect(declareShapes([value], [spec([2])])).toBeUndefined();
  expect(shapeOf(value)).toEqual([1]);
});
