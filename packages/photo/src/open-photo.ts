import { PayloadTooLargeError, UnsupportedMediaTypeError } from '@chorus/protocol';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type ClaimedSize, claimedSize } from './claimed-size.ts';
import { decodeFailure, maxDecodeSeconds } from './decode-failure.ts';
import { kindOf, type PhotoKind } from './kinds.ts';

/** A photo whose header has been read and found acceptable; its pixels have not been touched. */
export interface Photo {
  readonly kind: PhotoKind;
  /** The EXIF block as it is in the file, if any: a TIFF structure, so that of a TIFF it is the file itself. */
  readonly exif: Uint8Array | undefined;
  /** The XMP packet, if any: XML. */
  readonly xmp: string | undefined;
  readonly bytes: Uint8Array;
  /** Pixels of the upright photo. */
  readonly width: number;
  readonly height: number;
}

/**
 * Most pixels of a side: as many as JPEG itself allows. libvips works on many lines at once, so that 10,000,000 x 12 pixels,
 * few as they are, take 5 GB.
 */
const maxSide = 65_500;

let isConfigured = false;

/**
 * One thread and no cache of operations: a function has one vCPU and one photo at a time, and what libvips keeps of a
 * photo is never asked for again. Applies to the whole process, so it waits until there is a photo.
 */
function configureOnce(): void {
  if (isConfigured) return;
  sharp.concurrency(1);
  sharp.cache(false);
  isConfigured = true;
}

/**
 * Returns the decoder for a photo. `error` fails on what is cut off or cannot be decoded; the `warning`s of libjpeg
 * are about what cameras and editors do every day (stray bytes between segments, odd JFIF versions) and leave the
 * picture whole.
 */
function decoderOf(bytes: Uint8Array): Sharp {
  configureOnce();
  return sharp(bytes, {
    failOn: 'error',
    // `openPhoto` counts the pixels itself, to say how many there are.
    limitInputPixels: false,
    // The first frame of an animation, the first page of a document.
    pages: 1,
    sequentialRead: true,
  });
}

async function headerOf(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await decoderOf(bytes).metadata();
  } catch (error) {
    throw decodeFailure(error);
  }
}

/** @throws PayloadTooLargeError (413) for more pixels than a kind may have. */
function checkSize({ width, height }: ClaimedSize, kind: PhotoKind): void {
  if (width * height > kind.maxPixels || Math.max(width, height) > maxSide) {
    const most = `${kind.maxPixels / 1e6} million of ${kind.contentType} and ${maxSide} a side`;
    throw new PayloadTooLargeError(
      `the photo has ${width} x ${height} pixels; at most ${most} are taken: send it smaller`,
    );
  }
}

/**
 * Opens a photo: finds out its kind by its first bytes, reads its header and checks its size, before a pixel is decoded.
 *
 * @throws InvalidRequestError (400) for no bytes or a damaged header.
 * @throws UnsupportedMediaTypeError (415) for what is not a photo of a kind that is taken.
 * @throws PayloadTooLargeError (413) for more pixels than its kind may have.
 */
export async function openPhoto(bytes: Uint8Array): Promise<Photo> {
  const kind = kindOf(bytes);
  const claimed = claimedSize(bytes, kind);
  if (claimed !== undefined) checkSize(claimed, kind);
  const { format, width, height, exif, xmp, autoOrient } = await headerOf(bytes);
  if (format !== kind.format) {
    throw new UnsupportedMediaTypeError(
      `the photo begins like ${kind.contentType} but is ${format}: save it again as JPEG`,
    );
  }
  checkSize({ width, height }, kind);
  return {
    kind,
    exif: kind.contentType === 'image/tiff' ? bytes : exif,
    xmp: xmp?.toString(),
    bytes,
    width: autoOrient.width,
    height: autoOrient.height,
  };
}

/** The photo's decoder; for `resizePhoto`, which also turns its errors into ours. */
export function pixelsOf(photo: Photo): Sharp {
  return decoderOf(photo.bytes).timeout({ seconds: maxDecodeSeconds });
}
