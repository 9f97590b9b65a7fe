import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  type GraphProto,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType,
  TypeProtoSchema,
  type ValueInfoProto,
} from 'onnx-buf';
import { UnsupportedModelError } from './errors.ts';
import { listOf, nodesOf } from './graph-parts.ts';

/** The result of mending the outputs of a graph. */
export interface MendedOutputs {
  /** The classes along the last dimension, by output. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** For people: what was changed and why. */
  readonly changes: readonly string[];
}

/** Makes an output a tensor of this type; a probe tells its shape later. */
function becomeTensor(output: ValueInfoProto, elemType: number): void {
  output.type = create(TypeProtoSchema, { value: { case: 'tensorType', value: { elemType } } });
}

const isZipMap = ({ opType, domain }: NodeProto): boolean =>
  opType === 'ZipMap' && domain === 'ai.onnx.ml';

function classesOf(node: NodeProto): readonly string[] {
  const texts = listOf(node, 'classlabels_strings');
  return texts.length > 0 ? texts : listOf(node, 'classlabels_int64s');
}

/** The output of a ZipMap becomes the table that the ZipMap reads. @returns its classes, if there is a ZipMap */
function removeZipMap(graph: GraphProto, output: ValueInfoProto): readonly string[] | undefined {
  const index = graph.node.findIndex((node) => isZipMap(node) && node.output[0] === output.name);
  const zipMap = graph.node[index];
  if (zipMap === undefined) return undefined;
  const identity = { opType: 'Identity', input: zipMap.input, output: zipMap.output };
  graph.node.splice(index, 1, create(NodeProtoSchema, identity));
  becomeTensor(output, TensorProto_DataType.FLOAT);
  return classesOf(zipMap);
}

/** The tensors of a sequence become one, with a second dimension that counts them. */
function stackSequence(graph: GraphProto, output: ValueInfoProto, elemType: number): void {
  const { name } = output;
  const sequence = `${name}/sequence`;
  for (const node of nodesOf(graph)) {
    node.input = node.input.map((each) => (each === name ? sequence : each));
    node.output = node.output.map((each) => (each === name ? sequence : each));
  }
  const one = (attribute: string) => ({
    name: attribute,
    type: AttributeProto_AttributeType.INT,
    i: 1n,
  });
  const stack = {
    opType: 'ConcatFromSequence',
    input: [sequence],
    output: [name],
    attribute: [one('axis'), one('new_axis')],
  };
  graph.node.push(create(NodeProtoSchema, stack));
  becomeTensor(output, elemType);
}

/**
 * Makes tensors of outputs that are maps and sequences, which ONNX Runtime for Node.js does not read
 * (microsoft/onnxruntime#8007): ZipMaps go, sequences of tensors are stacked. What cannot become a tensor is dropped.
 *
 * @throws {UnsupportedModelError} if no output is left
 */
export function mendOutputs(graph: GraphProto): MendedOutputs {
  const labels = new Map<string, readonly string[]>();
  const changes: string[] = [];
  const dropped: ValueInfoProto[] = [];
  for (const output of graph.output) {
    const { name, type } = output;
    if (type?.value.case === 'tensorType') continue;
    const classes = removeZipMap(graph, output);
    const inner =
      type?.value.case === 'sequenceType' ? type.value.value.elemType?.value : undefined;
    if (classes !== undefined) {
      labels.set(name, classes);
      changes.push(
        `${name}: removed its ZipMap, so that it is a tensor with a column for each class`,
      );
    } else if (inner?.case === 'tensorType') {
      stackSequence(graph, output, inner.value.elemType);
      changes.push(`${name}: stacked its sequence of tensors into one tensor`);
    } else {
      dropped.push(output);
      changes.push(
        `${name}: dropped, because a ${type?.value.case ?? 'value without a type'} fits into no tensor`,
      );
    }
  }
  graph.output = graph.output.filter((output) => !dropped.includes(output));
  if (graph.output.length === 0)
    throw new UnsupportedModelError(
      'The model has no output that is a tensor: export it with tensors at its end',
    );
  return { labels, changes };
}
