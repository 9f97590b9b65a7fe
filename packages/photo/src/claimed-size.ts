import type { PhotoKind } from './kinds.ts';

/** Width and height in pixels as a header claims them. */
export interface ClaimedSize {
  readonly width: number;
  readonly height: number;
}

/** PNG, third edition, 11.2.1: IHDR comes first. */
function sizeOfPng(view: DataView): ClaimedSize | undefined {
  return view.byteLength < 24
    ? undefined
    : { width: view.getUint32(16), height: view.getUint32(20) };
}

/** RFC 9649, 2.7: the canvas of an extended file; 3.4: a lossless one of a single frame. */
function sizeOfWebp(view: DataView): ClaimedSize | undefined {
  if (view.byteLength < 30) return undefined;
  const chunk = view.getUint32(12);
  if (chunk === fourCc('VP8X')) {
    // Three bytes each; the height ends where the shortest file does, so it is read from one byte before it.
    const width = 1 + (view.getUint32(24, true) & 0xff_ffff);
    return { width, height: 1 + (view.getUint32(26, true) >>> 8) };
  }
  if (chunk === fourCc('VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return undefined;
}

function fourCc(text: string): number {
  return Buffer.from(text, 'latin1').readUInt32BE();
}

/**
 * The size that a PNG or a WebP claims, read from fixed places. libvips calls both damaged when the size is more than it can
 * hold, and prints what went wrong to standard error; of the other kinds it says that they are too large.
 *
 * @returns `undefined` when the header is cut off, or is of a kind that libvips tells apart.
 */
export function claimedSize(bytes: Uint8Array, kind: PhotoKind): ClaimedSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (kind.format) {
    case 'png':
      return sizeOfPng(view);
    case 'webp':
      return sizeOfWebp(view);
    default:
      return undefined;
  }
}
