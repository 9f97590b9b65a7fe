import { deflateSync } from 'node:zlib';
import { damaged } from './bad-json.ts';
import type { Random } from './random.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Returns the start of a PNG of this size, its checksum wrong. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    bytesOf('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
    header,
    bytesOf('\x08\x02\0\0\0\0\0\0\0'),
    deflateSync(Buffer.alloc(1000)),
  ]);
}

/** A JPEG whose EXIF claims more than there is. */
function withExif(photo: Buffer, exif: Buffer): Buffer {
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([photo.subarray(0, 2), marker, exif, photo.subarray(2)]);
}

/** Files that are no photo, or one that cannot be taken; and what they are. */
export function badPhoto(right: Buffer, random: Random): readonly [string, Buffer] {
  const [what, make] = random.pick<readonly [string, () => Buffer]>([
    ['no bytes', () => Buffer.of()],
    ['an SVG', () => bytesOf('<?xml version="1.0"?><svg xmlns="x" width="9" height="9"/>')],
    ['a GIF', () => bytesOf('GIF89a\x01\0\x01\0\x80\0\0\0\0\0;')],
    ['a PDF', () => bytesOf('%PDF-1.7\n')],
    ['HEIC', () => bytesOf('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['text', () => bytesOf('not a photo at all')],
    ['a PNG of 2^31-1 a side', () => png(2 ** 31 - 1, 2 ** 31 - 1)],
    ['a PNG of no size', () => png(0, 0)],
    [
      'a WebP header',
      () => bytesOf('RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0'),
    ],
    ['the start of a TIFF', () => bytesOf('II*\0\xff\xff\xff\xff')],
    ['the start of an AVIF', () => bytesOf('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf')],
    ['a JPEG cut off', () => right.subarray(0, random.whole(right.length))],
    ['a damaged JPEG', () => damaged(right, random)],
    ['random bytes', () => random.bytes(200)],
    [
      'an EXIF that claims all',
      () => withExif(right, bytesOf(`Exif\0\0II*\0\x08\0\0\0\xff\xff${'\xff'.repeat(4000)}`)),
    ],
  ]);
  return [what, make()];
}
