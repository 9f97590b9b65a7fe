import { fileURLToPath } from 'node:url';
import type { Column, ModelSchema } from '@chorus/protocol';
import type { ImageSection } from '@chorus/registry/manifest';
import { describe, expect, it } from 'vitest';
import { readWeights } from './weights.ts';

/** A graph without a manifest beside it. */
const file = fileURLToPath(
  new URL('../../../packages/intake/fixtures/exports/ridge.onnx', import.meta.url),
);

const schemaOf = (limit: Partial<Column>): ModelSchema => ({
  name: 'rent',
  inputs: [
    {
      name: 'X',
      datatype: 'FP32',
      shape: [-1, 4],
      columns: ['size', 'rooms', 'floor', 'age'].map((name) => ({
        name,
        description: '',
        ...limit,
      })),
    },
  ],
  outputs: [{ name: 'variable', datatype: 'FP32', shape: [-1, 1] }],
  maxBatch: 1000,
});

it('weights that are pushed alone get an example, so that a promotion has something to compare with', async () => {
  const { hasManifest, manifest } = await readWeights(file, schemaOf({}));
  expect(hasManifest).toBe(false);
  expect(manifest.example?.inputs).toEqual([
    expect.objectContaining({ name: 'X', datatype: 'FP32', shape: [1, 4] }),
  ]);
});

describe('weights that are pushed for a schema', () => {
  const [input] = schemaOf({}).inputs;
  const push = (change: object) =>
    readWeights(file, { ...schemaOf({}), inputs: input ? [{ ...input, ...change }] : [] });

  it('may have a dimension open that the schema does not', async () => {
    expect((await push({ shape: [10, 4] })).hasManifest).toBe(false);
  });

  it.each([
    [{ shape: [-1, 5] }, 'X FP32 [-1,4] instead of X FP32 [-1,5]'],
    [{ shape: [-1, 4, 1] }, 'X FP32 [-1,4] instead of X FP32 [-1,4,1]'],
    [{ shape: [-1] }, 'X FP32 [-1,4] instead of X FP32 [-1]'],
    [{ datatype: 'FP64' }, 'X FP32 [-1,4] instead of X FP64 [-1,4]'],
    [{ name: 'Z' }, 'it has no Z FP32 [-1,4]; it takes X FP32 [-1,4] too'],
  ])('are refused where the graph takes something else than %j', async (change, message) => {
    await expect(push(change)).rejects.toThrow(
      `is not what callers of rent know: ${message}. Nothing was published`,
    );
  });
});

it.each([{ minimum: 1 }, { maximum: 9 }])(
  'none where columns have limits (%j), which it might not keep',
  async (limit) => {
    expect((await readWeights(file, schemaOf(limit))).manifest.example).toBeUndefined();
  },
);

describe('weights of a classifier of photos that are pushed alone', () => {
  const colours = fileURLToPath(
    new URL('../../../packages/intake/fixtures/photos/colours.onnx', import.meta.url),
  );
  const schema: ModelSchema = {
    name: 'colours',
    inputs: [{ name: 'image', datatype: 'BYTES', shape: [-1] }],
    outputs: [{ name: 'label', datatype: 'BYTES', shape: [-1] }],
    maxBatch: 8,
  };
  const image: ImageSection = {
    input: {
      name: 'pixels',
      layout: 'NCHW',
      datatype: 'FP32',
      width: 48,
      height: 32,
      channels: 'RGB',
      fit: 'fill',
      kernel: 'linear',
    },
    output: { name: 'colours', activation: 'softmax' },
    labels: [
      { name: 'red', indices: [0] },
      { name: 'green', indices: [1] },
    ],
    threshold: 0,
  };

  it('are used as the weights before them, and have no example of their own', async () => {
    const { manifest } = await readWeights(colours, schema, image);
    expect(manifest).toMatchObject({ name: 'colours', schema, image });
    expect(manifest.example).toBeUndefined();
  });

  it.each<[string, ImageSection, string]>([
    ['another size', { ...image, input: { ...image.input, width: 64 } }, 'pixels FP32'],
    ['another layout', { ...image, input: { ...image.input, layout: 'NHWC' } }, 'pixels FP32'],
    ['another input', { ...image, input: { ...image.input, name: 'x' } }, 'it has no x FP32'],
    ['more classes', { ...image, labels: [{ name: 'red', indices: [7] }] }, 'FP32 [1,8]'],
    [
      'another output',
      { ...image, output: { ...image.output, detection: 'found' } },
      'it has no found FP32',
    ],
  ])('are refused when they were made for %s', async (_, other, message) => {
    await expect(readWeights(colours, schema, other)).rejects.toThrow(message);
  });
});
