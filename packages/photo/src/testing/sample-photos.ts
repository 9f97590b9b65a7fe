import sharp, { type Sharp } from 'sharp';
import type { Location } from '../exif-place.ts';

/** Solid colours that survive any compression: the quarters of a sample, from the top left, row by row. */
export const quarters = {
  red: [220, 40, 40],
  green: [40, 190, 60],
  blue: [40, 60, 210],
  white: [240, 240, 240],
} as const;

const { red, green, blue, white } = quarters;

/** Returns a picture of four quarters, each of a colour of its own, so that it shows how it has been turned. */
export function samplePicture(width = 64, height = 48): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [left, right] = y < height / 2 ? [red, green] : [blue, white];
      data.set(x < width / 2 ? left : right, (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Degrees, minutes and seconds as EXIF's three fractions, rounded without ever giving 60 of anything. */
function toRationals(degrees: number): string {
  const [perDegree, perMinute] = [36_000_000, 600_000];
  const all = Math.round(Math.abs(degrees) * perDegree);
  const rest = all % perDegree;
  return `${Math.floor(all / perDegree)}/1 ${Math.floor(rest / perMinute)}/1 ${rest % perMinute}/10000`;
}

/** EXIF tags for a place, as sharp's `withExif` takes them. */
export function gpsTags({ lat, lon }: Location): { IFD3: Record<string, string> } {
  return {
    IFD3: {
      GPSLatitudeRef: lat < 0 ? 'S' : 'N',
      GPSLatitude: toRationals(lat),
      GPSLongitudeRef: lon < 0 ? 'W' : 'E',
      GPSLongitude: toRationals(lon),
    },
  };
}

/** Returns a JPEG in which an APP1 segment with this EXIF block comes first. */
export async function jpegWithExif(block: Uint8Array): Promise<Buffer> {
  const jpeg = await samplePicture().jpeg().toBuffer();
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(block.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, block, jpeg.subarray(2)]);
}

/** Returns the start of a PNG that claims to be so large, and no more of it. */
export function pngHeader(width: number, height: number): Buffer {
  const chunk = Buffer.alloc(25);
  chunk.writeUInt32BE(13, 0);
  chunk.write('IHDR', 4, 'latin1');
  chunk.writeUInt32BE(width, 8);
  chunk.writeUInt32BE(height, 12);
  // Eight bits of red, green and blue.
  chunk.set([8, 2, 0, 0, 0], 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 21)), 21);
  // An empty IDAT ends the header.
  const data = Buffer.from([0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xaf, 0x06, 0x1e]);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk, data]);
}

/**
 * Returns the start of a WebP that claims to be so large: an extended one, or a lossless one of at most 16,384 a
 * side.
 */
export function webpHeader(chunk: 'VP8X' | 'VP8L', width: number, height: number): Buffer {
  const file = Buffer.alloc(40);
  file.write(`RIFF\x20\0\0\0WEBP${chunk}\x14\0\0\0`, 'latin1');
  if (chunk === 'VP8X') {
    file.writeUIntLE(width - 1, 24, 3);
    file.writeUIntLE(height - 1, 27, 3);
  } else {
    file[20] = 0x2f;
    file.writeUInt32LE((((height - 1) << 14) | (width - 1)) >>> 0, 21);
  }
  return file;
}

function crc32(bytes: Uint8Array): number {
  return process.getBuiltinModule('node:zlib').crc32(bytes);
}

/** A JPEG whose header claims another size. */
export async function jpegOfClaimedSize(width: number, height: number): Promise<Buffer> {
  const jpeg = await samplePicture().jpeg().toBuffer();
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  jpeg.writeUInt16BE(height, frame + 5);
  jpeg.writeUInt16BE(width, frame + 7);
  return jpeg;
}
