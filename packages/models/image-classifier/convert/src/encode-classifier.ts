import { TensorProto_DataType } from 'onnx-buf';
import { encodeLayers, encodeWeights, type Precision } from './encode-network.ts';
import type { Network } from './network.ts';
import { constant, encodeModel, type GraphParts, operator } from './onnx.ts';
import { animals, normalisation, side, softmaxFactor, views } from './recipe.ts';

/**
 * The whole classifier as an ONNX file: `image` UINT8 [1,side,side,3] in RGB to `probabilities`
 * FP32 [1,10] and `detection` FP32 [1,1]. The network looks at the photo at several sizes; the best
 * logit of each animal in each view, averaged over the views, goes through a softmax. The detection
 * is the best score that any view gives any animal.
 */
export function encodeClassifier(network: Network, precision: Precision): Uint8Array {
  const parts: GraphParts = { nodes: [], initializers: [] };
  encodeWeights(parts, network, precision);
  const pixels = encodePixels(parts);
  const last = constant(parts, 'last', [1], BigInt64Array.of(1n));
  const best = views.map((view) => encodeView(parts, network, pixels, view));
  const stacked = operator(parts, 'Concat', best, 'views', { axis: 0 });
  const first = constant(parts, 'first', [1], BigInt64Array.of(0n));

  const mean = operator(parts, 'ReduceMean', [stacked, first], 'mean');
  const factor = constant(parts, 'factor', [], Float32Array.of(softmaxFactor));
  const logits = operator(parts, 'Mul', [mean, factor], 'logits');
  operator(parts, 'Softmax', [logits], 'probabilities', { axis: 1 });

  const strongest = operator(parts, 'ReduceMax', [stacked, first], 'strongest');
  const top = operator(parts, 'ReduceMax', [strongest, last], 'top');
  operator(parts, 'Sigmoid', [top], 'detection');

  return encodeModel(
    parts,
    [{ name: 'image', type: TensorProto_DataType.UINT8, shape: [1, side, side, 3] }],
    [
      { name: 'probabilities', type: TensorProto_DataType.FLOAT, shape: [1, animals.length] },
      { name: 'detection', type: TensorProto_DataType.FLOAT, shape: [1, 1] },
    ],
  );
}

/** From RGB bytes to what NanoDet takes: BGR, channels first, normalised. */
function encodePixels(parts: GraphParts): string {
  const reversed = constant(parts, 'reversed', [3], BigInt64Array.of(2n, 1n, 0n));
  const bgr = operator(parts, 'Gather', ['image', reversed], 'bgr', { axis: 3 });
  const planes = operator(parts, 'Transpose', [bgr], 'planes', { perm: [0, 3, 1, 2] });
  const real = operator(parts, 'Cast', [planes], 'real', { to: TensorProto_DataType.FLOAT });
  const mean = constant(parts, 'mean-colour', [1, 3, 1, 1], Float32Array.from(normalisation.mean));
  const std = constant(parts, 'std-colour', [1, 3, 1, 1], Float32Array.from(normalisation.std));
  return operator(parts, 'Div', [operator(parts, 'Sub', [real, mean], 'centred'), std], 'pixels');
}

/** The best logit of each animal, `[1,10]`, of the photo shrunk to `view` pixels. */
function encodeView(parts: GraphParts, network: Network, pixels: string, view: number): string {
  const prefix = `view-${view}`;
  const heads = encodeLayers(parts, network, prefix, encodeShrink(parts, pixels, view, prefix));
  const area = area2(parts, `${prefix}/area`);
  const levels = heads.map((head, index) =>
    operator(parts, 'ReduceMax', [head, area], `${prefix}/level-${index}`, { keepdims: 0 }),
  );
  return operator(parts, 'Max', levels, `${prefix}/best`);
}

function area2(parts: GraphParts, name: string): string {
  return constant(parts, name, [2], BigInt64Array.of(2n, 3n));
}

function encodeShrink(parts: GraphParts, pixels: string, view: number, prefix: string): string {
  if (view === side) return pixels;
  const sizes = BigInt64Array.of(1n, 3n, BigInt(view), BigInt(view));
  const size = constant(parts, `${prefix}/size`, [4], sizes);
  return operator(parts, 'Resize', [pixels, '', '', size], `${prefix}/shrunk`, {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
    antialias: 1,
  });
}
