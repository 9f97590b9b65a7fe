/** Every way in which a public classifier may want its photos and give its answer, by the manifest alone. */

import type { ImageInput, ImageOutput, ImageSection } from '@chorus/registry/manifest';
import type { Handler } from '@chorus/runtime';
import sharp, { type Raw, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { ask, handlerOf, manifestOf, openModel } from './testing/ask.ts';
import { encodeLinearGraph, type LinearGraph, type Place } from './testing/linear-graph.ts';

const [width, height] = [12, 8];
const colours = ['red', 'green', 'blue'] as const;
const corners = ['top left', 'top right', 'bottom left', 'bottom right'] as const;
const names = colours.flatMap((colour) => corners.map((corner) => `${colour} ${corner}`));

const plain: ImageInput = {
  name: 'pixels',
  layout: 'NCHW',
  datatype: 'FP32',
  width,
  height,
  channels: 'RGB',
  fit: 'fill',
  kernel: 'linear',
};

/** Returns a grey photo of six times the graph's size with one corner in a pure colour. */
function cornerPhoto(colour: number, corner: number): Sharp {
  const raw: Raw = { width: 6 * width, height: 6 * height, channels: 3 };
  const pixels = Buffer.alloc(raw.width * raw.height * 3, 100);
  for (let y = 0; y < raw.height; y += 1) {
    for (let x = 0; x < raw.width; x += 1) {
      const at = 2 * Number(y >= raw.height / 2) + Number(x >= raw.width / 2);
      if (at === corner) {
        const pixel = 3 * (y * raw.width + x);
        pixels.fill(0, pixel, pixel + 3);
        pixels[pixel + colour] = 220;
      }
    }
  }
  return sharp(pixels, { raw });
}

/**
 * Returns the weights by which `red top left`, … count a value of a graph whose channels are in this order: the mean
 * of that corner, less all else.
 */
function cornerWeights(order: 'RGB' | 'BGR', factor: number): (place: Place) => number[] {
  return ({ x, y, channel }) => {
    const colour = order === 'RGB' ? channel : 2 - channel;
    const corner = 2 * Number(y >= height / 2) + Number(x >= width / 2);
    return names.map((_, label) => {
      const mine = Math.floor(label / 4) === colour && label % 4 === corner;
      return (mine ? factor : -factor / 11) / ((width * height) / 4);
    });
  };
}

/** A label for each class. */
const labelsOf = (names: readonly string[]) =>
  names.map((name, index) => ({ name, indices: [index] }));

/** The way from a graph's output to an answer. */
interface Answering {
  readonly output?: Partial<ImageOutput>;
  readonly labels: ImageSection['labels'];
  readonly others?: ImageSection['labels'];
  readonly threshold?: number;
}

/** Opens a graph under a manifest that describes it. */
async function serve(
  input: ImageInput,
  graph: Omit<LinearGraph, 'input' | 'output'>,
  { output = {}, labels, others = [], threshold = 0 }: Answering,
): Promise<Handler> {
  const weights = encodeLinearGraph({ ...graph, input, output: 'scores' });
  const image: ImageSection = {
    input,
    output: { name: 'scores', activation: 'softmax', ...output },
    labels,
    others,
    threshold,
  };
  return handlerOf(await openModel(weights, manifestOf(weights, image)));
}

const variants = (['NCHW', 'NHWC'] as const).flatMap((layout) =>
  (['RGB', 'BGR'] as const).flatMap((channels) =>
    (['FP32', 'UINT8'] as const).flatMap((datatype) => [
      { layout, channels, datatype, activation: 'softmax' as const },
      { layout, channels, datatype, activation: 'sigmoid' as const },
      { layout, channels, datatype, activation: 'none' as const, last: 'Softmax' as const },
      { layout, channels, datatype, activation: 'none' as const, last: 'Sigmoid' as const },
    ]),
  ),
);

describe('a graph', () => {
  it.each(variants)(
    'of $layout $channels $datatype, then $activation, tells corners and colours apart',
    async ({ layout, channels, datatype, activation, last }) => {
      const input: ImageInput = { ...plain, layout, datatype, channels };
      const handle = await serve(
        input,
        {
          weights: cornerWeights(channels, 1 / 20),
          bias: names.map(() => 0),
          ...(last && { last }),
        },
        { output: { activation }, labels: labelsOf(names) },
      );
      for (const [colour] of colours.entries()) {
        const photos = corners.map((_, corner) => cornerPhoto(colour, corner).png().toBuffer());
        const answers = await ask(handle, ...(await Promise.all(photos)));
        expect(answers.map(({ label }) => label)).toEqual(
          corners.map((corner) => `${colours[colour]} ${corner}`),
        );
      }
    },
  );
});

/** Returns a photo of one colour, as large as the graph looks. */
function plainPhoto(r: number, g: number, b: number): Promise<Buffer> {
  const create = { width, height, channels: 3 as const, background: { r, g, b } };
  return sharp({ create }).png().toBuffer();
}

/** The mean of each channel, the graph's order. */
const channelMeans = ({ channel }: Place) =>
  [0, 1, 2].map((one) => (one === channel ? 1 / (width * height) : 0));

describe('normalisation', () => {
  it.each<[string, Partial<ImageInput>, string]>([
    ['none', {}, 'red'],
    ['a mean', { mean: [100, 0, 0] }, 'green'],
    ['a deviation', { std: [4, 1, 1] }, 'green'],
    ['a mean in the order of BGR', { channels: 'BGR', mean: [0, 0, 100] }, 'green'],
    ['a deviation in the order of BGR', { channels: 'BGR', std: [0.1, 1, 1] }, 'blue'],
    // (200 / 100 - 1) / 1 = 1, (150 / 100 - 0) / 1 = 1.5, (100 / 100 - 0) / 0.5 = 2
    ['a scale, a mean and a deviation', { scale: 0.01, mean: [1, 0, 0], std: [1, 1, 0.5] }, 'blue'],
    ['a mean after the scale', { scale: 2, mean: [90, 0, 0] }, 'red'],
  ])('by %s decides what the graph sees', async (_name, changes, label) => {
    const input = { ...plain, ...changes };
    const handle = await serve(
      input,
      { weights: channelMeans, bias: [0, 0, 0] },
      {
        labels: labelsOf(input.channels === 'RGB' ? colours : colours.toReversed()),
      },
    );
    const [answer] = await ask(handle, await plainPhoto(200, 150, 100));
    expect(answer?.label).toBe(label);
  });
});

describe('a photo of another shape than the graph’s input', () => {
  const side = 8;
  const square: ImageInput = { ...plain, width: side, height: side };
  const kinds = ['stretched', 'letterboxed', 'cropped', 'in blue bars'];

  /** Twice as wide as high, white, with a red stripe down its left edge. */
  const wide = async () => {
    const create = { width: 160, height: 80, channels: 3 as const, background: '#fff' };
    const stripe = { create: { ...create, width: 32, background: '#f00' } };
    return sharp({ create })
      .composite([{ input: stripe, left: 0, top: 0 }])
      .png()
      .toBuffer();
  };

  /** From the left edge's red in the middle rows, and from what is above. */
  const weights = ({ x, y, channel }: Place) => {
    const edge = x === 0 && (y === 3 || y === 4) ? 1 / 510 : 0;
    const above = y === 0 && x > 1 ? 1 / (6 * 255) : 0;
    return [
      // Red at the left edge, with white above.
      channel === 0 ? edge + above : -edge,
      // Red at the left edge, with black above.
      channel === 0 ? edge : -edge - above,
      // White at the left edge, with white above.
      channel === 0 ? above : edge,
      channel === 2 ? 4 * above : -4 * above,
    ];
  };
  const bias = [0, 0.9, 0.2, 0];

  it.each<[string, Partial<ImageInput>]>([
    ['stretched', { fit: 'fill' }],
    ['letterboxed', { fit: 'contain' }],
    ['cropped', { fit: 'cover' }],
    ['in blue bars', { fit: 'contain', background: [0, 0, 255] }],
  ])('is %s if the manifest says so', async (label, changes) => {
    const input = { ...square, ...changes };
    const handle = await serve(input, { weights, bias }, { labels: labelsOf(kinds) });
    expect((await ask(handle, await wide()))[0]?.label).toBe(label);
  });
});

it('the kernel decides what lies between two pixels', async () => {
  const weights = ({ x }: Place) => (x === width / 2 - 1 ? [1, 0] : [0, 0]);
  const half = Buffer.from([0, 0, 0, 255, 255, 255]);
  const photo = await sharp(half, { raw: { width: 2, height: 1, channels: 3 } })
    .png()
    .toBuffer();
  const labels = labelsOf(['smooth', 'sharp']);
  for (const [kernel, label] of [
    ['nearest', 'sharp'],
    ['linear', 'smooth'],
    ['cubic', 'smooth'],
    ['lanczos3', 'smooth'],
  ] as const) {
    const handle = await serve({ ...plain, kernel }, { weights, bias: [0, 100] }, { labels });
    expect((await ask(handle, photo))[0]?.label).toBe(label);
  }
});

it('every kind of photo is read', async () => {
  const handle = await serve(
    plain,
    { weights: cornerWeights('RGB', 1 / 20), bias: names.map(() => 0) },
    { labels: labelsOf(names) },
  );
  const photos = [
    cornerPhoto(2, 1).jpeg(),
    cornerPhoto(2, 1).jpeg({ progressive: true }),
    cornerPhoto(2, 1).png(),
    cornerPhoto(2, 1).webp(),
    cornerPhoto(2, 1).avif({ effort: 0 }),
    cornerPhoto(2, 1).tiff(),
    // The turned photo, and the note how to turn it back.
    cornerPhoto(2, 2).jpeg().withMetadata({ orientation: 3 }),
    cornerPhoto(2, 0).jpeg().withMetadata({ orientation: 6 }),
    cornerPhoto(2, 3).jpeg().withMetadata({ orientation: 8 }),
  ];
  for (const photo of photos) {
    const [answer] = await ask(handle, await photo.toBuffer());
    expect(answer?.label).toBe('blue top right');
  }
});

describe('of a thousand classes', () => {
  /** Dog 151 is the most probable class; the five cats together are more probable than the only dog. */
  const bias = Array.from({ length: 1000 }, (_, index) =>
    index === 151 ? 9 : index >= 281 && index <= 285 ? 8 : 0,
  );
  const graph = { weights: () => bias.map(() => 0), bias };
  const labels = [
    { name: 'dog', indices: [151] },
    { name: 'cat', indices: [281, 282, 283, 284, 285] },
    { name: 'bird', indices: [7, 8, 9] },
  ];

  it('those of one label are summed, others dropped', async () => {
    const handle = await serve(plain, graph, { labels });
    const [answer] = await ask(handle, await plainPhoto(0, 0, 0));
    const [dog, cat, bird] = [Math.exp(9), 5 * Math.exp(8), 3];
    const used = dog + cat + bird;
    expect(answer?.labels).toEqual(['cat', 'dog', 'bird']);
    expect(answer?.probabilities).toEqual([
      expect.closeTo(cat / used, 5),
      expect.closeTo(dog / used, 5),
      expect.closeTo(bird / used, 5),
    ]);
    expect(answer?.detection).toBeCloseTo(used / (used + 991), 5);
  });

  it('what is no label may have a name all the same, and is answered by it where it is more probable', async () => {
    const others = [
      { name: 'teapot', indices: [849] },
      { name: 'lion', indices: [281, 282] },
      { name: 'tiger', indices: [283, 284, 285] },
    ];
    const handle = await serve(plain, graph, {
      labels: [
        { name: 'dog', indices: [151] },
        { name: 'bird', indices: [7, 8, 9] },
      ],
      others,
    });
    const [answer] = await ask(handle, await plainPhoto(0, 0, 0));
    const [dog, cats, bird, teapot] = [Math.exp(9), 5 * Math.exp(8), 3, 1];
    const used = dog + cats + bird + teapot;
    expect(answer).toMatchObject({ label: '', other: 'tiger', labels: ['dog', 'bird'] });
    expect(answer?.otherProbability).toBeCloseTo((cats + teapot) / used, 5);
    expect(answer?.probabilities[0]).toBeCloseTo(dog / used, 5);
    expect(answer?.detection).toBeCloseTo(used / (used + 990), 5);
  });

  it('a label stands where it is more probable than all else that has a name', async () => {
    const others = [{ name: 'lion', indices: [281, 282] }];
    const handle = await serve(plain, graph, { labels: [{ name: 'dog', indices: [151] }], others });
    const [answer] = await ask(handle, await plainPhoto(0, 0, 0));
    const [dog, lion] = [Math.exp(9), 2 * Math.exp(8)];
    expect(answer).toMatchObject({ label: 'dog', other: '' });
    expect(answer?.probabilities).toEqual([expect.closeTo(dog / (dog + lion), 5)]);
    expect(answer?.otherProbability).toBeCloseTo(lion / (dog + lion), 5);
  });

  it('nothing has a name, of a label or not, where the rest is more probable', async () => {
    const handle = await serve(plain, graph, {
      labels: [{ name: 'bird', indices: [7, 8, 9] }],
      others: [{ name: 'teapot', indices: [849] }],
      threshold: 0.1,
    });
    const [answer] = await ask(handle, await plainPhoto(0, 0, 0));
    expect(answer).toMatchObject({ label: '', other: '' });
  });

  it('none is sure enough where the rest is more probable', async () => {
    const handle = await serve(plain, graph, {
      labels: [{ name: 'bird', indices: [7, 8, 9] }],
      output: { temperature: 2 },
      threshold: 0.1,
    });
    const [answer] = await ask(handle, await plainPhoto(0, 0, 0));
    expect(answer).toMatchObject({ label: '', labels: ['bird'], probabilities: [1] });
  });
});

it('a graph that says itself whether there is anything is believed', async () => {
  const weights = ({ channel }: Place) => [channel === 0 ? 1 : 0, channel === 1 ? 1 : 0];
  const weight = ({ channel }: Place) => (channel === 2 ? -1 : 0.1);
  const detection = { name: 'seen', weight };
  const weightsOf = encodeLinearGraph({
    input: plain,
    output: 'scores',
    weights,
    bias: [0, 0],
    detection,
  });
  const image: ImageSection = {
    input: plain,
    output: { name: 'scores', activation: 'softmax', detection: 'seen' },
    labels: labelsOf(['red', 'green']),
    threshold: 0.5,
  };
  const handle = handlerOf(await openModel(weightsOf, manifestOf(weightsOf, image)));
  const photos = [plainPhoto(9, 0, 0), plainPhoto(0, 9, 0), plainPhoto(9, 0, 9)];
  const answers = await ask(handle, ...(await Promise.all(photos)));
  expect(answers.map(({ label }) => label)).toEqual(['red', 'green', '']);
  expect(answers.map(({ labels }) => labels[0])).toEqual(['red', 'green', 'red']);
  expect(answers.map(({ detection }) => Math.round(detection))).toEqual([1, 1, 0]);
});
