import { TensorProto_DataType } from 'onnx-buf';
import type { Convolution, Layer, Linear, Network, Window } from './layers.ts';
import { constant, float, type GraphParts, operator } from './onnx.ts';

/** As published, or packed: large convolutions as int8, small ones as float16. */
export type Precision = 'float32' | 'packed';

/**
 * Convolutions with fewer weights stay float16 where the others become int8: the first ones and the
 * heads, 5 % of the bytes and most of the rounding's effect on the answers.
 */
const fewWeights = 12_000;

/**
 * Adds the weights of a network as constants and what unpacks them, once for however many copies of
 * the network the graph runs. ONNX Runtime computes `Cast` and `Mul` of constants when it loads the
 * file, so they cost nothing later; DequantizeLinear it would leave in.
 */
export function encodeWeights(parts: GraphParts, network: Network, precision: Precision): void {
  for (const layer of network.layers) {
    if (layer.kind !== 'convolution' && layer.kind !== 'linear') continue;
    const { output, channels, bias, weights } = layer;
    const dims = shapeOf(layer);
    const float32 = { to: TensorProto_DataType.FLOAT };
    constant(parts, `${output}/bias`, [channels.out], bias);
    if (precision === 'float32') {
      constant(parts, `${output}/weights`, dims, weights);
    } else if (weights.length < fewWeights) {
      const half = constant(parts, `${output}/half`, dims, Float16Array.from(weights));
      operator(parts, 'Cast', [half], `${output}/weights`, float32);
    } else {
      const { codes, scales } = quantize(layer);
      const stored = constant(parts, `${output}/codes`, dims, codes);
      const cast = operator(parts, 'Cast', [stored], `${output}/cast`, float32);
      const each = dims.map((size, axis) => (axis === 0 ? size : 1));
      const scale = constant(parts, `${output}/scale`, each, scales);
      operator(parts, 'Mul', [cast, scale], `${output}/weights`);
    }
  }
}

/** The weights' own shape. */
function shapeOf(layer: Convolution | Linear): number[] {
  const { channels } = layer;
  if (layer.kind === 'linear') return [channels.out, channels.in];
  return [channels.out, channels.in / (layer.groups ?? 1), layer.kernel, layer.kernel];
}

/** Weights as whole numbers -127..127 times one scale for each output channel. */
function quantize({ weights, channels }: Convolution | Linear) {
  const size = weights.length / channels.out;
  const scales = Float32Array.from({ length: channels.out }, (_, channel) => {
    const row = weights.subarray(channel * size, (channel + 1) * size);
    return row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
  });
  const codes = Int8Array.from(weights, (weight, index) =>
    Math.round(weight / (scales[Math.floor(index / size)] ?? 1)),
  );
  return { codes, scales };
}

/**
 * Adds the layers of a network that its heads need, or other values of it, its values named after `prefix`, its input being `input`; returns
 * their names. Up to its heads a network is convolutional, so the input may have any height
 * and width that 32 divides.
 */
export function encodeLayers(
  parts: GraphParts,
  network: Network,
  prefix: string,
  input: string,
  wanted: readonly string[] = network.heads,
): string[] {
  const named = (value: string) => (value === network.input ? input : `${prefix}/${value}`);
  const needed = new Set(wanted);
  for (const layer of network.layers.toReversed())
    if (needed.has(layer.output)) for (const value of inputsOf(layer)) needed.add(value);
  for (const layer of network.layers)
    if (needed.has(layer.output)) encodeLayer(parts, layer, named);
  return wanted.map(named);
}

const inputsOf = (layer: Layer): readonly string[] =>
  'inputs' in layer ? layer.inputs : [layer.input];

function encodeLayer(parts: GraphParts, layer: Layer, named: (value: string) => string): void {
  const output = named(layer.output);
  switch (layer.kind) {
    case 'convolution': {
      const inputs = [named(layer.input), `${layer.output}/weights`, `${layer.output}/bias`];
      operator(parts, 'Conv', inputs, output, { ...window(layer), group: layer.groups ?? 1 });
      return;
    }
    case 'linear': {
      const inputs = [named(layer.input), `${layer.output}/weights`, `${layer.output}/bias`];
      operator(parts, 'Gemm', inputs, output, { transB: 1 });
      return;
    }
    case 'relu6': {
      const bounds = [0, 6].map((bound) =>
        constant(parts, `${output}/${bound}`, [], Float32Array.of(bound)),
      );
      operator(parts, 'Clip', [named(layer.input), ...bounds], output);
      return;
    }
    case 'mean': {
      const pooled = operator(parts, 'GlobalAveragePool', [named(layer.input)], `${output}/pooled`);
      operator(parts, 'Flatten', [pooled], output);
      return;
    }
    case 'leaky-relu':
      operator(parts, 'LeakyRelu', [named(layer.input)], output, { alpha: float(layer.alpha) });
      return;
    case 'max-pool':
      operator(parts, 'MaxPool', [named(layer.input)], output, window(layer));
      return;
    case 'concat':
      operator(parts, 'Concat', layer.inputs.map(named), output, { axis: 1 });
      return;
    case 'add':
      operator(parts, 'Add', layer.inputs.map(named), output);
      return;
    case 'resize': {
      const values = Float32Array.of(1, 1, layer.scale, layer.scale);
      const scales = constant(parts, `${output}/scales`, [4], values);
      const attributes = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
      operator(parts, 'Resize', [named(layer.input), '', scales], output, attributes);
    }
  }
}

function window({ kernel, stride, pad: [before, after] }: Window) {
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [before, before, after, after],
  };
}
