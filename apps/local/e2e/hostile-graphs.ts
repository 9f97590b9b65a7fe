/** Graphs that ONNX Runtime opens and that cannot serve: a table `features` [batch, 13] in, `price` [batch] out, float64. */

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

const integer = (field: number, value: number | bigint) =>
  Buffer.concat([varint(BigInt(field) << 3n), varint(BigInt(value))]);

function bytes(field: number, value: string | Buffer): Buffer {
  const body = Buffer.from(value);
  return Buffer.concat([varint((BigInt(field) << 3n) | 2n), varint(BigInt(body.length)), body]);
}

const message = (field: number, ...parts: readonly Buffer[]) => bytes(field, Buffer.concat(parts));

/** Numbers of element types in TensorProto. */
const types = { float: 1, int64: 7, bool: 9, double: 11 } as const;
type ElementType = keyof typeof types;

function valueInfo(
  field: number,
  name: string,
  type: ElementType,
  shape: readonly (number | string)[],
): Buffer {
  const dims = shape.map((dim) =>
    message(1, typeof dim === 'string' ? bytes(2, dim) : integer(1, dim)),
  );
  return message(
    field,
    bytes(1, name),
    message(2, message(1, integer(1, types[type]), message(2, ...dims))),
  );
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...attributes: readonly Buffer[]
): Buffer {
  return message(
    1,
    ...inputs.map((name) => bytes(1, name)),
    ...outputs.map((name) => bytes(2, name)),
    bytes(4, operator),
    ...attributes,
  );
}

function constant(
  name: string,
  type: ElementType,
  dims: readonly number[],
  data: ArrayBufferView,
): Buffer {
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return message(
    5,
    ...dims.map((dim) => integer(1, dim)),
    integer(2, types[type]),
    bytes(8, name),
    bytes(9, raw),
  );
}

const doubles = (name: string, ...values: readonly number[]) =>
  constant(name, 'double', [values.length], Float64Array.from(values));
const double = (name: string, value: number) =>
  constant(name, 'double', [], Float64Array.of(value));
const long = (name: string, value: bigint) => constant(name, 'int64', [1], BigInt64Array.of(value));

const graphAttribute = (name: string, ...graph: readonly Buffer[]) =>
  message(5, bytes(1, name), message(6, ...graph), integer(20, 5));

/** `good` [batch], a price of each row, and whatever makes `price` of it. */
function model(...rest: readonly Buffer[]): Buffer {
  const weights = Array.from({ length: 13 }, (_, index) => index / 100);
  return Buffer.concat([
    integer(1, 8),
    message(
      7,
      node('MatMul', ['features', 'weights'], ['good']),
      ...rest,
      doubles('weights', ...weights),
      valueInfo(11, 'features', 'double', ['batch', 13]),
      valueInfo(12, 'price', 'double', ['batch']),
      bytes(2, 'graph'),
    ),
    message(8, integer(2, 17)),
  ]);
}

/** `price` is what it should be, and the sum of so many zeros that are made first. */
function withZeros(floats: bigint): Buffer {
  return model(
    long('count', floats),
    node('ConstantOfShape', ['count'], ['zeros']),
    node('ReduceSum', ['zeros'], ['sum']),
    node('Cast', ['sum'], ['term'], message(5, bytes(1, 'to'), integer(3, 11), integer(20, 2))),
    node('Add', ['good', 'term'], ['price']),
  );
}

/** By what they do. */
export const hostileGraphs: Readonly<Record<string, Buffer>> = {
  'a loop without end': model(
    node(
      'Loop',
      ['', '', 'good'],
      ['price'],
      graphAttribute(
        'body',
        node('Identity', ['going'], ['goes on']),
        node('Identity', ['before'], ['after']),
        valueInfo(11, 'turn', 'int64', []),
        valueInfo(11, 'going', 'bool', []),
        valueInfo(11, 'before', 'double', ['batch']),
        valueInfo(12, 'goes on', 'bool', []),
        valueInfo(12, 'after', 'double', ['batch']),
        bytes(2, 'body'),
      ),
    ),
  ),
  'a constant of 4 TB': withZeros(1_000_000_000_000n),
  'a constant of 8 GB': withZeros(2_000_000_000n),
  'a range of 8 TB': model(
    double('from', 0),
    double('to', 1e12),
    double('step', 1),
    node('Range', ['from', 'to', 'step'], ['numbers']),
    node('ReduceMin', ['numbers'], ['least']),
    node('Add', ['good', 'least'], ['price']),
  ),
  'not a number': model(
    node('Sub', ['good', 'good'], ['zero']),
    node('Div', ['zero', 'zero'], ['price']),
  ),
  'minus infinity': model(
    double('one', -1),
    node('Sub', ['good', 'good'], ['zero']),
    node('Div', ['one', 'zero'], ['price']),
  ),
  'the first row only': model(
    constant('kept', 'bool', [1], Uint8Array.of(1)),
    node('Compress', ['good', 'kept'], ['price'], message(5, bytes(1, 'axis'), integer(20, 2))),
  ),
};
