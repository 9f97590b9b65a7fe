import { expect, it } from 'vitest';
import { onnxPlatform, toModelMetadata } from './metadata.ts';
import type { ModelSchema } from './types.ts';

const schema: ModelSchema = {
  name: 'prices',
  inputs: [
    {
      name: 'x',
      datatype: 'FP64',
      shape: [-1, 2],
      columns: ['rooms', 'age'].map((name) => ({ name, description: name, minimum: 0 })),
    },
  ],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
};

it('metadata names versions, platform, tensors and their columns', () => {
  expect(toModelMetadata(schema, ['v1', 'v2'], onnxPlatform)).toEqual({
    name: 'prices',
    versions: ['v1', 'v2'],
    platform: 'onnx_onnxv1',
    inputs: [
      { name: 'x', datatype: 'FP64', shape: [-1, 2], parameters: { chorus_columns: 'rooms,age' } },
    ],
    outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  });
});

it('metadata of a workflow has no versions', () => {
  expect(toModelMetadata(schema, [], 'chorus_workflow')).not.toHaveProperty('versions');
});
