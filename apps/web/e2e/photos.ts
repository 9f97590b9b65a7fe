import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Dropped } from './browser.ts';
import { samplePhoto } from './photo-service.ts';

/** A photo that is small enough to travel inside the request. */
export async function smallPhoto(file: string, name: string = file): Promise<Dropped> {
  return { name, bytes: await samplePhoto(file) };
}

/** A JPEG of noise, which stays large however it is compressed: it has to be uploaded. */
export async function largePhoto(
  name: string,
  {
    width = 1600,
    height = 1200,
    quality = 85,
  }: { readonly width?: number; readonly height?: number; readonly quality?: number } = {},
): Promise<Dropped> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const picture = sharp({ create: { width, height, channels: 3, background: 'grey', noise } });
  return { name, bytes: await picture.jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer() };
}

/** Two giraffes as an iPhone keeps photos, with a place in Kenya; `make/make-heic.py` has made it. */
export async function heicPhoto(): Promise<Dropped> {
  const bytes = await readFile(join(import.meta.dirname, 'fixtures/giraffes.heic'));
  return { name: 'IMG_0042.HEIC', type: 'image/heic', bytes };
}
