import { UnreadablePhotoError } from '../errors.ts';

/** What the worker answers: pixels, or why there are none. */
export type Decoded =
  | { readonly width: number; readonly height: number; readonly pixels: ArrayBuffer }
  | { readonly error: string };

/**
 * Decodes a HEIC photo, which most browsers cannot: in a worker with libheif, both loaded only now.
 *
 * @throws {UnreadablePhotoError} if it is damaged
 */
export async function decodeHeic(bytes: ArrayBuffer): Promise<OffscreenCanvas> {
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { type: 'module' });
  try {
    const decoded = await new Promise<Decoded>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Decoded>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(`the HEIC decoder: ${message}`));
      worker.postMessage(bytes, [bytes]);
    });
    if ('error' in decoded)
      throw new UnreadablePhotoError(`This HEIC photo is damaged (${decoded.error}).`);
    const { width, height, pixels } = decoded;
    const canvas = new OffscreenCanvas(width, height);
    const image = new ImageData(new Uint8ClampedArray(pixels), width, height);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas;
  } finally {
    worker.terminate();
  }
}
