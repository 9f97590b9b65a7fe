import type { Inspection } from '@chorus/intake';
import type { ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import { parseManifest } from '@chorus/registry';
import { describe, expect, it } from 'vitest';
import { imageManifestOf, imagePreparations } from './new-image-model.ts';

const schema: ModelSchema = {
  name: 'other',
  inputs: [{ name: 'image', datatype: 'BYTES', shape: [-1] }],
  outputs: [{ name: 'label', datatype: 'BYTES', shape: [-1] }],
  maxBatch: 8,
};

const pixels: TensorSpec = { name: 'pixels', datatype: 'FP32', shape: [-1, 3, 32, 48] };
const scores: TensorSpec = { name: 'scores', datatype: 'FP32', shape: [-1, 2] };
const answerOf = (...data: readonly number[]): readonly Tensor[] => [
  { name: 'scores', datatype: 'FP32', shape: [1, 2], data },
];

const inspectionOf = (change: Partial<Inspection> = {}): Inspection => ({
  bytes: new Uint8Array(10),
  inputs: [pixels],
  outputs: [scores],
  maxBatch: 1000,
  optimize: true,
  producer: 'pytorch 2',
  opsets: 'ai.onnx 17',
  changes: [],
  notes: [],
  example: { inputs: [{ ...pixels, shape: [1, 3, 32, 48], data: [] }] },
  answer: answerOf(3, -1),
  deviation: undefined,
  samples: undefined,
  ...change,
});

const made = (change: Partial<Inspection> = {}, preparation = 'torchvision') =>
  imageManifestOf('plants', inspectionOf(change), schema, preparation, ['rose', 'tulip']);

describe('the manifest of a classifier of photos', () => {
  it('takes photos by its own name, and says how they become its input', () => {
    const manifest = made();
    expect(manifest).toMatchObject({
      name: 'plants',
      schema: { ...schema, name: 'plants' },
      session: { optimize: true },
      image: {
        input: { name: 'pixels', layout: 'NCHW', datatype: 'FP32', width: 48, height: 32 },
        output: { name: 'scores', activation: 'softmax' },
        labels: [
          { name: 'rose', indices: [0] },
          { name: 'tulip', indices: [1] },
        ],
        threshold: 0,
      },
    });
    // Its example would be the graph's tensors, which callers do not send.
    expect(manifest.example).toBeUndefined();
  });

  it.each(imagePreparations)('is one that the registry takes, with pixels as in %s', (name) => {
    const manifest = made({}, name);
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it.each([
    // A white pixel, as each library documents it.
    ['torchvision', [2.2489, 2.4286, 2.64]],
    ['keras', [1, 1, 1]],
    ['caffe', [151.061, 138.221, 131.32]],
    ['zero-to-one', [1, 1, 1]],
    ['levels', [255, 255, 255]],
  ])('makes the numbers of %s from a white pixel', (name, white) => {
    const { scale = 1, mean = [0, 0, 0], std = [1, 1, 1] } = made({}, name).image?.input ?? {};
    const numbers = mean.map((each, channel) => (255 * scale - each) / (std[channel] ?? 1));
    for (const [channel, number] of numbers.entries())
      expect(number).toBeCloseTo(white[channel] ?? 0, 3);
  });

  it('leaves pixels as they are for a graph of bytes, channels last', () => {
    const input: TensorSpec = { name: 'x', datatype: 'UINT8', shape: [1, 64, 64, 3] };
    expect(made({ inputs: [input] }).image?.input).toEqual({
      name: 'x',
      layout: 'NHWC',
      datatype: 'UINT8',
      width: 64,
      height: 64,
      channels: 'RGB',
      fit: 'cover',
      kernel: 'linear',
    });
  });

  it('takes 224 pixels where the graph leaves its size open', () => {
    const input: TensorSpec = { ...pixels, shape: [-1, 3, -1, -1] };
    expect(made({ inputs: [input] }).image?.input).toMatchObject({ width: 224, height: 224 });
  });

  it.each([
    [[0.25, 0.75], 'none'],
    [[0.3, 0.3], 'softmax'],
    [[-0.5, 1.5], 'softmax'],
  ] as const)('takes the answer %j as it is, or as logits (%s)', (numbers, activation) => {
    expect(made({ answer: answerOf(...numbers) }).image?.output.activation).toBe(activation);
  });

  it.each<[string, Partial<Inspection>, string]>([
    ['a table', { inputs: [{ ...pixels, shape: [-1, 4] }] }, 'takes one photo'],
    ['gray pixels', { inputs: [{ ...pixels, shape: [-1, 1, 28, 28] }] }, '[-1, 1, 28, 28]'],
    ['a fixed batch', { inputs: [{ ...pixels, shape: [4, 3, 32, 32] }] }, 'takes one photo'],
    ['two inputs', { inputs: [pixels, pixels] }, 'takes one photo'],
    ['nothing', { inputs: [] }, 'takes one photo'],
    ['FP64 pixels', { inputs: [{ ...pixels, datatype: 'FP64' }] }, 'pixels FP64'],
    ['other classes', { outputs: [{ ...scores, shape: [-1, 3] }] }, '--labels has 2 names'],
    ['whole numbers', { outputs: [{ ...scores, datatype: 'INT64' }] }, 'an FP32 output'],
  ])('is refused for a graph of %s', (_, change, message) => {
    expect(() => made(change)).toThrow(message);
  });

  it('is refused for one label, which each photo would be', () => {
    const one = inspectionOf({ outputs: [{ ...scores, shape: [-1, 1] }], answer: answerOf(3) });
    expect(() => imageManifestOf('plants', one, schema, 'keras', ['rose'])).toThrow(
      '--labels has 1 name, and a choice of one is no choice',
    );
  });

  it('is refused with the ways that there are', () => {
    expect(() => made({}, 'torch')).toThrow('torchvision, keras, caffe, zero-to-one, levels');
  });
});
