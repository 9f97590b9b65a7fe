import type { TensorSpec } from '@chorus/protocol';
import { BlueprintError } from './errors.ts';
import { type Port, shownPort } from './ports.ts';

/** A value that is given by name: JSONata of any JSON, or of the elements of a tensor, which models take. */
export type Value =
  | string
  | (Pick<TensorSpec, 'datatype' | 'shape'> & {
      /** JSONata of its elements in row-major order, or of its one element. */
      readonly data: string;
    });

/** Returns the port of a value. */
export function portOfValue(name: string, value: Value): Port {
  return typeof value === 'string'
    ? { name, datatype: 'JSON' }
    : { name, datatype: value.datatype, shape: value.shape };
}

/**
 * Returns JSONata of a value. Elements of another number than the shape has are no tensor: `unexpected` is thrown.
 *
 * @throws {BlueprintError} for a shape of which more than the first dimension varies
 */
export function expressionOfValue(name: string, value: Value): string {
  if (typeof value === 'string') return value;
  const { datatype, shape, data } = value;
  const [rows = 1, ...others] = shape;
  if (others.some((size) => size < 0))
    throw new BlueprintError(
      `${shownPort({ name, datatype, shape })}: only the first dimension of a tensor that is given may vary`,
    );
  const perRow = others.reduce((product, size) => product * size, 1);
  const sizes = [rows < 0 ? `$count($elements) / ${perRow}` : rows, ...others];
  const isWhole =
    rows < 0 ? `$count($elements) % ${perRow} = 0` : `$count($elements) = ${rows * perRow}`;
  return `(
    $given := ${data};
    $elements := [$given];
    ${isWhole} ? {
      "name": ${JSON.stringify(name)},
      "datatype": "${datatype}",
      "shape": [${sizes.join(', ')}],
      "data": $elements
    } : $error("unexpected")
  )`;
}
