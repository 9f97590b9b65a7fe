import type { Convolution, Layer, Network, Window } from './layers.ts';
import type { GraphNode, TfjsGraph, Weight } from './tfjs-graph.ts';

/** COCO's classes, which come before the distances of the boxes. */
const allClasses = 80;

/** A value of the tfjs graph: which NCHW value it is, how it lies, and a pad still to be applied. */
interface Value {
  readonly name: string;
  readonly layout: 'NCHW' | 'NHWC';
  readonly pad: number;
  /** How many pixels of the picture lie under one cell, along one side. */
  readonly reduction: number;
}

/**
 * Reads the network of a tfjs graph that was itself converted from ONNX: Conv2D between Transpose, Pad and Add
 * becomes one convolution on NCHW. The heads end at the class scores before their sigmoid; `classes` are the ones
 * kept. Throws on what it does not know.
 */
export function readNetwork(graph: TfjsGraph, classes: readonly number[]): Network {
  const values = new Map<string, Value>();
  const layers = new Map<string, Layer>();
  const heads: string[] = [];
  const boxes: string[] = [];
  let [input, size] = ['', 0];
  const mapOf = (node: GraphNode, index: number) => {
    const value = values.get(node.input?.[index] ?? '');
    if (!value) throw new Error(`${node.op} ${node.name}: input ${index} is no feature map`);
    return value;
  };
  const unpadded = (node: GraphNode, index: number) => {
    const value = mapOf(node, index);
    if (value.pad) throw new Error(`${node.op} ${node.name}: its input is padded`);
    return value;
  };
  const constant = (node: GraphNode, index: number) => weightOf(graph, node, index);
  const put = (node: GraphNode, { layout, reduction }: Value, layer: Layer, stride = 1) => {
    layers.set(layer.output, layer);
    values.set(node.name, { name: layer.output, layout, pad: 0, reduction: reduction * stride });
  };
  const addTwo = (node: GraphNode) => {
    const [left, right] = [unpadded(node, 0), unpadded(node, 1)];
    if (left.layout !== right.layout) throw new Error(`${node.name} adds two layouts`);
    const inputs = [left.name, right.name] as const;
    put(node, left, { kind: 'add', output: nameOf(node), inputs });
  };

  const translators: Readonly<Record<string, (node: GraphNode) => void>> = {
    Placeholder: (node) => {
      input = node.name;
      size = Number(node.attr?.['shape']?.shape?.dim[2]?.size);
      values.set(node.name, { name: node.name, layout: 'NCHW', pad: 0, reduction: 1 });
    },
    Transpose: (node) => {
      // Of rank 3: the tables that follow the heads.
      if (constant(node, 1).values.length !== 4) return;
      const value = mapOf(node, 0);
      values.set(node.name, { ...value, layout: transposed(value.layout, constant(node, 1)) });
    },
    Pad: (node) => {
      const value = unpadded(node, 0);
      values.set(node.name, { ...value, pad: padOf(value.layout, constant(node, 1)) });
    },
    // Only before a max-pool, with the lowest float as padding: what a padded MaxPool does.
    PadV2: (node) => {
      const value = unpadded(node, 0);
      if (!((constant(node, 2).values[0] ?? 0) < -1e4)) throw new Error(`${node.name} pads`);
      values.set(node.name, { ...value, pad: padOf(value.layout, constant(node, 1)) });
    },
    Conv2D: (node) => {
      const value = mapOf(node, 0);
      if (value.layout !== 'NHWC') throw new Error(`${node.name} is fed ${value.layout}`);
      const stride = strideOf(node);
      const window = { stride, pad: [value.pad, value.pad] } as const;
      const layer = convolution(nameOf(node), value.name, constant(node, 1), window);
      put(node, value, layer, stride);
    },
    Add: (node) => {
      if (values.has(node.input?.[1] ?? '')) return addTwo(node);
      const value = unpadded(node, 0);
      const layer = layers.get(value.name);
      if (layer?.kind !== 'convolution') throw new Error(`${node.name} adds a constant`);
      layers.set(layer.output, { ...layer, bias: Float32Array.from(constant(node, 1).values) });
      values.set(node.name, value);
    },
    LeakyRelu: (node) => {
      const value = unpadded(node, 0);
      const alpha = node.attr?.['alpha']?.f;
      if (alpha === undefined) throw new Error(`${node.name} has no alpha`);
      put(node, value, { kind: 'leaky-relu', output: nameOf(node), input: value.name, alpha });
    },
    MaxPool: (node) => {
      const value = mapOf(node, 0);
      const { name, pad } = value;
      const kernel = Number(node.attr?.['ksize']?.list?.i?.[1]);
      const stride = strideOf(node);
      const layer = {
        kind: 'max-pool',
        output: nameOf(node),
        input: name,
        kernel,
        stride,
        pad: [pad, pad],
      } as const;
      put(node, value, layer, stride);
    },
    ConcatV2: (node) => {
      const [left, right] = [unpadded(node, 0), unpadded(node, 1)];
      const axis = constant(node, 2).values[0];
      if (left.layout !== right.layout || axis !== left.layout.indexOf('C')) {
        throw new Error(`${node.name} does not join channels`);
      }
      const inputs = [left.name, right.name] as const;
      put(node, left, { kind: 'concat', output: nameOf(node), inputs });
    },
    ResizeBilinear: (node) => {
      const value = unpadded(node, 0);
      const { name, layout, reduction } = value;
      if (layout !== 'NHWC' || !node.attr?.['half_pixel_centers']?.b) {
        throw new Error(`${node.name} resizes in another way`);
      }
      const scale = (Number(constant(node, 1).values[0]) * reduction) / size;
      put(node, value, { kind: 'resize', output: nameOf(node), input: name, scale }, 1 / scale);
    },
    SplitV: (node) => {
      const { name } = unpadded(node, 0);
      const layer = layers.get(name);
      if (layer?.kind !== 'convolution') throw new Error(`${node.name} splits no convolution`);
      layers.set(name, keepChannels(layer, classes));
      heads.push(name);
      const distances = Array.from(
        { length: layer.channels.out - allClasses },
        (_, index) => allClasses + index,
      );
      layers.set(`${name}/boxes`, { ...keepChannels(layer, distances), output: `${name}/boxes` });
      boxes.push(`${name}/boxes`);
    },
  };
  for (const node of graph.nodes) translators[node.op]?.(node);
  return { input, layers: [...layers.values()], heads, boxes };
}

/** Every name begins with that of the converted function, which says nothing. */
function nameOf(node: GraphNode): string {
  return node.name.replace(/^PartitionedCall\//, '');
}

function weightOf(graph: TfjsGraph, node: GraphNode, index: number): Weight {
  const weight = graph.weights.get(node.input?.[index] ?? '');
  if (!weight) throw new Error(`${node.op} ${node.name}: input ${index} is no constant`);
  return weight;
}

function transposed(layout: Value['layout'], permutation: Weight): Value['layout'] {
  const order = permutation.values.join();
  if (layout === 'NCHW' && order === '0,2,3,1') return 'NHWC';
  if (layout === 'NHWC' && order === '0,3,1,2') return 'NCHW';
  throw new Error(`${layout} is transposed by ${order}`);
}

/** Returns the one number by which height and width are padded on both sides, nothing else being padded. */
function padOf(layout: Value['layout'], paddings: Weight): number {
  const pad = paddings.values[2 * layout.indexOf('H')] ?? 0;
  const expected = [...layout].flatMap((axis) => ('HW'.includes(axis) ? [pad, pad] : [0, 0]));
  if (paddings.values.join() !== expected.join()) throw new Error('an uneven pad');
  return pad;
}

function strideOf(node: GraphNode): number {
  const [, rows, columns] = node.attr?.['strides']?.list?.i ?? [];
  if (rows !== columns || !rows) throw new Error(`${node.name} has uneven strides`);
  // "VALID" in base64: no padding but that of the Pad before.
  if (node.attr?.['padding']?.s !== 'VkFMSUQ=') throw new Error(`${node.name} pads by itself`);
  return Number(rows);
}

/** TensorFlow keeps weights as [kernel, kernel, in, out], ONNX as [out, in, kernel, kernel]. */
function convolution(
  output: string,
  input: string,
  { shape, values }: Weight,
  window: Pick<Window, 'stride' | 'pad'>,
): Layer {
  const [kernel = 0, , cin = 0, cout = 0] = shape;
  const area = kernel * kernel;
  const weights = new Float32Array(values.length);
  values.forEach((value, index) => {
    const [cell, o, i] = [
      Math.floor(index / cout / cin),
      index % cout,
      Math.floor(index / cout) % cin,
    ];
    weights[(o * cin + i) * area + cell] = value;
  });
  const bias = new Float32Array(cout);
  const channels = { in: cin, out: cout };
  return { kind: 'convolution', output, input, kernel, ...window, weights, bias, channels };
}

function keepChannels(layer: Convolution & { output: string }, kept: readonly number[]): Layer {
  const size = layer.weights.length / layer.channels.out;
  const weights = new Float32Array(kept.length * size);
  kept.forEach((channel, index) => {
    weights.set(layer.weights.subarray(channel * size, (channel + 1) * size), index * size);
  });
  const bias = Float32Array.from(kept, (channel) => layer.bias[channel] ?? Number.NaN);
  return { ...layer, weights, bias, channels: { in: layer.channels.in, out: kept.length } };
}
