import { type Location, placeOfExif } from '@chorus/photo/exif-place';
import { UnreadablePhotoError } from '../errors.ts';
import { exifBlockOf } from './exif-block.ts';
import { bytesForKind, type Kind, kindOf } from './kind.ts';
import { type Drawable, type Small, shrink } from './shrink.ts';

/** A photo that is ready to be sent. */
export interface ReadPhoto {
  readonly blob: Blob;
  /** The size of `blob` in pixels; undefined for a kind that only the service can open. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  /** What the camera wrote; it is read before the photo is made small, which loses it. */
  readonly location: Location | undefined;
}

const mistaken: Readonly<Record<Kind, string>> = {
  jpeg: 'This JPEG is damaged: no picture can be made of it.',
  png: 'This PNG is damaged: no picture can be made of it.',
  webp: 'This WebP is damaged: no picture can be made of it.',
  avif: 'This AVIF is damaged, or your browser cannot open it.',
  heic: 'This HEIC photo cannot be opened.',
  tiff: 'This TIFF cannot be opened.',
  other: 'It is not a photo, whatever its name says. JPEG, PNG, WebP, AVIF, HEIC and TIFF are.',
};

async function pictureOf(
  file: Blob,
  kind: Kind,
  bytes: () => Promise<ArrayBuffer>,
): Promise<Drawable> {
  try {
    return await createImageBitmap(file);
  } catch (cause) {
    if (kind !== 'heic') throw new UnreadablePhotoError(mistaken[kind], { cause });
    const { decodeHeic } = await import('./decode-heic.ts');
    return decodeHeic(await bytes());
  }
}

/**
 * Reads a photo: its place first, then its picture, made small.
 *
 * @param uploadBytes most bytes that can be uploaded, for the kinds that no browser can make small
 * @throws {UnreadablePhotoError} if it is none, or too large
 */
export async function readPhoto(file: Blob, uploadBytes: number): Promise<ReadPhoto> {
  if (file.size === 0) throw new UnreadablePhotoError('It is empty: it has 0 bytes.');
  const kind = kindOf(new Uint8Array(await file.slice(0, bytesForKind).arrayBuffer()));
  // The metadata of a JPEG is in its first segments, of at most 64 KiB each.
  const head = kind === 'jpeg' ? file.slice(0, 1_000_000) : file;
  const block =
    kind === 'other' ? undefined : exifBlockOf(new Uint8Array(await head.arrayBuffer()), kind);
  const location = block && placeOfExif(block);
  if (kind === 'tiff') {
    if (file.size > uploadBytes)
      throw new UnreadablePhotoError(
        `It has ${Math.ceil(file.size / 1e6)} MB, and at most ${Math.floor(uploadBytes / 1e6)} can be sent of a TIFF.`,
      );
    return { blob: new Blob([file], { type: 'image/tiff' }), size: undefined, location };
  }
  const picture = await pictureOf(file, kind, () => file.arrayBuffer());
  try {
    const { blob, width, height }: Small = await shrink(picture);
    return { blob, size: { width, height }, location };
  } finally {
    if ('close' in picture) picture.close();
  }
}
