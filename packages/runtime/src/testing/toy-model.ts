import { createHash } from 'node:crypto';
import type { FaultyS3 } from '@chorus/emulator-s3/testing';
import type { InferRequest, ModelSchema } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { linearModel } from './tiny-onnx.ts';

/** Two features in, one price out: price = 2 rooms - 3 age + 10. */
export const toySchema: ModelSchema = {
  name: 'toy',
  inputs: [
    {
      name: 'features',
      datatype: 'FP64',
      shape: [-1, 2],
      columns: [
        { name: 'rooms', description: 'rooms', minimum: 0 },
        { name: 'age', description: 'years', minimum: 0, maximum: 200 },
      ],
    },
  ],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 1000,
};

export const toyWeights: Uint8Array = linearModel([2, -3], 10);

/** Returns the key of a version of the toy model. */
export function toyKey(version = 'v1'): string {
  return `models/toy/${version}/model.onnx`;
}

/** The manifest that fits some weights. */
export function manifestOf(weights: Uint8Array, version = 'v1'): Manifest {
  const sha256 = createHash('sha256').update(weights).digest('hex');
  return {
    format: 1,
    name: 'toy',
    version,
    file: { name: 'model.onnx', bytes: weights.byteLength, sha256 },
    schema: toySchema,
  };
}

/** Puts a version into a store: the weights, and a manifest that fits them unless another is given. */
export async function pushToy(
  s3: FaultyS3,
  weights: Uint8Array = toyWeights,
  manifest: unknown = manifestOf(weights),
): Promise<void> {
  await s3.put(`weights/${toyKey()}`, weights);
  await s3.put('weights/models/toy/v1/manifest.json', JSON.stringify(manifest));
}

/** A request of one row. */
export const toyRequest: InferRequest = {
  id: 'a',
  inputs: [{ name: 'features', datatype: 'FP64', shape: [1, 2], data: [6, 1] }],
};
