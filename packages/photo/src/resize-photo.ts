import { decodeFailure } from './decode-failure.ts';
import { type Photo, pixelsOf } from './open-photo.ts';

/** The rectangle that a photo is fitted into, and how. */
export interface PhotoSize {
  readonly width: number;
  readonly height: number;
  /** `contain` adds bars, `cover` cuts off, `fill` distorts. */
  readonly fit: 'contain' | 'cover' | 'fill';
  /** Colour of the bars of `contain`, as red, green and blue from 0 to 255. @default black */
  readonly background?: readonly [number, number, number];
  readonly kernel: 'nearest' | 'linear' | 'cubic' | 'lanczos3';
}

/** Pixels in rows from the top, each as red, green and blue of sRGB in a byte. */
export interface RgbImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
}

/**
 * Decodes a photo into exactly `width` x `height` pixels of 8-bit sRGB, whatever it is in the file (CMYK, greyscale, 16 bits,
 * another profile), upright by its EXIF, what is transparent on black. JPEG is decoded at a fraction of its size where
 * that is enough, as libjpeg and WebP can.
 *
 * @throws InvalidRequestError (400) when it is cut off or damaged.
 * @throws PayloadTooLargeError (413) when it takes too long.
 */
export async function resizePhoto(photo: Photo, size: PhotoSize): Promise<RgbImage> {
  const { width, height, fit, kernel, background: [r, g, b] = [0, 0, 0] } = size;
  try {
    const { data } = await pixelsOf(photo)
      .autoOrient()
      .flatten({ background: { r: 0, g: 0, b: 0 } })
      .toColourspace('srgb')
      .resize({ width, height, fit, kernel, background: { r, g, b } })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width, height, channels: 3 };
  } catch (error) {
    throw decodeFailure(error);
  }
}
