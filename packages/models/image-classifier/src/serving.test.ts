import type { ImageInput, ImageSection } from '@chorus/registry/manifest';
import type { Handler, LoadedModel } from '@chorus/runtime';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, handlerOf, infer, manifestOf, openModel, photosInput } from './testing/ask.ts';
import { encodeLinearGraph, type LinearGraph } from './testing/linear-graph.ts';

const input: ImageInput = {
  name: 'pixels',
  layout: 'NHWC',
  datatype: 'UINT8',
  width: 4,
  height: 4,
  channels: 'RGB',
  fit: 'contain',
  kernel: 'linear',
};
const image: ImageSection = {
  input,
  output: { name: 'scores', activation: 'softmax' },
  labels: [
    { name: 'dark', indices: [0] },
    { name: 'bright', indices: [1] },
  ],
  threshold: 0,
};
/** Bright from a mean level of 128 up. */
const graph: LinearGraph = {
  input,
  output: 'scores',
  weights: () => [0, 1 / 48],
  bias: [128, 0],
};

async function modelOf(changes: Partial<LinearGraph> = {}): Promise<LoadedModel> {
  const weights = encodeLinearGraph({ ...graph, ...changes });
  return openModel(weights, manifestOf(weights, image));
}

function photo(level: number): Promise<Buffer> {
  const background = { r: level, g: level, b: level };
  return sharp({ create: { width: 40, height: 40, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

let handle: Handler;
let [black, white]: Uint8Array[] = [];

beforeAll(async () => {
  handle = handlerOf(await modelOf());
  [black, white] = await Promise.all([photo(0), photo(255)]);
});

describe('a request', () => {
  it('of one photo is answered with the outputs of the schema', async () => {
    expect(await infer(handle, photosInput([white ?? Buffer.of()]))).toMatchObject({
      model_name: 'image-classifier',
      model_version: 'v1',
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [1], data: ['bright'] },
        { name: 'labels', datatype: 'BYTES', shape: [1, 2], data: ['bright', 'dark'] },
        { name: 'probabilities', datatype: 'FP32', shape: [1, 2], data: [1, expect.any(Number)] },
        { name: 'detection', datatype: 'FP32', shape: [1], data: [1] },
        { name: 'other', datatype: 'BYTES', shape: [1], data: [''] },
        { name: 'other_probability', datatype: 'FP32', shape: [1], data: [0] },
        { name: 'box_labels', datatype: 'BYTES', shape: [1, 1], data: [''] },
        { name: 'box_probabilities', datatype: 'FP32', shape: [1, 1], data: [0] },
        { name: 'boxes', datatype: 'FP32', shape: [1, 1, 4], data: [0, 0, 0, 0] },
      ],
    });
  });

  it('of eight photos is answered in their order', async () => {
    const levels = [0, 255, 100, 150, 127, 130, 20, 200];
    const answers = await ask(handle, ...(await Promise.all(levels.map(photo))));
    expect(answers.map(({ label }) => label)).toEqual(
      levels.map((level) => (level < 128 ? 'dark' : 'bright')),
    );
    expect(answers[0]?.labels).toEqual(['dark', 'bright']);
    expect(answers[1]?.labels).toEqual(['bright', 'dark']);
  });

  it('of nine is one too many', async () => {
    const nine = Array.from({ length: 9 }, () => black ?? Buffer.of());
    await expect(infer(handle, photosInput(nine))).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'input "image": 9 rows; at most 8 per request',
    });
  });

  it.each([
    ['does not say what its elements are', undefined, 'not absent'],
    ['sends a type', { content_type: 'image/jpeg' }, 'not "image/jpeg"'],
  ])('that %s is refused', async (_name, parameters, message) => {
    const { parameters: _, ...bare } = photosInput([black ?? Buffer.of()]);
    const asking = infer(handle, { ...bare, ...(parameters && { parameters }) });
    await expect(asking).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(message),
    });
  });
});

describe('a photo that cannot be read', () => {
  it.each([
    ['no photo at all', Buffer.from('hello, this is a letter'), 'UnsupportedMediaTypeError'],
    ['a GIF', Buffer.from('GIF89a-and-so-on'), 'UnsupportedMediaTypeError'],
    ['nothing', Buffer.of(), 'InvalidRequestError'],
  ])('(%s) is the caller’s error', async (_name, bytes, name) => {
    const error = await infer(handle, photosInput([bytes])).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name, message: expect.not.stringContaining('image 0') });
  });

  it.each([
    ['an SVG', '<svg xmlns="x"/>', 'UnsupportedMediaTypeError', 'SVG is a drawing'],
    ['text', 'hello, this is a letter', 'UnsupportedMediaTypeError', 'not a photo'],
    ['nothing', '', 'InvalidRequestError', '0 bytes'],
  ])('(%s) is the same as bytes that are text', async (_name, text, name, message) => {
    const { parameters: _, ...bare } = photosInput([Buffer.of()]);
    await expect(infer(handle, { ...bare, data: [text] })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('among others is named by its place, and its error keeps its name and cause', async () => {
    const cut = (await photo(255)).subarray(0, 200);
    const photos = [black ?? Buffer.of(), white ?? Buffer.of(), cut];
    const error = await infer(handle, photosInput(photos)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringMatching(/^image 2: the photo is /),
      cause: expect.objectContaining({ name: 'InvalidRequestError' }),
    });
    const letter = photosInput([black ?? Buffer.of(), Buffer.from('a letter')]);
    await expect(infer(handle, letter)).rejects.toMatchObject({
      name: 'UnsupportedMediaTypeError',
      message: expect.stringMatching(/^image 1: /),
    });
  });

  it('leaves the model as it was', async () => {
    await infer(handle, photosInput([Buffer.from('a letter')])).catch(() => {});
    expect((await ask(handle, white ?? Buffer.of()))[0]?.label).toBe('bright');
  });
});

describe('the deadline', () => {
  it('ends a request between two of its photos', async () => {
    let now = 0;
    // Every look at the clock is a second later.
    const clock = () => {
      now += 1_000;
      return now;
    };
    const model = await modelOf();
    const photos = [1, 2, 3, 4].map(() => black ?? Buffer.of());
    const late = infer(handlerOf(model, clock), photosInput(photos), 3_500);
    await expect(late).rejects.toMatchObject({ name: 'DeadlineExceededError' });
    now = 0;
    const one = infer(handlerOf(model, clock), photosInput(photos.slice(0, 1)), 3_500);
    expect((await one).outputs[0]?.data).toEqual(['dark']);
  });
});

describe('a graph that answers nonsense', () => {
  it.each([
    ['NaN', { bias: [Number.NaN, 0] }, 'holds NaN at class 0'],
    ['infinity', { bias: [0, Number.POSITIVE_INFINITY] }, 'holds Infinity at class 1'],
  ])('(%s) is a fault of ours', async (_name, changes, message) => {
    const asking = ask(handlerOf(await modelOf(changes)), white ?? Buffer.of());
    await expect(asking).rejects.toMatchObject({
      name: 'InternalError',
      message: expect.stringContaining(message),
    });
  });
});
