import type { Convolution, Layer, Linear, Network } from './layers.ts';
import type { TorchTensor } from './torch-file.ts';

/**
 * The blocks of EfficientNet-Lite0: repeats, kernel and stride of the first of them
 * (tensorflow/tpu, efficientnet/lite/efficientnet_lite_builder.py). How wide they are the weights say.
 */
const blocks: readonly {
  readonly repeats: number;
  readonly kernel: number;
  readonly stride: number;
}[] = [
  { repeats: 1, kernel: 3, stride: 1 },
  { repeats: 2, kernel: 3, stride: 2 },
  { repeats: 2, kernel: 5, stride: 2 },
  { repeats: 3, kernel: 3, stride: 2 },
  { repeats: 3, kernel: 5, stride: 1 },
  { repeats: 4, kernel: 5, stride: 2 },
  { repeats: 1, kernel: 3, stride: 1 },
];

/** Batch normalisation's, as the original was trained with. */
const epsilon = 1e-3;

/**
 * Returns EfficientNet-Lite0 (inverted residuals, ReLU6, no squeeze-and-excitation) from its tensors as the PyTorch port names
 * them, batch normalisation folded into the convolutions. The input's sides must be multiples of 32; the head is the 1000 logits.
 * @throws {Error} when a tensor is missing or of another shape
 */
export function readLite0(tensors: ReadonlyMap<string, TorchTensor>): Network {
  const layers: Layer[] = [];
  const tensor = (name: string): TorchTensor => {
    const found = tensors.get(name);
    if (found === undefined) throw new Error(`no tensor ${name}`);
    return found;
  };
  const fold = (name: string, norm: string, input: string, stride = 1): string => {
    layers.push(foldedConvolution(tensor, name, norm, input, stride));
    return name;
  };
  const relu6 = (input: string): string => {
    layers.push({ kind: 'relu6', output: `${input}/relu6`, input });
    return `${input}/relu6`;
  };

  let x = relu6(fold('_conv_stem', '_bn0', 'pixels', 2));
  let number = 0;
  for (const { repeats, kernel, stride } of blocks) {
    for (let repeat = 0; repeat < repeats; repeat += 1, number += 1) {
      const block = `_blocks.${number}`;
      const input = x;
      if (tensors.has(`${block}._expand_conv.weight`))
        x = relu6(fold(`${block}._expand_conv`, `${block}._bn0`, x));
      const deep = `${block}._depthwise_conv`;
      if (tensor(`${deep}.weight`).shape[2] !== kernel) throw new Error(`the kernel of ${deep}`);
      x = relu6(fold(deep, `${block}._bn1`, x, repeat === 0 ? stride : 1));
      x = fold(`${block}._project_conv`, `${block}._bn2`, x);
      if (repeat > 0) {
        layers.push({ kind: 'add', output: `${block}/sum`, inputs: [x, input] });
        x = `${block}/sum`;
      }
    }
  }
  x = relu6(fold('_conv_head', '_bn1', x));
  layers.push({ kind: 'mean', output: '_pooled', input: x });
  layers.push(linear(tensor, '_fc', '_pooled'));
  return { input: 'pixels', layers, heads: ['_fc'] };
}

type Tensor = (name: string) => TorchTensor;

function foldedConvolution(
  tensor: Tensor,
  name: string,
  norm: string,
  input: string,
  stride: number,
): Layer & Convolution {
  const { shape, values } = tensor(`${name}.weight`);
  const [out = 0, perGroup = 0, kernel = 0] = shape;
  const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
    (part) => tensor(`${norm}.${part}`).values,
  );
  const factors = Float64Array.from({ length: out }, (_, channel) => {
    return (scale?.[channel] ?? 0) / Math.sqrt((variance?.[channel] ?? 0) + epsilon);
  });
  const size = values.length / out;
  const weights = values.map((weight, index) => weight * (factors[Math.floor(index / size)] ?? 0));
  const bias = Float32Array.from(factors, (factor, channel) => {
    return (shift?.[channel] ?? 0) - (mean?.[channel] ?? 0) * factor;
  });
  const depthwise = name.endsWith('_depthwise_conv');
  return {
    kind: 'convolution',
    output: name,
    input,
    kernel,
    stride,
    pad: samePadding(kernel, stride),
    weights,
    bias,
    channels: { in: depthwise ? out : perGroup, out },
    groups: depthwise ? out : 1,
  };
}

/** TensorFlow's SAME for an even side: what is odd goes below and right. */
function samePadding(kernel: number, stride: number): readonly [number, number] {
  const all = kernel - stride;
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}

function linear(tensor: Tensor, name: string, input: string): Layer & Linear {
  const { shape, values } = tensor(`${name}.weight`);
  const [out = 0, inputs = 0] = shape;
  const channels = { in: inputs, out };
  return {
    kind: 'linear',
    output: name,
    input,
    weights: values,
    bias: tensor(`${name}.bias`).values,
    channels,
  };
}
