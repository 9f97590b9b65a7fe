import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
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
import type { GraphPorts } from '../trainer.ts';

type Node = MessageInitShape<typeof NodeProtoSchema>;

/**
 * Operator sets of the exported files: ai.onnx.ml 5 brought TreeEnsemble with float64, in ONNX 1.16
 * together with these.
 */
const irVersion = 10n;
const opsets = [
  { domain: '', version: 21n },
  { domain: 'ai.onnx.ml', version: 5n },
];

/** A model of one float64 input `[batch, columns]` and one float64 output `[batch]`. */
export interface GraphParts {
  readonly ports: GraphPorts;
  readonly columns: number;
  readonly nodes: readonly Node[];
  readonly initializers?: readonly TensorProto[];
}

/**
 * Encodes a graph as an ONNX file. Nothing in it depends on time or place, so equal graphs are
 * equal bytes.
 */
export function encodeModel({ ports, columns, nodes, initializers = [] }: GraphParts): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion,
    opsetImport: opsets,
    producerName: 'chorus',
    graph: {
      name: 'chorus',
      node: [...nodes],
      initializer: [...initializers],
      input: [valueInfo(ports.input, [batch, dimension(columns)])],
      output: [valueInfo(ports.output, [batch])],
    },
  });
  return toBinary(ModelProtoSchema, model);
}

/** A float64 constant; `dims` empty for a scalar. */
export function doubles(name: string, dims: readonly number[], values: Float64Array): TensorProto {
  return tensor(name, TensorProto_DataType.DOUBLE, dims, littleEndian(values));
}

/** A whole number constant, such as the axes of a reduction. */
export function integers(name: string, values: readonly number[]): TensorProto {
  const bytes = littleEndian(BigInt64Array.from(values, BigInt));
  return tensor(name, TensorProto_DataType.INT64, [values.length], bytes);
}

/** Returns a constant of bytes. */
export function bytes(name: string, values: Uint8Array<ArrayBuffer>): TensorProto {
  return tensor(name, TensorProto_DataType.UINT8, [values.length], values);
}

export function intAttribute(name: string, value: number): AttributeProto {
  const type = AttributeProto_AttributeType.INT;
  return create(AttributeProtoSchema, { name, type, i: BigInt(value) });
}

export function tensorAttribute(value: TensorProto): AttributeProto {
  const type = AttributeProto_AttributeType.TENSOR;
  return create(AttributeProtoSchema, { name: value.name, type, t: value });
}

/**
 * Many whole numbers from 0 to 2^31-1. They go into field `ints` packed, as a length and bare
 * varints, which every protobuf parser must accept
 * (protobuf.dev/programming-guides/encoding#packed). The generated code, being proto2, would write
 * a tag before each and a BigInt for each: for a forest of 48,000 nodes 0.4 MB more and most of the
 * time of the whole export.
 */
export function intsAttribute(name: string, values: Iterable<number>): AttributeProto {
  const writer = new BinaryWriter().fork();
  for (const value of values) writer.uint32(value);
  const attribute = create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INTS });
  const no = AttributeProtoSchema.field.ints.number;
  attribute.$unknown = [{ no, wireType: WireType.LengthDelimited, data: writer.join().finish() }];
  return attribute;
}

const batch = { value: { case: 'dimParam', value: 'batch' } } as const;

const dimension = (size: number) => ({ value: { case: 'dimValue', value: BigInt(size) } }) as const;

function valueInfo(name: string, dim: readonly (typeof batch | ReturnType<typeof dimension>)[]) {
  const elemType = TensorProto_DataType.DOUBLE;
  return {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim: [...dim] } } } },
  } satisfies MessageInitShape<typeof ValueInfoProtoSchema>;
}

function tensor(
  name: string,
  dataType: TensorProto_DataType,
  dims: readonly number[],
  rawData: Uint8Array<ArrayBuffer>,
): TensorProto {
  return create(TensorProtoSchema, { name, dataType, dims: dims.map(BigInt), rawData });
}

/** Raw tensor data is little-endian, as are all machines that Node runs on but IBM Z. */
function littleEndian(values: Float64Array | BigInt64Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.slice().buffer);
}
