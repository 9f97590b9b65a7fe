import { TensorProto_DataType } from 'onnx-buf';
import { encodeBoxes } from './encode-boxes.ts';
import { encodeFusion } from './encode-fusion.ts';
import { encodeLayers, encodeWeights, type Precision } from './encode-network.ts';
import { otherAnimals } from './imagenet.ts';
import type { Network } from './layers.ts';
import { constant, encodeModel, type GraphParts, operator, type Port } from './onnx.ts';
import { animals, boxes, centre, normalisation, side, type View, views } from './recipe.ts';

/** Both networks. */
export interface Networks {
  readonly nanodet: Network;
  readonly lite0: Network;
}

/**
 * The whole classifier as an ONNX file: `image` UINT8 [1,side,side,3] in RGB to `probabilities` FP32 [1,10 + others], which sum to 1: the
 * ten, then the animals besides, in ImageNet's order; `detection` FP32 [1,1];
 * and `boxes` FP32 [1,most,6]: left, top, right, bottom in pixels of the input, score, which of the ten; all 0 where there are no more. NanoDet looks at the photo at several sizes, EfficientNet at its middle.
 */
export function encodeClassifier(networks: Networks, precision: Precision): Uint8Array {
  return encode(networks, precision, [
    port('probabilities', animals.length + otherAnimals.length),
    port('detection', 1),
    { name: 'boxes', type: TensorProto_DataType.FLOAT, shape: [1, boxes.most, 6] },
  ]);
}

/** The same graph, but out come what the recipe's numbers are fitted to: the averages over NanoDet's views, and EfficientNet's probabilities. */
export function encodeEvidence(networks: Networks, precision: Precision): Uint8Array {
  return encode(networks, precision, [port('mean', animals.length), port('imagenet', 1000)]);
}

function port(name: string, size: number): Port {
  return { name, type: TensorProto_DataType.FLOAT, shape: [1, size] };
}

function encode(
  { nanodet, lite0 }: Networks,
  precision: Precision,
  outputs: readonly Port[],
): Uint8Array {
  const parts: GraphParts = { nodes: [], initializers: [] };
  encodeWeights(parts, nanodet, precision);
  encodeWeights(parts, lite0, precision);
  const levels = encodeLevels(parts);
  const pixels = encodePixels(parts, levels);
  const looks = views.map((view) => encodeLook(parts, nanodet, pixels, view));
  const best = looks.map((look) => look.best);
  const stacked = operator(parts, 'Concat', best, 'views', { axis: 0 });
  const first = constant(parts, 'first', [1], BigInt64Array.of(0n));
  const mean = operator(parts, 'ReduceMean', [stacked, first], 'mean');

  const [logits = ''] = encodeLayers(parts, lite0, 'lite0', encodeCentre(parts, levels));
  const imagenet = operator(parts, 'Softmax', [logits], 'imagenet', { axis: 1 });
  encodeFusion(parts, mean, imagenet);
  const whole = looks.find((look) => look.boxes.length > 0);
  if (whole !== undefined) encodeBoxes(parts, whole);

  const shape = [1, side, side, 3];
  return encodeModel(parts, [{ name: 'image', type: TensorProto_DataType.UINT8, shape }], outputs);
}

/** Encodes the step from RGB bytes to planes of levels, BGR, channels first. */
function encodeLevels(parts: GraphParts): string {
  const reversed = constant(parts, 'reversed', [3], BigInt64Array.of(2n, 1n, 0n));
  const bgr = operator(parts, 'Gather', ['image', reversed], 'bgr', { axis: 3 });
  const planes = operator(parts, 'Transpose', [bgr], 'planes', { perm: [0, 3, 1, 2] });
  return operator(parts, 'Cast', [planes], 'levels', { to: TensorProto_DataType.FLOAT });
}

/** Encodes NanoDet's normalisation. */
function encodePixels(parts: GraphParts, levels: string): string {
  const mean = constant(parts, 'mean-colour', [1, 3, 1, 1], Float32Array.from(normalisation.mean));
  const std = constant(parts, 'std-colour', [1, 3, 1, 1], Float32Array.from(normalisation.std));
  return operator(parts, 'Div', [operator(parts, 'Sub', [levels, mean], 'centred'), std], 'pixels');
}

/** Encodes EfficientNet's view: the middle, shrunk, RGB, normalised. */
function encodeCentre(parts: GraphParts, levels: string): string {
  const from = (side - centre.crop) / 2;
  const edges = {
    start: [from, from],
    end: [from + centre.crop, from + centre.crop],
    axes: [2, 3],
  };
  const inputs = Object.entries(edges).map(([name, values]) =>
    constant(parts, `centre/${name}`, [2], BigInt64Array.from(values, BigInt)),
  );
  const middle = operator(parts, 'Slice', [levels, ...inputs], 'centre/middle');
  const shrunk = encodeShrink(parts, middle, centre.side, 'centre');
  const rgb = operator(parts, 'Gather', [shrunk, 'reversed'], 'centre/rgb', { axis: 1 });
  const mean = constant(parts, 'centre/mean', [1], Float32Array.of(centre.mean));
  const std = constant(parts, 'centre/std', [1], Float32Array.of(centre.std));
  const moved = operator(parts, 'Sub', [rgb, mean], 'centre/centred');
  return operator(parts, 'Div', [moved, std], 'centre/pixels');
}

/** One look at the photo. */
interface Look {
  /** The best logit of each animal, `[1,10]`. */
  readonly best: string;
  /** The logits of each cell at each level, and where its box ends: only of the whole photo, as it is. */
  readonly cells: readonly string[];
  readonly boxes: readonly string[];
}

function encodeLook(parts: GraphParts, network: Network, pixels: string, view: View): Look {
  const prefix = `view-${view.side}${view.mirrored ? '-mirrored' : ''}`;
  const isWhole = view.side === side && !view.mirrored;
  const shrunk = view.side === side ? pixels : encodeShrink(parts, pixels, view.side, prefix);
  const seen = view.mirrored ? encodeMirror(parts, shrunk, prefix) : shrunk;
  const wanted = [...network.heads, ...(isWhole ? (network.boxes ?? []) : [])];
  const values = encodeLayers(parts, network, prefix, seen, wanted);
  const cells = values.slice(0, network.heads.length);
  const area = constant(parts, `${prefix}/area`, [2], BigInt64Array.of(2n, 3n));
  const levels = cells.map((cell, index) =>
    operator(parts, 'ReduceMax', [cell, area], `${prefix}/level-${index}`, { keepdims: 0 }),
  );
  const best = operator(parts, 'Max', levels, `${prefix}/best`);
  return { best, cells, boxes: values.slice(network.heads.length) };
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
