import type { ImageInput, ImageSection, Manifest } from '@chorus/registry/manifest';
import { ModelLoadError } from '@chorus/runtime';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { schema } from './schema.ts';
import { imageServing } from './serving.ts';
import { manifestOf } from './testing/ask.ts';
import { encodeLinearGraph, type LinearGraph } from './testing/linear-graph.ts';

const input: ImageInput = {
  name: 'pixels',
  layout: 'NCHW',
  datatype: 'FP32',
  width: 6,
  height: 4,
  channels: 'RGB',
  fit: 'contain',
  kernel: 'linear',
};
const image: ImageSection = {
  input,
  output: { name: 'scores', activation: 'softmax', detection: 'seen' },
  labels: [
    { name: 'cat', indices: [2] },
    { name: 'dog', indices: [0, 3] },
  ],
  threshold: 0.5,
};
const graph: LinearGraph = {
  input,
  output: 'scores',
  weights: () => [0, 0, 0, 0],
  bias: [0, 0, 0, 0],
  detection: { name: 'seen', weight: () => 0 },
};

/** Returns the message with which a graph does not fit a manifest, or `fits`. */
async function mismatch(graph: LinearGraph, changes: Partial<Manifest> = {}): Promise<string> {
  const weights = encodeLinearGraph(graph);
  const session = await InferenceSession.create(weights);
  const manifest = { ...manifestOf(weights, image), ...changes };
  try {
    imageServing.checkSignature(session, { schema, manifest, place: 's3://b/model.onnx' });
  } catch (error) {
    expect(error).toBeInstanceOf(ModelLoadError);
    expect(error).toMatchObject({ reason: 'schema-mismatch' });
    return error instanceof Error ? error.message : '';
  }
  return 'fits';
}

describe('a graph that is as its manifest says', () => {
  it('fits', async () => {
    expect(await mismatch(graph)).toBe('fits');
  });

  it('fits with a batch of any size', async () => {
    expect(await mismatch({ ...graph, batch: 'N' })).toBe('fits');
  });

  it('fits with more classes than the labels need', async () => {
    const bias = Array.from({ length: 1000 }, () => 0);
    expect(await mismatch({ ...graph, bias, weights: () => bias })).toBe('fits');
  });

  it('fits with an output that the manifest does not use', async () => {
    const output = { name: 'scores', activation: 'softmax' } as const;
    expect(await mismatch(graph, { image: { ...image, output } })).toBe('fits');
  });
});

describe('a graph that is otherwise is refused', () => {
  const place = 's3://b/model.onnx does not fit';

  it.each<[string, LinearGraph, string]>([
    [
      'for the name of its input',
      { ...graph, input: { ...input, name: 'data' } },
      'no input pixels float32 [1,3,4,6]; input data is not in the schema',
    ],
    [
      'for its layout',
      { ...graph, input: { ...input, layout: 'NHWC' } },
      'input pixels float32 [1,3,4,6] is pixels float32 [1,4,6,3]',
    ],
    [
      'for its size',
      { ...graph, input: { ...input, width: 8 } },
      'input pixels float32 [1,3,4,6] is pixels float32 [1,3,4,8]',
    ],
    [
      'for its datatype',
      { ...graph, input: { ...input, datatype: 'UINT8' } },
      'input pixels float32 [1,3,4,6] is pixels uint8 [1,3,4,6]',
    ],
    [
      'for a batch of more than one',
      { ...graph, batch: 8 },
      'input pixels float32 [1,3,4,6] is pixels float32 [8,3,4,6]',
    ],
    ['for the name of its output', { ...graph, output: 'logits' }, 'no output scores, but logits'],
    [
      'for too few classes',
      { ...graph, bias: [0, 0, 0], weights: () => [0, 0, 0] },
      'output scores [1,3] has 3 numbers for a photo, not 4 or more for the labels',
    ],
    [
      'for too few classes of a batch of any size',
      { ...graph, batch: 'N', bias: [0, 0, 0], weights: () => [0, 0, 0] },
      'output scores [N,3] has 3 numbers for a photo',
    ],
    [
      'for its detection',
      { ...graph, detection: { name: 'animal', weight: () => 0 } },
      'no output seen, but scores, animal',
    ],
  ])('%s', async (_name, wrong, message) => {
    const said = await mismatch(wrong);
    expect(said).toContain(place);
    expect(said).toContain(message);
  });

  it('for boxes that are not of six numbers each', async () => {
    const output = { name: 'scores', activation: 'softmax', boxes: 'seen' } as const;
    expect(await mismatch(graph, { image: { ...image, output } })).toContain(
      'output seen [1,1] has 1 numbers for a photo, not six for each box',
    );
  });

  it('for too few classes of what is no label', async () => {
    const others = [{ name: 'lion', indices: [7] }];
    expect(await mismatch(graph, { image: { ...image, others } })).toContain(
      'has 4 numbers for a photo, not 8 or more for the labels',
    );
  });

  it('when its detection has a number for each class', async () => {
    const output = { name: 'scores', activation: 'none', detection: 'scores2' } as const;
    const swapped = { name: 'seen', activation: 'none', detection: 'scores' } as const;
    expect(await mismatch(graph, { image: { ...image, output } })).toContain('no output scores2');
    expect(await mismatch(graph, { image: { ...image, output: swapped } })).toBe(
      's3://b/model.onnx does not fit its manifest: output seen [1,1] has 1 numbers for a photo, not 4 or more for the labels; output scores [1,4] has 4 numbers for a photo, not one',
    );
  });

  it('when the manifest says nothing about images', async () => {
    const { image: _, ...manifest } = manifestOf(encodeLinearGraph(graph), image);
    const session = await InferenceSession.create(encodeLinearGraph(graph));
    const check = { schema, manifest, place: 's3://b/model.onnx' };
    expect(() => imageServing.checkSignature(session, check)).toThrow(
      's3://b/model.onnx: its manifest has no section image',
    );
  });
});
