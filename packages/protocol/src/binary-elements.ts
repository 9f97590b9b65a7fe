/**
 * Elements of one tensor as bytes: little-endian, row-major, no padding; BYTES elements carry a u32 length.
 * Source: Triton, `docs/protocol/extension_binary_data.md`.
 */

import { decodeBase64 } from './base64.ts';
import { countElements, isBase64 } from './elements.ts';
import { InvalidRequestError } from './errors.ts';
import type { Datatype, Parameters, Tensor, TensorData } from './types.ts';
import { locate, showShape } from './wording.ts';

interface FixedElement {
  /** Bytes of one element. */
  readonly size: number;
  readonly read: (view: DataView, offset: number) => TensorData[number];
  readonly write: (view: DataView, offset: number, value: never) => void;
}

type FixedDatatype = Exclude<Datatype, 'BYTES'>;

/** A number where it is exact, else the bigint. */
function shortest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const fixedElements: Readonly<Record<FixedDatatype, FixedElement>> = {
  BOOL: {
    size: 1,
    read: (view, offset) => view.getUint8(offset) !== 0,
    write: (view, offset, value: boolean) => view.setUint8(offset, value ? 1 : 0),
  },
  UINT8: {
    size: 1,
    read: (view, offset) => view.getUint8(offset),
    write: (view, offset, value: number) => view.setUint8(offset, value),
  },
  UINT16: {
    size: 2,
    read: (view, offset) => view.getUint16(offset, true),
    write: (view, offset, value: number) => view.setUint16(offset, value, true),
  },
  UINT32: {
    size: 4,
    read: (view, offset) => view.getUint32(offset, true),
    write: (view, offset, value: number) => view.setUint32(offset, value, true),
  },
  UINT64: {
    size: 8,
    read: (view, offset) => shortest(view.getBigUint64(offset, true)),
    write: (view, offset, value: number | bigint) => view.setBigUint64(offset, BigInt(value), true),
  },
  INT8: {
    size: 1,
    read: (view, offset) => view.getInt8(offset),
    write: (view, offset, value: number) => view.setInt8(offset, value),
  },
  INT16: {
    size: 2,
    read: (view, offset) => view.getInt16(offset, true),
    write: (view, offset, value: number) => view.setInt16(offset, value, true),
  },
  INT32: {
    size: 4,
    read: (view, offset) => view.getInt32(offset, true),
    write: (view, offset, value: number) => view.setInt32(offset, value, true),
  },
  INT64: {
    size: 8,
    read: (view, offset) => shortest(view.getBigInt64(offset, true)),
    write: (view, offset, value: number | bigint) => view.setBigInt64(offset, BigInt(value), true),
  },
  FP16: {
    size: 2,
    read: (view, offset) => view.getFloat16(offset, true),
    write: (view, offset, value: number) => view.setFloat16(offset, value, true),
  },
  FP32: {
    size: 4,
    read: (view, offset) => view.getFloat32(offset, true),
    write: (view, offset, value: number) => view.setFloat32(offset, value, true),
  },
  FP64: {
    size: 8,
    read: (view, offset) => view.getFloat64(offset, true),
    write: (view, offset, value: number) => view.setFloat64(offset, value, true),
  },
};

/** Bytes of one element of a datatype; undefined for BYTES, whose elements differ in length. */
export function elementSize(datatype: Datatype): number | undefined {
  return datatype === 'BYTES' ? undefined : fixedElements[datatype].size;
}

/** Returns the elements of a tensor as bytes. The data must have been checked: a number out of range would wrap. */
export function encodeElements(tensor: Tensor): Uint8Array<ArrayBuffer> {
  if (tensor.datatype === 'BYTES') {
    return encodeByteStrings(tensor.data as readonly string[], isBase64(tensor.parameters));
  }
  const { size, write } = fixedElements[tensor.datatype];
  const bytes = new Uint8Array(tensor.data.length * size);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const value of tensor.data) {
    write(view, offset, value as never);
    offset += size;
  }
  return bytes;
}

function encodeByteStrings(data: readonly string[], base64: boolean): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const elements = data.map((text) => (base64 ? bytesOfBase64(text) : encoder.encode(text)));
  const bytes = new Uint8Array(elements.reduce((sum, element) => sum + 4 + element.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const element of elements) {
    view.setUint32(offset, element.length, true);
    bytes.set(element, offset + 4);
    offset += 4 + element.length;
  }
  return bytes;
}

function bytesOfBase64(text: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (bytes === undefined) {
    throw new InvalidRequestError('an element of a BYTES tensor in base64 is not base64');
  }
  return bytes;
}

/** Elements read from bytes, and the parameters that then describe them. */
export interface DecodedElements {
  readonly data: TensorData;
  readonly parameters: Parameters | undefined;
}

/**
 * Reads the elements of a tensor from exactly its bytes. Numbers come as they are, NaN included. BYTES elements
 * become strings; when one of them is not UTF-8, all become base64 and `content_type` says so, while a
 * `content_type` that the sender had set moves to `chorus_content_type`.
 *
 * @param where names the tensor in messages.
 * @throws InvalidRequestError when the bytes do not hold exactly the elements of the shape.
 */
export function decodeElements(
  bytes: Uint8Array,
  head: Omit<Tensor, 'data'>,
  where: string,
): DecodedElements {
  const { datatype, shape, parameters } = head;
  if (datatype === 'BYTES') {
    return decodeByteStrings(splitByteStrings(bytes, shape, where), parameters);
  }
  const { size, read } = fixedElements[datatype];
  const count = countElements(shape);
  if (bytes.length !== count * size) {
    throw new InvalidRequestError(
      `${where}: ${bytes.length} bytes do not fill shape ${showShape(shape)} of ${datatype} (${count * size} bytes)`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: TensorData[number][] = [];
  // A plain loop: Array.from with a function takes nine times as long.
  for (let offset = 0; offset < bytes.length; offset += size) {
    data.push(read(view, offset));
  }
  if (datatype === 'BOOL') {
    const wrong = bytes.findIndex((byte) => byte > 1);
    if (wrong >= 0) {
      throw new InvalidRequestError(
        `${where}, ${locate(wrong, shape)}: expected a byte 0 or 1 (BOOL), got ${bytes[wrong]}`,
      );
    }
  }
  return { data, parameters };
}

function splitByteStrings(
  bytes: Uint8Array,
  shape: readonly number[],
  where: string,
): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  const count = countElements(shape);
  let offset = 0;
  while (elements.length < count) {
    const left = bytes.length - offset;
    const length = left < 4 ? undefined : view.getUint32(offset, true);
    if (length === undefined || length > left - 4) {
      const needed = length === undefined ? 'its 4-byte length' : `4 + ${length} bytes`;
      throw new InvalidRequestError(
        `${where}, ${locate(elements.length, shape)}: expected ${needed}, but ${left} bytes are left`,
      );
    }
    elements.push(bytes.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  if (offset !== bytes.length) {
    throw new InvalidRequestError(
      `${where}: ${bytes.length - offset} bytes follow the last of the ${count} elements of shape ${showShape(shape)}`,
    );
  }
  return elements;
}

/** Strings for byte strings: UTF-8 text where all are text, else base64 (see `decodeElements`). */
export function decodeByteStrings(
  elements: readonly Uint8Array[],
  parameters: Parameters | undefined,
): DecodedElements {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return { data: elements.map((element) => decoder.decode(element)), parameters };
  } catch {
    // Not text, so base64: that is an answer, not an error.
    const { content_type: sent, ...rest } = parameters ?? {};
    return {
      data: elements.map((element) =>
        Buffer.from(element.buffer, element.byteOffset, element.byteLength).toString('base64'),
      ),
      parameters: {
        ...rest,
        ...(sent === undefined || sent === 'base64' ? {} : { chorus_content_type: sent }),
        content_type: 'base64',
      },
    };
  }
}
