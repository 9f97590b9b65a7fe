import { create } from '@bufbuild/protobuf';
import type { TensorSpec } from '@chorus/protocol';
import { type TensorShapeProto, TensorShapeProtoSchema, type ValueInfoProto } from 'onnx-buf';

/** A shape as ONNX declares it: the open first dimension has a name, others have none. */
function shapeProto(shape: readonly number[]): TensorShapeProto {
  const dim = shape.map((size, axis) => ({
    value:
      size < 0
        ? ({ case: 'dimParam', value: axis === 0 ? 'rows' : `dimension_${axis}` } as const)
        : ({ case: 'dimValue', value: BigInt(size) } as const),
  }));
  return create(TensorShapeProtoSchema, { dim });
}

/** True if a declaration takes every shape that was found. */
function fits(declared: TensorShapeProto, found: readonly number[]): boolean {
  return (
    declared.dim.length === found.length &&
    declared.dim.every(
      ({ value }, axis) => value.case !== 'dimValue' || Number(value.value) === found[axis],
    )
  );
}

const shown = (sizes: readonly (number | string)[]): string =>
  `[${sizes.map((size, axis) => (size === -1 ? (axis === 0 ? 'rows' : '?') : size || '?')).join(', ')}]`;

/**
 * Declares tensors of a graph as they were found to be, where it says something else, or nothing: ONNX Runtime would warn
 * of each answer.
 *
 * @returns the lines that tell people of it: none for a tensor that had no shape; undefined if nothing was changed
 */
export function declareShapes(
  values: readonly ValueInfoProto[],
  specs: readonly TensorSpec[],
): readonly string[] | undefined {
  let isChanged = false;
  const lines = specs.flatMap(({ name, shape }) => {
    const type = values.find((value) => value.name === name)?.type?.value;
    if (type?.case !== 'tensorType') return [];
    const declared = type.value.shape;
    if (declared !== undefined && fits(declared, shape)) return [];
    type.value.shape = shapeProto(shape);
    isChanged = true;
    if (declared === undefined) return [];
    const was = declared.dim.map(({ value }) =>
      value.case === 'dimValue' ? Number(value.value) : (value.value ?? ''),
    );
    return [`${name}: was declared as ${shown(was)}, and is ${shown(shape)}`];
  });
  return isChanged ? lines : undefined;
}
