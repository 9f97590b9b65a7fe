/** The kinds of photo that are taken, told by their first bytes: names and content types lie. */

import { InvalidRequestError, UnsupportedMediaTypeError } from '@chorus/protocol';

/** Largest photo taken, in bytes; a phone's 12 megapixels have 3 to 8 million. */
export const maxPhotoBytes = 20_000_000;

/** A kind of photo. */
export interface PhotoKind {
  readonly contentType: string;
  /** Other names of it that are in use. */
  readonly aliases?: readonly string[];
  /** Ending of its keys, without the dot. */
  readonly extension: string;
  /** The name that sharp has for it. */
  readonly format: string;
  /** Most pixels that are decoded: what fits into 1.2 GB in the worst case of the format (README, "Limits"). */
  readonly maxPixels: number;
}

const jpeg: PhotoKind = {
  contentType: 'image/jpeg',
  aliases: ['image/jpg', 'image/pjpeg'],
  extension: 'jpg',
  format: 'jpeg',
  maxPixels: 120_000_000,
};
const png: PhotoKind = {
  contentType: 'image/png',
  extension: 'png',
  format: 'png',
  maxPixels: 120_000_000,
};
const webp: PhotoKind = {
  contentType: 'image/webp',
  extension: 'webp',
  format: 'webp',
  maxPixels: 120_000_000,
};
const avif: PhotoKind = {
  contentType: 'image/avif',
  extension: 'avif',
  format: 'heif',
  // Decoded whole and into several copies: 20 to 28 bytes per pixel, which no time limit can interrupt.
  maxPixels: 40_000_000,
};
const tiff: PhotoKind = {
  contentType: 'image/tiff',
  extension: 'tif',
  format: 'tiff',
  maxPixels: 120_000_000,
};

/** All that are taken. HEIC is not: it is HEVC, for which sharp's prebuilt libvips has no decoder. */
export const photoKinds: readonly PhotoKind[] = [jpeg, png, webp, avif, tiff];

const takenNames = 'JPEG, PNG, WebP, AVIF or TIFF';

/** `ftyp` brands of the ISO base media file format: https://mp4ra.org/registered-types/brands */
const avifBrands: readonly string[] = ['avif', 'avis'];
const heicBrands: readonly string[] = [
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'hevm',
  'hevs',
];

/** Bytes as text, a character each. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}

/** Major and compatible brands of a file that begins with an `ftyp` box; none of any other. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  if (textOf(bytes, 4, 8) !== 'ftyp') return [];
  const size = Buffer.from(bytes.subarray(0, 4)).readUInt32BE();
  // The four bytes after the major brand are its version. A box of 256 bytes has more brands than any file.
  const brands = textOf(bytes, 8, Math.min(size, 256)).match(/.{4}/gs) ?? [];
  return brands.filter((_brand, index) => index !== 1);
}

/** A kind of file that people send instead of photos, with the remedy. */
interface Refused {
  readonly contentTypes: readonly string[];
  /** Whether a file is one, by the text of its first bytes and its brands. */
  readonly isOne: (start: string, brands: readonly string[]) => boolean;
  readonly advice: string;
}

const refused: readonly Refused[] = [
  {
    contentTypes: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
    isOne: (_start, brands) => brands.some((brand) => heicBrands.includes(brand)),
    advice:
      'HEIC photos cannot be read here: convert it to JPEG and send that (the web page does so by itself; an iPhone takes JPEG with Settings > Camera > Formats > Most Compatible)',
  },
  {
    contentTypes: ['image/gif'],
    isOne: (start) => start.startsWith('GIF8'),
    advice: `GIF is not taken: send a photo as ${takenNames}`,
  },
  {
    contentTypes: ['application/pdf'],
    isOne: (start) => start.startsWith('%PDF-'),
    advice: `PDF is not taken: send the photo itself as ${takenNames}`,
  },
  {
    contentTypes: ['image/svg+xml'],
    isOne: (start) => /<svg[\s>]/i.test(start),
    advice: `SVG is a drawing: send a photo as ${takenNames}`,
  },
];

function adviceFor(bytes: Uint8Array): string {
  const start = textOf(bytes, 0, 512);
  const brands = brandsOf(bytes);
  return (
    refused.find(({ isOne }) => isOne(start, brands))?.advice ??
    `this is not a photo that can be read: send ${takenNames}`
  );
}

/**
 * The kind that a content type names, in any case.
 *
 * @throws UnsupportedMediaTypeError (415) for one that is not taken, with what to do.
 */
export function kindOfContentType(contentType: string): PhotoKind {
  const name = contentType.trim().toLowerCase();
  const kind = photoKinds.find((one) => one.contentType === name || one.aliases?.includes(name));
  if (kind !== undefined) return kind;
  const advice = refused.find(({ contentTypes }) => contentTypes.includes(name))?.advice;
  const taken = photoKinds.map((one) => one.contentType).join(', ');
  const shown = JSON.stringify(contentType.slice(0, 60));
  throw new UnsupportedMediaTypeError(
    `${shown} is not taken: send one of ${taken}${advice === undefined ? '' : `. ${advice}`}`,
  );
}

/**
 * Returns the kind of a photo by its first bytes; 256 of them are enough.
 *
 * @throws InvalidRequestError (400) for no bytes at all.
 * @throws UnsupportedMediaTypeError (415) for anything that is not taken.
 */
export function kindOf(bytes: Uint8Array): PhotoKind {
  if (bytes.byteLength === 0) throw new InvalidRequestError('the photo is empty: it has 0 bytes');
  const start = textOf(bytes, 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return jpeg;
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return png;
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return webp;
  // Little-endian, big-endian, and both again as BigTIFF.
  if (/^(?:II[*+]\0|MM\0[*+])/.test(start)) return tiff;
  if (brandsOf(bytes).some((brand) => avifBrands.includes(brand))) return avif;
  throw new UnsupportedMediaTypeError(adviceFor(bytes));
}
