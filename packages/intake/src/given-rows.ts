import { UnsupportedModelError } from './errors.ts';
import type { Port } from './ports.ts';
import type { ProbeTensor } from './probe-messages.ts';

const shown = (sizes: readonly (number | string)[]): string =>
  `[${sizes.map((size) => (typeof size === 'string' ? '?' : size)).join(', ')}]`;

/**
 * Returns the rows that a person gives, in the order of the model's inputs.
 *
 * @throws {UnsupportedModelError} if they are not those that the model takes
 */
export function givenRows(
  inputs: readonly Port[],
  rows: readonly ProbeTensor[],
): readonly ProbeTensor[] {
  const refuse = (why: string): never => {
    throw new UnsupportedModelError(
      `The samples do not fit the model: ${why}. It takes ${inputs.map(({ name, datatype, dimensions }) => `${name} ${datatype} ${dimensions === undefined ? 'of any shape' : shown(dimensions)}`).join(', ')}`,
    );
  };
  const unknown = rows.find(({ name }) => !inputs.some((port) => port.name === name));
  if (unknown !== undefined) refuse(`the model has no input ${unknown.name}`);
  return inputs.map(({ name, datatype, dimensions }) => {
    const found = rows.find((tensor) => tensor.name === name);
    if (found === undefined) return refuse(`there is no ${name} in them`);
    if (found.datatype !== datatype) return refuse(`their ${name} is ${found.datatype}`);
    const fits =
      dimensions === undefined ||
      (dimensions.length === found.shape.length &&
        dimensions.every((size, axis) => typeof size === 'string' || size === found.shape[axis]));
    if (!fits) return refuse(`their ${name} is ${shown(found.shape)}`);
    return { name, datatype, shape: found.shape, data: found.data };
  });
}

/** Returns rows twice, in each input that may have more of them. */
export function twice(
  rows: readonly ProbeTensor[],
  hasRows: (name: string) => boolean,
): readonly ProbeTensor[] {
  return rows.map((tensor) => {
    const [count, ...rest] = tensor.shape;
    if (count === undefined || !hasRows(tensor.name)) return tensor;
    return { ...tensor, shape: [count * 2, ...rest], data: [...tensor.data, ...tensor.data] };
  });
}
