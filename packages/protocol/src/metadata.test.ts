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
    outputs: [
      {
        name: 'price',
        datatype: 'FP64',
        shape: [-1],
        parameters: { chorus_non_finite: 'null' },
      },
    ],
  });
});

it('metadata tells which values may be missing, and the classes', () => {
  const classes = (labels: readonly string[]) =>
    toModelMetadata(
      {
        ...schema,
        inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 4], missing: true }],
        outputs: [{ name: 'y', datatype: 'INT64', shape: [-1, labels.length], labels }],
      },
      [],
      onnxPlatform,
    );
  expect(classes(['stays', 'leaves'])).toMatchObject({
    inputs: [{ parameters: { chorus_missing: true } }],
    outputs: [{ parameters: { chorus_labels: 'stays,leaves' } }],
  });
  for (const labels of [['a, b', 'c'], ['["a"]'], ['[']])
    expect(classes(labels).outputs[0]?.parameters).toEqual({
      chorus_labels: JSON.stringify(labels),
    });
});

it('metadata of a workflow does not speak of numbers that are none: they are failures of its models', () => {
  const { outputs } = toModelMetadata(schema, [], 'chorus_workflow');
  expect(outputs).toEqual([{ name: 'price', datatype: 'FP64', shape: [-1] }]);
});

it('metadata of a workflow has no versions', () => {
  expect(toModelMetadata(schema, [], 'chorus_workflow')).not.toHaveProperty('versions');
});
