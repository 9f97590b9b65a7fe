import { type Called, type Pickled, unpickle } from './unpickle.ts';

/** A tensor in row-major order. */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Reads the float32 tensors of a file as PyTorch before 1.6 wrote it: five pickles (magic number, protocol, system, tensors,
 * names of storages), then each storage as its length and its values, little-endian (torch/serialization.py, _legacy_save).
 *
 * A tensor is a view of its storage with strides of its own, and they need not be those of its shape: TensorFlow's weights, once
 * transposed, keep their order in the file. Other types (counters) are left out.
 * @throws {Error} when it is another kind of file
 */
export function readTorchFile(bytes: Uint8Array): Map<string, TorchTensor> {
  let at = 0;
  const next = (): Pickled => {
    const { value, end } = unpickle(bytes, at);
    at = end;
    return value;
  };
  if (next() !== '0x1950a86a20f9469cfc6c') throw new Error('not a file of PyTorch before 1.6');
  next();
  next();
  const tensors = next();
  const names = next();
  if (!(tensors instanceof Map) || !Array.isArray(names))
    throw new Error('no dictionary of tensors');
  const views = [...tensors].map(([name, value]) => ({ name: String(name), ...viewOf(value) }));
  const types = new Map(views.map(({ storage, type }) => [storage, type]));

  const storages = new Map<string, Float32Array>();
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const name of names.map(String)) {
    const count = Number(file.readBigInt64LE(at));
    at += 8;
    const size = count * (types.get(name) === 'torch.FloatStorage' ? 4 : 8);
    if (types.get(name) === 'torch.FloatStorage') {
      storages.set(name, new Float32Array(new Uint8Array(bytes.subarray(at, at + size)).buffer));
    }
    at += size;
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left over`);

  const read = new Map<string, TorchTensor>();
  for (const { name, storage, offset, shape, strides } of views) {
    const stored = storages.get(storage);
    if (stored !== undefined)
      read.set(name, { shape, values: gather(stored, offset, shape, strides) });
  }
  return read;
}

/** Returns the arguments of `torch._utils._rebuild_tensor_v2`: storage, offset, shape, strides. */
function viewOf(value: Pickled) {
  const [reference, offset, shape, strides] = argumentsOf(value, 'torch._utils._rebuild_tensor_v2');
  const [identity] = argumentsOf(reference, 'persistent');
  const [, type, storage] = Array.isArray(identity) ? identity : [];
  const numbers = (list: Pickled | undefined) => (Array.isArray(list) ? list.map(Number) : []);
  return {
    storage: String(storage),
    type: String(type),
    offset: Number(offset),
    shape: numbers(shape),
    strides: numbers(strides),
  };
}

function argumentsOf(value: Pickled | undefined, called: string): readonly Pickled[] {
  const isCall = typeof value === 'object' && value !== null && 'called' in value;
  if (!isCall || (value as Called).called !== called) throw new Error(`no ${called}`);
  return (value as Called).with;
}

/** Copies a view into row-major order. */
function gather(
  stored: Float32Array,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  const values = new Float32Array(shape.reduce((count, size) => count * size, 1));
  const index = shape.map(() => 0);
  for (let target = 0; target < values.length; target += 1) {
    const source = index.reduce((sum, each, axis) => sum + each * (strides[axis] ?? 0), offset);
    values[target] = stored[source] ?? Number.NaN;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] = (index[axis] ?? 0) + 1;
      if (index[axis] !== shape[axis]) break;
      index[axis] = 0;
    }
  }
  return values;
}
