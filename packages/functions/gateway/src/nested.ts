/** Tensors as nested arrays, one level for each dimension, as NumPy's `tolist()` gives them. */

import { InvalidRequestError, showShape, showValue, type Tensor } from '@chorus/protocol';

/** Elements flat and row-major, not yet looked at, and the shape that they had. */
export interface Flat {
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

/**
 * Returns nested arrays flat. The first element of each level says how long that level is.
 *
 * @param where names the tensor in messages.
 * @throws InvalidRequestError when arrays of one level differ in length.
 */
export function flatten(value: unknown, where: string): Flat {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part); part = part[0]) {
    shape.push(part.length);
  }
  const data: unknown[] = [];
  const visit = (part: unknown, depth: number, place: string): void => {
    const size = shape[depth];
    const length = Array.isArray(part) ? part.length : undefined;
    if (length !== size) {
      const got = length === undefined ? showValue(part) : `${length} elements`;
      const wanted = size === undefined ? 'an element' : `an array of ${size}`;
      throw new InvalidRequestError(
        `${where}${place}: expected ${wanted} as at the beginning (shape ${showShape(shape)}), got ${got}`,
      );
    }
    if (!Array.isArray(part)) {
      data.push(part);
      return;
    }
    if (depth === shape.length - 1 && !part.some(Array.isArray)) {
      for (let index = 0; index < part.length; index += 1) {
        data.push(part[index]);
      }
      return;
    }
    for (let index = 0; index < part.length; index += 1) {
      visit(part[index], depth + 1, `${place}[${index}]`);
    }
  };
  visit(value, 0, '');
  return { shape, data };
}

/**
 * Returns a part of a tensor as nested arrays, `{label: value}` in place of the last level where it has labels.
 *
 * @param shape of the part; its elements begin at `offset`.
 */
export function nest(
  data: Tensor['data'],
  shape: readonly number[],
  labels: readonly string[] | undefined,
  offset = 0,
): unknown {
  const [size, ...inner] = shape;
  if (size === undefined) {
    return data[offset];
  }
  if (inner.length === 0) {
    const values = data.slice(offset, offset + size);
    return labels?.length === size
      ? Object.fromEntries(labels.map((label, index) => [label, values[index]]))
      : values;
  }
  const step = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, index) =>
    nest(data, inner, labels, offset + index * step),
  );
}
