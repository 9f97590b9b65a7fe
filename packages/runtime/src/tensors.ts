import {
  type Datatype,
  markInfinities,
  type Tensor,
  type TensorData,
  UnsupportedError,
} from '@chorus/protocol';
import type { Tensor as OrtTensor } from 'onnxruntime-node';

/** The ONNX Runtime module; imported dynamically, so only its type is here. */
export type Ort = typeof import('onnxruntime-node');

/** ONNX Runtime's name for each datatype of the protocol. */
export const ortTypes: Readonly<Record<Datatype, OrtTensor.Type>> = {
  BOOL: 'bool',
  UINT8: 'uint8',
  UINT16: 'uint16',
  UINT32: 'uint32',
  UINT64: 'uint64',
  INT8: 'int8',
  INT16: 'int16',
  INT32: 'int32',
  INT64: 'int64',
  FP16: 'float16',
  FP32: 'float32',
  FP64: 'float64',
  BYTES: 'string',
};

/**
 * A checked request tensor as ONNX Runtime takes it.
 * @throws UnsupportedError for BYTES in base64 (ONNX strings are UTF-8), and for a text with U+0000, where it would end
 */
export function toOrtTensor(ort: Ort, tensor: Tensor): OrtTensor {
  const { datatype, data, shape, name } = tensor;
  // Which type the elements have follows from `datatype`: the request was checked.
  switch (datatype) {
    case 'FP64':
      return new ort.Tensor('float64', new Float64Array(data as readonly number[]), shape);
    case 'FP32':
      return new ort.Tensor('float32', new Float32Array(data as readonly number[]), shape);
    case 'FP16': {
      // ONNX Runtime 1.30 cannot read its own Tensor of a Float16Array, but its bits under the same type.
      const bits = new Uint16Array(new Float16Array(data as readonly number[]).buffer);
      const plain: unknown = { type: 'float16', data: bits, dims: shape, location: 'cpu' };
      return plain as OrtTensor;
    }
    case 'BYTES':
      if (tensor.parameters?.['content_type'] === 'base64') {
        throw new UnsupportedError(
          `input ${name}: base64 elements reach no ONNX model; send UTF-8`,
        );
      }
      // ONNX Runtime for Node.js takes texts as C strings: it would answer for what stands before U+0000.
      if ((data as readonly string[]).some((text) => text.includes('\0'))) {
        throw new UnsupportedError(
          `input ${name}: a text with U+0000 reaches no ONNX model; leave it out`,
        );
      }
      return new ort.Tensor('string', data as readonly string[], shape);
    case 'BOOL':
      return new ort.Tensor('bool', data as readonly boolean[], shape);
    case 'INT64':
      return new ort.Tensor('int64', fill(new BigInt64Array(data.length), data), shape);
    case 'UINT64':
      return new ort.Tensor('uint64', fill(new BigUint64Array(data.length), data), shape);
    default:
      return new ort.Tensor(ortTypes[datatype] as 'int32', data as readonly number[], shape);
  }
}

/** Fills an array of 64-bit integers. Plain loops here: with a function for each element, long tensors take several times as long. */
function fill<T extends BigInt64Array | BigUint64Array>(integers: T, data: TensorData): T {
  for (let index = 0; index < data.length; index += 1) {
    integers[index] = BigInt(data[index] as number | bigint);
  }
  return integers;
}

/** Floats; JSON shows those that are not finite as null, and parameters say which infinities they are. */
function floats(head: Omit<Tensor, 'data'>, values: ArrayLike<number>): Tensor {
  const data: number[] = [];
  let finite = true;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    finite &&= Number.isFinite(value);
    data.push(value);
  }
  return finite ? { ...head, data } : markInfinities({ ...head, data });
}

/** 64-bit integers: as numbers as long as those are exact. */
function integers(data: ArrayLike<bigint>): (number | bigint)[] {
  const integers: (number | bigint)[] = [];
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index] as bigint;
    const number = Number(value);
    integers.push(Number.isSafeInteger(number) ? number : value);
  }
  return integers;
}

/**
 * Returns an output of ONNX Runtime as a tensor of the protocol, named `name`. Its FP data may hold NaN and infinities.
 */
export function fromOrtTensor(name: string, datatype: Datatype, output: OrtTensor): Tensor {
  const { data, dims: shape } = output;
  switch (datatype) {
    case 'BOOL':
      return { name, datatype, shape, data: Array.from(data as Uint8Array, (bit) => bit !== 0) };
    case 'BYTES':
      return { name, datatype, shape, data: data as string[] };
    case 'INT64':
    case 'UINT64':
      return { name, datatype, shape, data: integers(data as BigInt64Array | BigUint64Array) };
    case 'FP16':
    case 'FP32':
    case 'FP64':
      return floats({ name, datatype, shape }, data as Float64Array);
    default:
      return { name, datatype, shape, data: Array.from(data as Int32Array) };
  }
}
