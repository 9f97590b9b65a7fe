/**
 * The tags of an EXIF block that say where, and no others. A general reader such as exif-reader makes values of all that
 * a block claims to have: 65 kB can be written so that it takes seconds and gigabytes. This one looks at each entry once.
 * TIFF 6.0, section 2; EXIF 2.32, section 4.6.6.
 */

/** A fraction as it is in the file; its denominator may be 0. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** Latitude and longitude as they are in the file; what is absent or of another type is `undefined`. */
export interface GpsTags {
  readonly latitudeRef: string | undefined;
  /** Degrees, minutes, seconds. */
  readonly latitude: readonly Rational[] | undefined;
  readonly longitudeRef: string | undefined;
  readonly longitude: readonly Rational[] | undefined;
}

/** A field of an image file directory. */
interface Field {
  readonly type: number;
  readonly count: number;
  /** The offset of its four bytes: the value, or the offset of the value. */
  readonly at: number;
}

const asciiType = 2;
const longType = 4;
const rationalType = 5;
/** Some phones write the position so, against EXIF's own rule. */
const signedRationalType = 10;
const gpsPointerTag = 0x8825;

/** A TIFF structure; offsets count from its start. */
interface Structure {
  readonly view: DataView;
  readonly littleEndian: boolean;
}

/** Finds the structure behind the `Exif\0\0` that JPEG, WebP and AVIF put before it. */
function openStructure(block: Uint8Array): Structure | undefined {
  const start = String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0;
  const view = new DataView(block.buffer, block.byteOffset + start, block.byteLength - start);
  if (view.byteLength < 8) return undefined;
  const order = view.getUint16(0);
  const littleEndian = order === 0x4949;
  if (!littleEndian && order !== 0x4d4d) return undefined;
  return view.getUint16(2, littleEndian) === 42 ? { view, littleEndian } : undefined;
}

/** Reads the fields of a directory by tag, of those wanted; where a tag is repeated, the first. */
function readDirectory(
  { view, littleEndian }: Structure,
  offset: number,
  wanted: readonly number[],
): Map<number, Field> {
  const fields = new Map<number, Field>();
  if (offset + 2 > view.byteLength) return fields;
  const last = offset + 2 + view.getUint16(offset, littleEndian) * 12;
  for (let at = offset + 2; at < last && at + 12 <= view.byteLength; at += 12) {
    const tag = view.getUint16(at, littleEndian);
    if (wanted.includes(tag) && !fields.has(tag)) {
      const type = view.getUint16(at + 2, littleEndian);
      const count = view.getUint32(at + 4, littleEndian);
      fields.set(tag, { type, count, at: at + 8 });
    }
  }
  return fields;
}

/** One to four characters: longer ones are no hemisphere. */
function readText({ view }: Structure, field: Field | undefined): string | undefined {
  if (field?.type !== asciiType || field.count < 1 || field.count > 4) return undefined;
  return String.fromCharCode(
    ...new Uint8Array(view.buffer, view.byteOffset + field.at, field.count),
  );
}

function readRationals(
  { view, littleEndian }: Structure,
  field: Field | undefined,
): readonly Rational[] | undefined {
  if (field?.count !== 3 || ![rationalType, signedRationalType].includes(field.type))
    return undefined;
  const read = (at: number): number =>
    field.type === rationalType
      ? view.getUint32(at, littleEndian)
      : view.getInt32(at, littleEndian);
  const start = view.getUint32(field.at, littleEndian);
  if (start + 24 > view.byteLength) return undefined;
  return [start, start + 8, start + 16].map((at) => ({
    numerator: read(at),
    denominator: read(at + 4),
  }));
}

/**
 * Reads the position tags of an EXIF block, or of a TIFF file, which has the same structure.
 *
 * @returns `undefined` for anything that has none, be it damaged or not; never throws.
 */
export function readGpsTags(block: Uint8Array): GpsTags | undefined {
  const structure = openStructure(block);
  if (structure === undefined) return undefined;
  const { view, littleEndian } = structure;
  const pointer = readDirectory(structure, view.getUint32(4, littleEndian), [gpsPointerTag]).get(
    gpsPointerTag,
  );
  if (pointer?.type !== longType || pointer.count !== 1) return undefined;
  const fields = readDirectory(structure, view.getUint32(pointer.at, littleEndian), [1, 2, 3, 4]);
  return {
    latitudeRef: readText(structure, fields.get(1)),
    latitude: readRationals(structure, fields.get(2)),
    longitudeRef: readText(structure, fields.get(3)),
    longitude: readRationals(structure, fields.get(4)),
  };
}
