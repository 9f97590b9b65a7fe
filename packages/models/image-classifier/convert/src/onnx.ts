import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';

export type Node = MessageInitShape<typeof NodeProtoSchema>;

/** A graph being written: nodes in order of computation, and its constants. */
export interface GraphParts {
  readonly nodes: Node[];
  readonly initializers: TensorProto[];
}

/** A tensor at the graph's edge; a dimension given by name is open. */
export interface Port {
  readonly name: string;
  readonly type: TensorProto_DataType;
  readonly shape: readonly (number | string)[];
}

/** IR 9 and operator set 18 (Resize with antialias) belong to ONNX 1.14 and before. */
const irVersion = 9n;
const opsetImport = [{ domain: '', version: 18n }];

/** Encodes a graph as an ONNX file. Nothing in it depends on time or place. */
export function encodeModel(
  parts: GraphParts,
  inputs: readonly Port[],
  outputs: readonly Port[],
): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion,
    opsetImport,
    producerName: 'chorus',
    graph: {
      name: 'image-classifier',
      node: parts.nodes,
      initializer: parts.initializers,
      input: inputs.map(valueInfo),
      output: outputs.map(valueInfo),
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function valueInfo({ name, type: elemType, shape }: Port) {
  const dim = shape.map((size) =>
    typeof size === 'string'
      ? ({ value: { case: 'dimParam', value: size } } as const)
      : ({ value: { case: 'dimValue', value: BigInt(size) } } as const),
  );
  return {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
  } satisfies MessageInitShape<typeof ValueInfoProtoSchema>;
}

/** Element types of constants; all are written little-endian, as this machine keeps them. */
const types = {
  Float32Array: TensorProto_DataType.FLOAT,
  Float16Array: TensorProto_DataType.FLOAT16,
  Int8Array: TensorProto_DataType.INT8,
  BigInt64Array: TensorProto_DataType.INT64,
} as const;

type Values = Float32Array | Float16Array | Int8Array | BigInt64Array;

/** Adds a constant and returns its name. */
export function constant(
  parts: GraphParts,
  name: string,
  dims: readonly number[],
  values: Values,
): string {
  const dataType = types[values.constructor.name as keyof typeof types];
  const rawData = new Uint8Array(values.slice().buffer);
  const tensor = create(TensorProtoSchema, { name, dataType, dims: dims.map(BigInt), rawData });
  parts.initializers.push(tensor);
  return name;
}

/** Adds a node of one output and returns the output's name. */
export function operator(
  parts: GraphParts,
  opType: string,
  input: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | string | readonly number[]>> = {},
): string {
  const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
  parts.nodes.push({ opType, name: output, input: [...input], output: [output], attribute });
  return output;
}

/** A float attribute must be marked, since 1 is a whole number in JavaScript. */
export function float(value: number): string {
  return `float:${value}`;
}

function toAttribute(name: string, value: number | string | readonly number[]): AttributeProto {
  const kinds = AttributeProto_AttributeType;
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: kinds.INT, i: BigInt(value) });
  }
  if (typeof value !== 'string') {
    return create(AttributeProtoSchema, { name, type: kinds.INTS, ints: value.map(BigInt) });
  }
  if (value.startsWith('float:')) {
    return create(AttributeProtoSchema, { name, type: kinds.FLOAT, f: Number(value.slice(6)) });
  }
  const s = new TextEncoder().encode(value);
  return create(AttributeProtoSchema, { name, type: kinds.STRING, s });
}
