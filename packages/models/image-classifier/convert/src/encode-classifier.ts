import { TensorProto_DataType } from 'onnx-buf';
import { encodeLayers, encodeWeights, type Precision } from './encode-network.ts';
import type { Network } from './network.ts';
import { constant, encodeModel, type GraphParts, operator, type Port } from './onnx.ts';
import { animals, detection, normalisation, side, softmax, type View, views } from './recipe.ts';

/**
 * The whole classifier as an ONNX file: `image` UINT8 [1,side,side,3] in RGB to `probabilities`
 * FP32 [1,10] and `detection` FP32 [1,1]. The network looks at the photo at several sizes; the best
 * logit of each animal in each view, averaged over the views, goes through a softmax. The detection
 * is a sigmoid of the smooth maximum of the same averages.
 */
export function encodeClassifier(network: Network, precision: Precision): Uint8Array {
  return encode(network, precision, [
    { name: 'probabilities', type: TensorProto_DataType.FLOAT, shape: [1, animals.length] },
    { name: 'detection', type: TensorProto_DataType.FLOAT, shape: [1, 1] },
  ]);
}

/** The same graph, but what comes out is `mean`, the averages that the recipe's numbers are fitted to. */
export function encodeMeans(network: Network, precision: Precision): Uint8Array {
  const type = TensorProto_DataType.FLOAT;
  return encode(network, precision, [{ name: 'mean', type, shape: [1, animals.length] }]);
}

function encode(network: Network, precision: Precision, outputs: readonly Port[]): Uint8Array {
  const parts: GraphParts = { nodes: [], initializers: [] };
  encodeWeights(parts, network, precision);
  const pixels = encodePixels(parts);
  const best = views.map((view) => encodeView(parts, network, pixels, view));
  const stacked = operator(parts, 'Concat', best, 'views', { axis: 0 });
  const first = constant(parts, 'first', [1], BigInt64Array.of(0n));
  const mean = operator(parts, 'ReduceMean', [stacked, first], 'mean');

  const logits = encodeLine(parts, mean, 'logits', softmax.factor, softmax.bias);
  operator(parts, 'Softmax', [logits], 'probabilities', { axis: 1 });

  const sharpened = encodeLine(parts, mean, 'sharpened', detection.sharpness, [0]);
  const last = constant(parts, 'last', [1], BigInt64Array.of(1n));
  const strength = operator(parts, 'ReduceLogSumExp', [sharpened, last], 'strength');
  const evidence = encodeLine(parts, strength, 'evidence', detection.factor, [detection.bias]);
  operator(parts, 'Sigmoid', [evidence], 'detection');

  const shape = [1, side, side, 3];
  return encodeModel(parts, [{ name: 'image', type: TensorProto_DataType.UINT8, shape }], outputs);
}

/** Encodes the step from RGB bytes to NanoDet's input: BGR, channels first, normalised. */
function encodePixels(parts: GraphParts): string {
  const reversed = constant(parts, 'reversed', [3], BigInt64Array.of(2n, 1n, 0n));
  const bgr = operator(parts, 'Gather', ['image', reversed], 'bgr', { axis: 3 });
  const planes = operator(parts, 'Transpose', [bgr], 'planes', { perm: [0, 3, 1, 2] });
  const real = operator(parts, 'Cast', [planes], 'real', { to: TensorProto_DataType.FLOAT });
  const mean = constant(parts, 'mean-colour', [1, 3, 1, 1], Float32Array.from(normalisation.mean));
  const std = constant(parts, 'std-colour', [1, 3, 1, 1], Float32Array.from(normalisation.std));
  return operator(parts, 'Div', [operator(parts, 'Sub', [real, mean], 'centred'), std], 'pixels');
}

/** `factor` * x + `bias`. */
function encodeLine(
  parts: GraphParts,
  x: string,
  name: string,
  factor: number,
  bias: readonly number[],
): string {
  const by = constant(parts, `${name}/factor`, [1], Float32Array.of(factor));
  const plus = constant(parts, `${name}/bias`, [bias.length], Float32Array.from(bias));
  const scaled = operator(parts, 'Mul', [x, by], `${name}/scaled`);
  return operator(parts, 'Add', [scaled, plus], name);
}

/** Returns the best logit of each animal, `[1,10]`, of the photo as one view shows it. */
function encodeView(parts: GraphParts, network: Network, pixels: string, view: View): string {
  const prefix = `view-${view.side}${view.mirrored ? '-mirrored' : ''}`;
  const shrunk = view.side === side ? pixels : encodeShrink(parts, pixels, view.side, prefix);
  const seen = view.mirrored ? encodeMirror(parts, shrunk, prefix) : shrunk;
  const heads = encodeLayers(parts, network, prefix, seen);
  const area = constant(parts, `${prefix}/area`, [2], BigInt64Array.of(2n, 3n));
  const levels = heads.map((head, index) =>
    operator(parts, 'ReduceMax', [head, area], `${prefix}/level-${index}`, { keepdims: 0 }),
  );
  return operator(parts, 'Max', levels, `${prefix}/best`);
}

function encodeShrink(parts: GraphParts, pixels: string, to: number, prefix: string): string {
  const sizes = BigInt64Array.of(1n, 3n, BigInt(to), BigInt(to));
  const size = constant(parts, `${prefix}/size`, [4], sizes);
  return operator(parts, 'Resize', [pixels, '', '', size], `${prefix}/shrunk`, {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
    antialias: 1,
    exclude_outside: 1,
  });
}

/** Left to right, as a slice from the last column backwards. */
function encodeMirror(parts: GraphParts, pixels: string, prefix: string): string {
  const slice = { start: -1n, end: -(2n ** 31n), axis: 3n, step: -1n };
  const inputs = Object.entries(slice).map(([name, value]) =>
    constant(parts, `${prefix}/${name}`, [1], BigInt64Array.of(value)),
  );
  return operator(parts, 'Slice', [pixels, ...inputs], `${prefix}/mirrored`);
}
