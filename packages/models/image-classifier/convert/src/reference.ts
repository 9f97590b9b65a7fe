import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { animals, normalisation, side, type View } from './recipe.ts';

/** Starts TensorFlow.js on its WebAssembly backend. */
export async function startTensorFlow(): Promise<void> {
  const require = createRequire(import.meta.url);
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  await tf.ready();
}

/**
 * Returns the original model's answer for a photo, `side` x `side` RGB, at one view: the best logit of each animal.
 * Everything is computed by TensorFlow.js, the shrinking as two matrix products.
 */
export async function referenceView(file: string, rgb: Uint8Array, view: View): Promise<number[]> {
  const model = await loadModel(file, view.side);
  const scores = tf.tidy(() => {
    const bgr = tf.reverse(tf.tensor3d(rgb, [side, side, 3], 'float32'), 2);
    const centred = tf.sub(bgr, normalisation.mean);
    const pixels = tf.transpose(tf.div(centred, normalisation.std), [2, 0, 1]);
    const shrunk = view.side === side ? pixels : shrink(pixels, view.side);
    const seen = view.mirrored ? tf.reverse(shrunk, 2) : shrunk;
    const outputs = model.execute(tf.expandDims(seen, 0), heads) as tf.Tensor[];
    const best = outputs.map((output) => tf.squeeze(tf.max(output, 1), [0]));
    return tf.max(tf.stack(best), 0).arraySync() as number[];
  });
  model.dispose();
  return animals.map(({ index }) => logit(scores[index] ?? Number.NaN));
}

/** Scores `[1, cells, 80]` of the three levels, after the sigmoid. */
const heads = ['Identity', 'Identity_1', 'Identity_2'];

const logit = (probability: number) => Math.log(probability / (1 - probability));

/** Shrinks `[3, side, side]` with a triangle as wide as two new pixels (ONNX Resize, antialias). */
function shrink(pixels: tf.Tensor, size: number): tf.Tensor {
  const scale = side / size;
  const rows = Array.from({ length: size }, (_, target) => {
    const centre = (target + 0.5) * scale;
    const row = Array.from({ length: side }, (_, source) =>
      Math.max(0, 1 - Math.abs(source + 0.5 - centre) / scale),
    );
    const sum = row.reduce((total, weight) => total + weight, 0);
    return row.map((weight) => weight / sum);
  });
  const matrix = tf.tile(tf.expandDims(tf.tensor2d(rows), 0), [3, 1, 1]);
  return tf.matMul(tf.matMul(matrix, pixels), matrix, false, true);
}

/** Returns the model with its input size, and the sizes it resizes to inside, changed in proportion. */
async function loadModel(file: string, size: number): Promise<GraphModel> {
  const model = JSON.parse(await readFile(file, 'utf8'));
  const { weights: weightSpecs, paths } = model.weightsManifest[0];
  const weightData = new Uint8Array(await readFile(file.replace(/[^/]+$/, paths[0]))).buffer;
  const nodes: {
    name: string;
    op: string;
    input?: string[];
    attr: { shape: { shape: { dim: { size: string }[] } } };
  }[] = model.modelTopology.node;
  const placeholder = nodes.find(({ op }) => op === 'Placeholder');
  const published = Number(placeholder?.attr.shape.shape.dim[2]?.size);
  for (const dim of placeholder?.attr.shape.shape.dim.slice(2) ?? []) dim.size = `${size}`;
  const sizes = new Set(
    nodes.filter(({ op }) => op === 'ResizeBilinear').map((node) => node.input?.[1]),
  );
  let offset = 0;
  for (const { name, shape, quantization } of weightSpecs) {
    const count = shape.reduce((product: number, length: number) => product * length, 1);
    if (sizes.has(name)) {
      const view = new DataView(weightData, offset);
      for (const at of [0, 4])
        view.setInt32(at, (view.getInt32(at, true) * size) / published, true);
    }
    offset += count * (quantization ? 2 : 4);
  }
  const { format, modelTopology } = model;
  return loadGraphModel({
    load: async () => ({ format, modelTopology, weightSpecs, weightData }),
  });
}
