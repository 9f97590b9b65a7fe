import type { RgbImage } from '@chorus/photo';
import type { ImageInput } from '@chorus/registry/manifest';
import type { Ort } from '@chorus/runtime';
import type { Tensor } from 'onnxruntime-node';

/** Returns the graph's input for one photo. */
export function inputShape({ layout, width, height }: ImageInput): readonly number[] {
  return layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
}

/**
 * Returns the values of the 256 levels of a channel: (level * scale - mean) / std.
 * @param channel in the graph's order, as `mean` and `std` are
 */
function levels({ scale = 1, mean, std }: ImageInput, channel: number): Float32Array {
  const [from, by] = [mean?.[channel] ?? 0, std?.[channel] ?? 1];
  return Float32Array.from({ length: 256 }, (_, level) => (level * scale - from) / by);
}

/**
 * Pixels as the graph takes them: its layout, order of channels, type and normalisation.
 * @param photo of exactly the manifest's width and height
 */
export function toTensor(ort: Ort, photo: RgbImage, input: ImageInput): Tensor {
  const { data } = photo;
  const { layout, datatype, channels, width, height } = input;
  const pixels = width * height;
  const target = new (datatype === 'UINT8' ? Uint8Array : Float32Array)(3 * pixels);
  for (let channel = 0; channel < 3; channel += 1) {
    const table = levels(input, channel);
    let from = channels === 'RGB' ? channel : 2 - channel;
    let to = layout === 'NCHW' ? channel * pixels : channel;
    const step = layout === 'NCHW' ? 1 : 3;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      target[to] = table[data[from] ?? 0] ?? 0;
      from += 3;
      to += step;
    }
  }
  const dims = inputShape(input);
  return target instanceof Uint8Array
    ? new ort.Tensor('uint8', target, dims)
    : new ort.Tensor('float32', target, dims);
}
