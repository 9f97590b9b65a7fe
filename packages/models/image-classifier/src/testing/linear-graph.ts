/** Classifiers small enough to be understood: each class is a weighted sum of pixels. */

import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import type { ImageInput } from '@chorus/registry/manifest';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
} from 'onnx-buf';

type Node = MessageInitShape<typeof NodeProtoSchema>;

/** A value of the graph's input, in the graph's own terms. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** 0, 1 or 2 in the order in which the graph takes them. */
  readonly channel: number;
}

/** The parts of a graph; the input is as a manifest describes it, or should. */
export interface LinearGraph {
  readonly input: Pick<ImageInput, 'name' | 'layout' | 'datatype' | 'width' | 'height'>;
  readonly output: string;
  /** Returns the weight of a value for each class: as many numbers as `bias`. */
  readonly weights: (place: Place) => readonly number[];
  readonly bias: readonly number[];
  /** The function that the graph itself applies to the sums. */
  readonly last?: 'Softmax' | 'Sigmoid';
  /** Another output: the sigmoid of its own weighted sum. */
  readonly detection?: { readonly name: string; readonly weight: (place: Place) => number };
  /** The first dimension of all, by number or, where it may vary, by name; default 1. */
  readonly batch?: number | string;
}

function floats(
  name: string,
  dims: readonly number[],
  values: readonly number[],
): MessageInitShape<typeof TensorProtoSchema> {
  const rawData = new Uint8Array(Float32Array.from(values).buffer);
  return { name, dataType: TensorProto_DataType.FLOAT, dims: dims.map(BigInt), rawData };
}

function valueInfo(name: string, elemType: TensorProto_DataType, dims: (number | string)[]) {
  const dim = dims.map((size) =>
    typeof size === 'string'
      ? { value: { case: 'dimParam' as const, value: size } }
      : { value: { case: 'dimValue' as const, value: BigInt(size) } },
  );
  return {
    name,
    type: { value: { case: 'tensorType' as const, value: { elemType, shape: { dim } } } },
  };
}

/** Places in the order in which their values lie in the input. */
function placesOf({ layout, width, height }: LinearGraph['input']): Place[] {
  const sizes = layout === 'NCHW' ? [3, height, width] : [height, width, 3];
  const [first = 0, second = 0, third = 0] = sizes;
  const places: Place[] = [];
  for (let a = 0; a < first; a += 1) {
    for (let b = 0; b < second; b += 1) {
      for (let c = 0; c < third; c += 1) {
        places.push(layout === 'NCHW' ? { channel: a, y: b, x: c } : { y: a, x: b, channel: c });
      }
    }
  }
  return places;
}

/** Encodes a graph as ONNX: Cast, Flatten, MatMul, Add, and what it does at last. */
export function encodeLinearGraph(graph: LinearGraph): Uint8Array {
  const { input, output, weights, bias, last = 'Identity', detection, batch = 1 } = graph;
  const places = placesOf(input);
  const to = create(AttributeProtoSchema, {
    name: 'to',
    type: AttributeProto_AttributeType.INT,
    i: BigInt(TensorProto_DataType.FLOAT),
  });
  const node: Node[] = [
    { opType: 'Cast', input: [input.name], output: ['float'], attribute: [to] },
    { opType: 'Flatten', input: ['float'], output: ['flat'] },
    { opType: 'MatMul', input: ['flat', 'w'], output: ['product'] },
    { opType: 'Add', input: ['product', 'b'], output: ['before last'] },
    { opType: last, input: ['before last'], output: [output] },
  ];
  const initializer = [
    floats('w', [places.length, bias.length], places.flatMap(weights)),
    floats('b', [bias.length], bias),
  ];
  const outputs = [valueInfo(output, TensorProto_DataType.FLOAT, [batch, bias.length])];
  if (detection !== undefined) {
    node.push(
      { opType: 'MatMul', input: ['flat', 'd'], output: ['before seen'] },
      { opType: 'Sigmoid', input: ['before seen'], output: [detection.name] },
    );
    initializer.push(floats('d', [places.length, 1], places.map(detection.weight)));
    outputs.push(valueInfo(detection.name, TensorProto_DataType.FLOAT, [batch, 1]));
  }
  const { layout, width, height, datatype } = input;
  const elements = datatype === 'UINT8' ? TensorProto_DataType.UINT8 : TensorProto_DataType.FLOAT;
  const shape = layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    graph: {
      name: 'test',
      node,
      initializer,
      input: [valueInfo(input.name, elements, shape)],
      output: outputs,
    },
  });
  return toBinary(ModelProtoSchema, model);
}
