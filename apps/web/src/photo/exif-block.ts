import type { Kind } from './kind.ts';

/** Where text stands in bytes, from an offset on; -1 if nowhere. */
function indexOf(bytes: Uint8Array, text: string, from = 0): number {
  const wanted = [...text].map((character) => character.charCodeAt(0));
  let at = bytes.indexOf(wanted[0] ?? 0, from);
  while (at >= 0) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
    at = bytes.indexOf(wanted[0] ?? 0, at + 1);
  }
  return -1;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** APP1 of a JPEG, which stands before the picture: ISO 10918-1, B.1.1.4; EXIF 2.32, 4.5.4. */
function ofJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    // A marker may be filled up with 0xff; after the start of the scan there are no more segments.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, end);
    if (marker === 0xe1 && indexOf(segment.subarray(0, 6), 'Exif\0\0') === 0) return segment;
    at = end;
  }
  return undefined;
}

/** A chunk of a PNG (length, name, data, checksum) or of a RIFF file such as WebP (name, length, data, padding). */
function ofChunks(bytes: Uint8Array, kind: 'png' | 'webp'): Uint8Array | undefined {
  const view = viewOf(bytes);
  const isPng = kind === 'png';
  for (let at = isPng ? 8 : 12; at + 8 <= bytes.length; ) {
    const length = isPng ? view.getUint32(at) : view.getUint32(at + 4, true);
    const name = String.fromCharCode(...bytes.subarray(at + (isPng ? 4 : 0), at + (isPng ? 8 : 4)));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (name === (isPng ? 'eXIf' : 'EXIF')) return data;
    at += 8 + length + (isPng ? 4 : length % 2);
  }
  return undefined;
}

/** The item of an ISO base media file: it is found by how it begins, not by the boxes that say where it is. */
function ofItem(bytes: Uint8Array): Uint8Array | undefined {
  for (const start of ['Exif\0\0II*\0', 'Exif\0\0MM\0*']) {
    const at = indexOf(bytes, start);
    if (at >= 0) return bytes.subarray(at);
  }
  return undefined;
}

/** Returns the EXIF block of a photo, for `placeOfExif`; undefined without one. Never throws. */
export function exifBlockOf(bytes: Uint8Array, kind: Kind): Uint8Array | undefined {
  switch (kind) {
    case 'jpeg':
      return ofJpeg(bytes);
    case 'png':
    case 'webp':
      return ofChunks(bytes, kind);
    case 'heic':
    case 'avif':
      return ofItem(bytes);
    case 'tiff':
      return bytes;
    case 'other':
      return undefined;
  }
}
