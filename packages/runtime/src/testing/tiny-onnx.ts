/** ONNX graphs of a few hundred bytes, encoded by hand (onnx.proto3), so that tests need no trainer. */

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

const integer = (field: number, value: number) =>
  Buffer.concat([varint(field << 3), varint(value)]);

function bytes(field: number, value: string | Buffer): Buffer {
  const body = Buffer.from(value);
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
}

const message = (field: number, ...parts: Buffer[]) => bytes(field, Buffer.concat(parts));

/** Number of the element type float64 in TensorProto. */
const double = 11;

/** Name, element type and dimensions of a graph's input or output; a string is a symbolic dimension. */
interface ValueInfo {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly (number | string)[];
}

function valueInfo(field: number, { name, type, shape }: ValueInfo): Buffer {
  const dims = shape.map((dim) =>
    message(1, typeof dim === 'string' ? bytes(2, dim) : integer(1, dim)),
  );
  const tensorType = message(1, integer(1, type), message(2, ...dims));
  return message(field, bytes(1, name), message(2, tensorType));
}

function node(operator: string, inputs: readonly string[], outputs: readonly string[]): Buffer {
  return message(
    1,
    ...inputs.map((name) => bytes(1, name)),
    ...outputs.map((name) => bytes(2, name)),
    bytes(4, operator),
  );
}

function doubles(name: string, dims: readonly number[], values: readonly number[]): Buffer {
  return message(
    5,
    ...dims.map((dim) => integer(1, dim)),
    integer(2, double),
    bytes(8, name),
    bytes(9, Buffer.from(new Float64Array(values).buffer)),
  );
}

function model(...graph: Buffer[]): Buffer {
  return Buffer.concat([
    integer(1, 8),
    message(7, ...graph, bytes(2, 'g')),
    message(8, integer(2, 17)),
  ]);
}

/** `price = features · coefficients + intercept` in float64, `features` [batch, n], `price` [batch]. */
export function linearModel(coefficients: readonly number[], intercept: number): Buffer {
  return model(
    node('MatMul', ['features', 'w'], ['product']),
    node('Add', ['product', 'b'], ['price']),
    doubles('w', [coefficients.length], coefficients),
    doubles('b', [1], [intercept]),
    valueInfo(11, {
      name: 'features',
      type: double,
      shape: ['batch', coefficients.length],
    }),
    valueInfo(12, { name: 'price', type: double, shape: ['batch'] }),
  );
}

/** `y = x`, for any element type and shape. */
export function identityModel(type: number, shape: readonly (number | string)[]): Buffer {
  return model(
    node('Identity', ['x'], ['y']),
    valueInfo(11, { name: 'x', type, shape }),
    valueInfo(12, { name: 'y', type, shape }),
  );
}
