/** A field of the GPS directory. */
export type GpsEntry =
  | { readonly tag: number; readonly text: string }
  | {
      readonly tag: number;
      readonly rationals: readonly (readonly [number, number])[];
      /** Written as signed fractions. */
      readonly signed?: boolean;
    };

type ByteOrder = 'little' | 'big';

/** Returns a number of two or four bytes. */
function number(value: number, size: 2 | 4, order: ByteOrder): Buffer {
  const bytes = Buffer.alloc(size);
  if (order === 'big') bytes.writeUIntBE(value, 0, size);
  else bytes.writeUIntLE(value, 0, size);
  return bytes;
}

/** Writes numbers in a byte order. */
function writer(order: ByteOrder): Record<'u16' | 'u32', (value: number) => Buffer> {
  return {
    u16: (value) => number(value, 2, order),
    u32: (value) => number(value, 4, order),
  };
}

/** The GPS directory as it stands at an offset, its values behind it. */
function gpsDirectory(entries: readonly GpsEntry[], at: number, order: ByteOrder): Buffer {
  const { u16, u32 } = writer(order);
  const fields: Buffer[] = [];
  const values: Buffer[] = [];
  let next = at + 2 + entries.length * 12 + 4;
  for (const entry of entries) {
    const value =
      'text' in entry
        ? Buffer.from(entry.text, 'latin1')
        : Buffer.concat(entry.rationals.flat().map((part) => u32(part >>> 0)));
    const [type, count] =
      'text' in entry ? [2, value.length] : [entry.signed === true ? 10 : 5, value.length / 8];
    fields.push(u16(entry.tag), u16(type), u32(count));
    if (value.length <= 4) {
      fields.push(Buffer.concat([value, Buffer.alloc(4 - value.length)]));
    } else {
      fields.push(u32(next));
      values.push(value);
      next += value.length;
    }
  }
  return Buffer.concat([u16(entries.length), ...fields, u32(0), ...values]);
}

/** Returns the field of a directory that says where the GPS directory is. */
function gpsPointer(at: number, order: ByteOrder): Buffer {
  const { u16, u32 } = writer(order);
  return Buffer.concat([u16(0x8825), u16(4), u32(1), u32(at)]);
}

/** Returns an EXIF block with these GPS fields and nothing else. */
export function gpsBlock(entries: readonly GpsEntry[], order: ByteOrder = 'little'): Buffer {
  const { u16, u32 } = writer(order);
  const directoryAt = 26;
  return Buffer.concat([
    Buffer.from(order === 'big' ? 'Exif\0\0MM' : 'Exif\0\0II'),
    ...[u16(42), u32(8), u16(1), gpsPointer(directoryAt, order), u32(0)],
    gpsDirectory(entries, directoryAt, order),
  ]);
}

/** Returns a little-endian TIFF file with these GPS fields: its directory is copied to the end, one field longer. */
export function tiffWithGps(tiff: Buffer, entries: readonly GpsEntry[]): Buffer {
  const { u16, u32 } = writer('little');
  const start = tiff.readUInt32LE(4);
  const count = tiff.readUInt16LE(start);
  const fields = tiff.subarray(start + 2, start + 2 + count * 12);
  const gpsAt = tiff.length + 2 + fields.length + 12 + 4;
  return Buffer.concat([
    ...[tiff.subarray(0, 4), u32(tiff.length), tiff.subarray(8)],
    ...[u16(count + 1), fields, gpsPointer(gpsAt, 'little'), u32(0)],
    gpsDirectory(entries, gpsAt, 'little'),
  ]);
}

/**
 * Returns a block of so many bytes full of fields that each claim four billion values: a reader that believes it is
 * lost.
 */
export function hugeExifBlock(size: number): Buffer {
  const block = Buffer.alloc(size);
  block.write('Exif\0\0II*\0\b\0\0\0', 'latin1');
  const count = Math.min(65_535, Math.floor((size - 20) / 12));
  block.writeUInt16LE(count, 14);
  for (let index = 0; index < count; index += 1) {
    const at = 16 + index * 12;
    block.writeUInt16LE(index, at);
    block.writeUInt16LE(1, at + 2);
    block.writeUInt32LE(0xffff_ffff, at + 4);
    block.writeUInt32LE(8, at + 8);
  }
  return block;
}
