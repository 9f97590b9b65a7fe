import type { ImageInput } from '@chorus/registry/manifest';
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { inputShape, toTensor } from './preprocess.ts';

const plain: ImageInput = {
  name: 'x',
  layout: 'NHWC',
  datatype: 'UINT8',
  width: 3,
  height: 2,
  channels: 'RGB',
  fit: 'fill',
  kernel: 'linear',
};

/** A photo of 3 x 2 pixels: red is 10, 11, …; green 20, 21, …; blue 30, 31, …. */
const data = Uint8Array.from({ length: 18 }, (_, at) => 10 * ((at % 3) + 1) + Math.floor(at / 3));
const photo = { data, width: 3, height: 2, channels: 3 } as const;
const tensorOf = (changes: Partial<ImageInput>) => toTensor(ort, photo, { ...plain, ...changes });

const reds = [10, 11, 12, 13, 14, 15];
const greens = [20, 21, 22, 23, 24, 25];
const blues = [30, 31, 32, 33, 34, 35];

describe('a tensor of a photo', () => {
  it('is pixel after pixel in NHWC', () => {
    const { data, dims, type } = tensorOf({});
    expect(dims).toEqual([1, 2, 3, 3]);
    expect(type).toBe('uint8');
    expect(Array.from(data as Uint8Array)).toEqual(
      reds.flatMap((red, at) => [red, greens[at], blues[at]]),
    );
  });

  it('has blue first in BGR', () => {
    const { data } = tensorOf({ channels: 'BGR' });
    expect(Array.from(data as Uint8Array)).toEqual(
      blues.flatMap((blue, at) => [blue, greens[at], reds[at]]),
    );
  });

  it('is colour after colour in NCHW', () => {
    const { data, dims } = tensorOf({ layout: 'NCHW' });
    expect(dims).toEqual([1, 3, 2, 3]);
    expect(Array.from(data as Uint8Array)).toEqual([...reds, ...greens, ...blues]);
    const swapped = tensorOf({ layout: 'NCHW', channels: 'BGR' });
    expect(Array.from(swapped.data as Uint8Array)).toEqual([...blues, ...greens, ...reds]);
  });

  it('of float32 has the levels as they are, unless told otherwise', () => {
    const { data, type } = tensorOf({ datatype: 'FP32', layout: 'NCHW' });
    expect(type).toBe('float32');
    expect(data).toEqual(Float32Array.from([...reds, ...greens, ...blues]));
  });

  it('is scaled, then centred, then divided, by the graph’s channels', () => {
    const mean = [1, 2, 3] as const;
    const std = [4, 5, 6] as const;
    const { data } = tensorOf({
      datatype: 'FP32',
      layout: 'NCHW',
      channels: 'BGR',
      scale: 0.5,
      mean,
      std,
    });
    const normalised = (values: number[], channel: 0 | 1 | 2) =>
      values.map((value) => (value * 0.5 - mean[channel]) / std[channel]);
    expect(data).toEqual(
      Float32Array.from([
        ...normalised(blues, 0),
        ...normalised(greens, 1),
        ...normalised(reds, 2),
      ]),
    );
  });

  it('may be centred without being divided, and divided without being centred', () => {
    const centred = tensorOf({ datatype: 'FP32', mean: [10, 0, 0] });
    expect(centred.data[0]).toBe(0);
    const divided = tensorOf({ datatype: 'FP32', std: [4, 1, 1] });
    expect(divided.data[0]).toBe(2.5);
  });

  it('holds every value of the photo once, in any layout', () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.constantFrom('NCHW' as const, 'NHWC' as const),
        fc.constantFrom('RGB' as const, 'BGR' as const),
        (width, height, layout, channels) => {
          const data = Uint8Array.from({ length: 3 * width * height }, (_, at) => at);
          const input = { ...plain, width, height, layout, channels };
          const tensor = toTensor(ort, { data, width, height, channels: 3 }, input);
          expect(tensor.dims).toEqual(inputShape(input));
          expect((tensor.data as Uint8Array).toSorted()).toEqual(data.toSorted());
        },
      ),
    );
  });
});
