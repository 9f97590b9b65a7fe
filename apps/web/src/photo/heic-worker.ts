/** Decodes one HEIC photo with libheif (LGPL-3.0), which is a file of its own beside the page: anyone may replace it. */
import openLibheif from 'libheif-js/libheif-wasm/libheif.js';
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url';
import type { Decoded } from './decode-heic.ts';

async function decode(bytes: ArrayBuffer): Promise<Decoded & { pixels: ArrayBuffer }> {
  const wasmBinary = await (await fetch(wasmUrl)).arrayBuffer();
  const { HeifDecoder } = openLibheif({ wasmBinary });
  const images = new HeifDecoder().decode(bytes);
  const image = images.find((each) => each.is_primary()) ?? images[0];
  if (image === undefined) throw new Error('no picture is in it');
  const width = image.get_width();
  const height = image.get_height();
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  await new Promise<void>((resolve, reject) => {
    image.display(target, (shown) => (shown ? resolve() : reject(new Error('it has gaps'))));
  });
  return { width, height, pixels: target.data.buffer };
}

self.onmessage = async ({ data }: MessageEvent<ArrayBuffer>) => {
  try {
    const decoded = await decode(data);
    self.postMessage(decoded, { transfer: [decoded.pixels] });
  } catch (error) {
    const answer: Decoded = { error: error instanceof Error ? error.message : String(error) };
    self.postMessage(answer);
  }
};
