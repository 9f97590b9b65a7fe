/** Every way in which a public classifier may want its photos and give its answer, by the manifest alone. */

import type { ImageInput, ImageSection } from '@chorus/registry/manifest';
import sharp, { type Raw, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { ask, handlerOf, manifestOf, openModel } from './testing/ask.ts';
import { encodeLinearGraph, type Place } from './testing/linear-graph.ts';

const [width, height] = [12, 8];
const colours = ['red', 'green', 'blue'] as const;
const corners = ['top left', 'top right', 'bottom left', 'bottom right'] as const;
const names = colours.flatMap((colour) => corners.map((corner) => `${colour} ${corner}`));

/** A grey photo of six times the graph's size with one corner in a pure colour. */
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

/** How much `red top left`, … count a value of a graph whose channels are in this order: the mean of that corner, less all else. */
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

const labels = names.map((name, index) => ({ name, indices: [index] }));

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
      const input: ImageInput = {
        name: 'pixels',
        layout,
        datatype,
        width,
        height,
        channels,
        fit: 'fill',
        kernel: 'linear',
      };
      const weights = encodeLinearGraph({
        input,
        output: 'scores',
        weights: cornerWeights(channels, 1 / 20),
        bias: names.map(() => 0),
        ...(last && { last }),
      });
      const output = { name: 'scores', activation };
      const image: ImageSection = { input, output, labels, threshold: 0 };
      const handle = handlerOf(await openModel(weights, manifestOf(weights, image)));
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
