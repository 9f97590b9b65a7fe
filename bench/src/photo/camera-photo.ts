import { join } from 'node:path';
import sharp from 'sharp';
import { folder } from './classifier.ts';

/**
 * Returns a JPEG of 4000 x 3000 pixels with as much detail as a camera's: an openly licensed photo, enlarged, with
 * noise.
 */
export async function cameraPhoto(): Promise<Buffer> {
  const [width, height] = [4000, 3000];
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = await sharp({ create: { width, height, channels: 3, background: 'grey', noise } })
    .png()
    .toBuffer();
  return sharp(join(folder, 'photos/cat-chelsea.jpg'))
    .resize({ width, height, fit: 'cover', kernel: 'cubic' })
    .composite([{ input: grain, blend: 'overlay' }])
    .jpeg({ quality: 88 })
    .toBuffer();
}
