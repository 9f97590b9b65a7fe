import type { Datatype } from '@chorus/protocol';
import { unzipSync } from 'fflate';
import { SampleError } from './errors.ts';

/** An array of a NumPy archive. */
export interface NumpyArray {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data: readonly (number | bigint | boolean | string)[];
}

/** Reads the element at a byte. */
type Read = (view: DataView, at: number) => number | bigint | boolean;

/** Kinds of elements by NumPy's name without its byte order, their size and how they are read. */
const kinds: Readonly<Record<string, readonly [datatype: Datatype, bytes: number, read: Read]>> = {
  f2: ['FP16', 2, (view, at) => view.getFloat16(at, true)],
  f4: ['FP32', 4, (view, at) => view.getFloat32(at, true)],
  f8: ['FP64', 8, (view, at) => view.getFloat64(at, true)],
  i1: ['INT8', 1, (view, at) => view.getInt8(at)],
  i2: ['INT16', 2, (view, at) => view.getInt16(at, true)],
  i4: ['INT32', 4, (view, at) => view.getInt32(at, true)],
  i8: ['INT64', 8, (view, at) => view.getBigInt64(at, true)],
  u1: ['UINT8', 1, (view, at) => view.getUint8(at)],
  u2: ['UINT16', 2, (view, at) => view.getUint16(at, true)],
  u4: ['UINT32', 4, (view, at) => view.getUint32(at, true)],
  u8: ['UINT64', 8, (view, at) => view.getBigUint64(at, true)],
  b1: ['BOOL', 1, (view, at) => view.getUint8(at) !== 0],
};

/** Text of fixed length: four bytes for each character, filled up with zeros. */
function readTexts(bytes: Uint8Array, length: number): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: length === 0 ? 0 : bytes.length / (4 * length) }, (_, index) => {
    const codes = Array.from({ length }, (_, at) =>
      view.getUint32(4 * (index * length + at), true),
    );
    return String.fromCodePoint(...codes.filter((code) => code !== 0));
  });
}

/** The header of an array: a Python dictionary of three fields (NEP 1). */
const headerForm =
  /'descr': '(?<order>[<>|=]?)(?<kind>[a-zA-Z]\d*)'.*'fortran_order': (?<fortran>True|False).*'shape': \((?<shape>[\d, ]*)\)/;

/** @throws {SampleError} for an array of another kind, or in another order */
function parseArray(name: string, bytes: Uint8Array): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLong = bytes[6] !== 1;
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (isLong ? 12 : 10) + length;
  const header = Buffer.from(bytes.subarray(isLong ? 12 : 10, start)).toString('latin1');
  const { order, kind = '', fortran, shape = '' } = headerForm.exec(header)?.groups ?? {};
  if (order === '>' || fortran === 'True')
    throw new SampleError(
      `The array ${name} is big-endian or in Fortran order: save numpy.ascontiguousarray(${name})`,
    );
  const sizes = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  const body = bytes.subarray(start);
  if (kind.startsWith('U'))
    return { name, datatype: 'BYTES', shape: sizes, data: readTexts(body, Number(kind.slice(1))) };
  const known = kinds[kind];
  if (known === undefined)
    throw new SampleError(
      `The array ${name} has elements of kind "${kind}": save numbers, booleans or texts (numpy.array(…, dtype=str))`,
    );
  const [datatype, size, read] = known;
  const elements = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const data = Array.from({ length: Math.floor(body.length / size) }, (_, index) => {
    const value = read(elements, index * size);
    return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  });
  return { name, datatype, shape: sizes, data };
}

/**
 * Reads the arrays of a NumPy archive, `numpy.savez('rows.npz', X=rows, label=answers)`.
 *
 * @throws {SampleError} if it is none, or has arrays that no tensor can hold
 */
export function readNpz(bytes: Uint8Array, place: string): readonly NumpyArray[] {
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes);
  } catch (cause) {
    throw new SampleError(`${place} is no NumPy archive: make it with numpy.savez`, { cause });
  }
  return Object.entries(files).map(([file, content]) =>
    parseArray(file.replace(/\.npy$/, ''), content),
  );
}
