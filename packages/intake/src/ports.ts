import { type Datatype, datatypes } from '@chorus/protocol';
import { type GraphProto, TensorProto_DataType, type ValueInfoProto } from 'onnx-buf';
import { UnsupportedModelError } from './errors.ts';

/** A tensor that a graph takes or gives. */
export interface Port {
  readonly name: string;
  readonly datatype: Datatype;
  /** A text, perhaps empty, names a dimension that the graph leaves open; undefined when it says nothing about the shape. */
  readonly dimensions: readonly (number | string)[] | undefined;
}

/** The protocol's name of each element type that ONNX and the protocol share. */
const names: Readonly<Partial<Record<TensorProto_DataType, Datatype>>> = {
  [TensorProto_DataType.FLOAT]: 'FP32',
  [TensorProto_DataType.DOUBLE]: 'FP64',
  [TensorProto_DataType.FLOAT16]: 'FP16',
  [TensorProto_DataType.STRING]: 'BYTES',
  [TensorProto_DataType.BOOL]: 'BOOL',
  [TensorProto_DataType.INT8]: 'INT8',
  [TensorProto_DataType.INT16]: 'INT16',
  [TensorProto_DataType.INT32]: 'INT32',
  [TensorProto_DataType.INT64]: 'INT64',
  [TensorProto_DataType.UINT8]: 'UINT8',
  [TensorProto_DataType.UINT16]: 'UINT16',
  [TensorProto_DataType.UINT32]: 'UINT32',
  [TensorProto_DataType.UINT64]: 'UINT64',
};

/** @throws {UnsupportedModelError} for what is no tensor of the protocol */
function portOf(value: ValueInfoProto, side: 'input' | 'output'): Port {
  const type = value.type?.value;
  // ONNX Runtime for Node.js keeps tensors by name in plain objects, which cannot hold this key.
  if (value.name === '__proto__')
    throw new UnsupportedModelError(
      `The ${side} __proto__ cannot be read from JavaScript: export the model with another name for it`,
    );
  if (type?.case !== 'tensorType') {
    const what = type?.case?.replace('Type', '') ?? 'value without a type';
    throw new UnsupportedModelError(
      `The ${side} ${value.name} is ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}; a model takes and gives tensors: put what makes tensors of it before the model`,
    );
  }
  const { elemType, shape } = type.value;
  const datatype = names[elemType as TensorProto_DataType];
  if (datatype === undefined) {
    const element = TensorProto_DataType[elemType]?.toLowerCase() ?? String(elemType);
    throw new UnsupportedModelError(
      `The ${side} ${value.name} has elements of type ${element}; there are ${datatypes.join(', ')}: export the model with a Cast to one of them`,
    );
  }
  const dimensions = shape?.dim.map(({ value: size }) => {
    if (size.case === 'dimValue' && size.value > 0n) return Number(size.value);
    return size.case === 'dimParam' ? size.value : '';
  });
  return { name: value.name, datatype, dimensions };
}

/**
 * Returns the tensors that a graph takes: its inputs that have no value in the graph already (before IR version 4,
 * every constant was an input too).
 *
 * @throws {UnsupportedModelError} if one is no tensor of the protocol, or there are none
 */
export function inputsOf(graph: GraphProto): readonly Port[] {
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  if (inputs.length === 0)
    throw new UnsupportedModelError('The model takes nothing: it has no input');
  return inputs.map((value) => portOf(value, 'input'));
}

/** Returns the tensors that a graph gives. @throws {UnsupportedModelError} if one is no tensor of the protocol */
export function outputsOf(graph: GraphProto): readonly Port[] {
  return graph.output.map((value) => portOf(value, 'output'));
}
