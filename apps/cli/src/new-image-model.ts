import type { Inspection } from '@chorus/intake';
import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import type { ImageInput, ImageSection, Manifest } from '@chorus/registry/manifest';
import { UsageError } from './errors.ts';
import { manifestOf } from './new-model.ts';

type Levels = Pick<ImageInput, 'scale' | 'mean' | 'std' | 'channels' | 'fit'>;

/** How training libraries make numbers of a photo's pixels, 0 to 255. */
const preparations: Readonly<Record<string, Levels>> = {
  torchvision: {
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
    channels: 'RGB',
    fit: 'cover',
  },
  keras: { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5], channels: 'RGB', fit: 'fill' },
  caffe: { mean: [103.939, 116.779, 123.68], channels: 'BGR', fit: 'cover' },
  'zero-to-one': { scale: 1 / 255, channels: 'RGB', fit: 'fill' },
  levels: { channels: 'RGB', fit: 'fill' },
};

/** The values of `--image`. */
export const imagePreparations: readonly string[] = Object.keys(preparations);

/** Pixels of the width and height of a graph that leaves them open. */
const usualSize = 224;

/**
 * Returns the manifest of a new classifier of photos.
 *
 * @param schema what the function takes and gives that makes tensors of photos
 * @param preparation a value of `--image`
 * @param labels of the graph's classes, in their order
 * @throws {UsageError} if the graph takes no photo, or does not give one number for each label
 */
export function imageManifestOf(
  name: string,
  inspection: Inspection,
  schema: ModelSchema,
  preparation: string,
  labels: readonly string[],
): Manifest {
  const levels = preparations[preparation];
  if (levels === undefined)
    throw new UsageError(`--image takes ${imagePreparations.join(', ')}, not '${preparation}'`);
  const input: ImageInput = { ...pixelsOf(inspection.inputs), ...levels, kernel: 'linear' };
  const { example: _, ...manifest } = manifestOf(name, inspection);
  const output = outputOf(inspection, labels);
  const image: ImageSection = {
    input: input.datatype === 'UINT8' ? withoutLevels(input) : input,
    output,
    labels: labels.map((label, index) => ({ name: label, indices: [index] })),
    // There is always something to name: the labels are all that the graph knows.
    threshold: 0,
  };
  return { ...manifest, schema: { ...schema, name }, image };
}

/** The graph takes pixels as they are. */
function withoutLevels({ scale, mean, std, ...input }: ImageInput): ImageInput {
  return input;
}

/** @throws {UsageError} if the inputs are not one photo */
function pixelsOf(
  inputs: readonly TensorSpec[],
): Pick<ImageInput, 'name' | 'layout' | 'datatype' | 'width' | 'height'> {
  const [input, ...others] = inputs;
  const [batch = 0, ...dimensions] = input?.shape ?? [];
  const layout = dimensions[0] === 3 ? 'NCHW' : 'NHWC';
  const [height = 0, width = 0] = layout === 'NCHW' ? dimensions.slice(1) : dimensions;
  const isPhoto =
    others.length === 0 &&
    Math.abs(batch) === 1 &&
    dimensions.length === 3 &&
    dimensions.includes(3);
  if (!isPhoto || (input?.datatype !== 'FP32' && input?.datatype !== 'UINT8'))
    throw new UsageError(
      `--image is for a graph that takes one photo, FP32 or UINT8 [?, 3, height, width] or [?, height, width, 3]; this one takes ${inputs.map(({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(', ')}]`).join(', ')}`,
    );
  const size = (pixels: number) => (pixels > 0 ? pixels : usualSize);
  const { name, datatype } = input;
  return { name, layout, datatype, width: size(width), height: size(height) };
}

/** Takes numbers that sum to 1 for probabilities, and others for logits. @throws {UsageError} */
function outputOf(
  { outputs, answer }: Inspection,
  labels: readonly string[],
): ImageSection['output'] {
  if (labels.length < 2)
    throw new UsageError(
      `--labels has ${labels.length} name, and a choice of one is no choice: each photo would be it with a probability of 1. A graph that says yes or no has to give a number for each of both`,
    );
  const found = outputs.find(
    ({ datatype, shape }) => datatype === 'FP32' && shape.at(-1) === labels.length,
  );
  if (found === undefined)
    throw new UsageError(
      `--labels has ${labels.length} names, but the graph gives ${outputs.map(({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(', ')}]`).join(', ')}: it needs an FP32 output with a number for each`,
    );
  const numbers = (answer.find(({ name }) => name === found.name)?.data ?? []).map(Number);
  const first = numbers.slice(0, labels.length);
  const sum = first.reduce((total, number) => total + number, 0);
  const areProbabilities = Math.abs(sum - 1) < 1e-3 && first.every((number) => number >= 0);
  return { name: found.name, activation: areProbabilities ? 'none' : 'softmax' };
}
