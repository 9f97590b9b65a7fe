import { create } from '@bufbuild/protobuf';
import { GraphProtoSchema } from 'onnx-buf';
import { expect, it } from 'vitest';
import { isWorthOptimizing } from './optimize.ts';

const graph = (...opTypes: readonly string[]) =>
  create(GraphProtoSchema, { node: opTypes.map((opType) => ({ opType })) });
const products = (count: number) =>
  graph(...Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'MatMul' : 'Gemm')));

it.each([
  ['trees', graph('TreeEnsembleRegressor', 'Cast'), false],
  ['a convolution', graph('Cast', 'Conv'), true],
  ['eleven products', products(11), false],
  ['twelve products', products(12), true],
  ['many additions', graph(...Array.from({ length: 20 }, () => 'Add')), false],
])('a graph of %s is worth it: %#', (_, asked, expected) => {
  expect(isWorthOptimizing(asked)).toBe(expected);
});

it('looks into the graphs inside a graph', () => {
  const g = graph('LSTM');
  const node = [{ opType: 'If', attribute: [{ name: 'then_branch', g }] }];
  expect(isWorthOptimizing(create(GraphProtoSchema, { node }))).toBe(true);
});
