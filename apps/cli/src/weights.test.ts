import { fileURLToPath } from 'node:url';
import type { Column, ModelSchema } from '@chorus/protocol';
import { expect, it } from 'vitest';
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

it.each([{ minimum: 1 }, { maximum: 9 }])(
  'none where columns have limits (%j), which it might not keep',
  async (limit) => {
    expect((await readWeights(file, schemaOf(limit))).manifest.example).toBeUndefined();
  },
);
