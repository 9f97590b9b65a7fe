import type { ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import { expect, it } from 'vitest';
import { predictBody } from './model-request.ts';

const spec = (name: string, shape: readonly number[], more: object = {}): TensorSpec => ({
  name,
  datatype: 'FP32',
  shape,
  ...more,
});
const tensor = (name: string, shape: readonly number[]): Tensor => ({
  name,
  datatype: 'FP32',
  shape,
  data: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => index),
});
const bodyOf = (inputs: ModelSchema['inputs'], tensors: readonly Tensor[]) =>
  predictBody({ name: 'm', inputs, outputs: [], maxBatch: 1 }, { inputs: tensors });

const columns = ['a', 'b'].map((name) => ({ name, description: '' }));

it('a row of a table with names has them as its fields', () => {
  expect(bodyOf([spec('X', [-1, 2], { columns })], [tensor('X', [1, 2])])).toEqual({ a: 0, b: 1 });
});

it('a row of a table without names is nested as it is', () => {
  expect(bodyOf([spec('X', [-1, 2])], [tensor('X', [1, 2])])).toEqual({ X: [[0, 1]] });
});

it.each<[readonly number[], readonly number[], unknown]>([
  [[-1], [1], 0],
  [[-1, 1], [1, 1], 0],
  [[-1, 2], [1, 2], [[0, 1]]],
  [[1], [1], [0]],
  [[-1, 1, 1], [1, 1, 1], [[[0]]]],
])('inputs of the shape %j are fields only where each has one value a row', (shape, given, one) => {
  const both = bodyOf([spec('x', [-1]), spec('y', shape)], [tensor('x', [1]), tensor('y', given)]);
  expect(both).toEqual({ x: one === 0 ? 0 : [0], y: one });
});

it.each<[readonly number[], unknown]>([
  [[], 0],
  [[3], [0, 1, 2]],
  [
    [2, 2],
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    [2, 1, 2],
    [[[0, 1]], [[2, 3]]],
  ],
  [[0, 2], []],
])('the only input is nested by its shape %j', (shape, nested) => {
  expect(bodyOf([spec('x', [-1])], [tensor('x', shape)])).toEqual({ x: nested });
});

it('columns of the first of several inputs are not those of a row', () => {
  const inputs = [spec('X', [-1, 2], { columns }), spec('y', [-1])];
  expect(bodyOf(inputs, [tensor('X', [1, 2]), tensor('y', [1])])).toEqual({ X: [[0, 1]], y: [0] });
});
