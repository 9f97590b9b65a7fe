/**
 * Infinities of FP answers, which JSON does not have: they are `null` there, and parameters of the tensor tell which ones
 * they were. Flat indices of elements, with runs as `first-last`: `"0,3-9"`.
 */

import { InvalidRequestError } from './errors.ts';
import type { Parameters, Tensor } from './types.ts';

const signs = [
  { name: 'chorus_infinity', value: Number.POSITIVE_INFINITY },
  { name: 'chorus_minus_infinity', value: Number.NEGATIVE_INFINITY },
] as const;

/** Returns the tensor with the parameters that its infinities need in JSON; itself when it has none. */
export function markInfinities(tensor: Tensor): Tensor {
  if (!tensor.datatype.startsWith('FP')) {
    return tensor;
  }
  const marks = signs.flatMap(({ name, value }) => {
    const runs = runsOf(tensor.data, value);
    return runs === '' ? [] : [[name, runs] as const];
  });
  return marks.length === 0
    ? tensor
    : { ...tensor, parameters: { ...tensor.parameters, ...Object.fromEntries(marks) } };
}

function runsOf(data: Tensor['data'], value: number): string {
  const runs: string[] = [];
  for (let first = data.indexOf(value); first >= 0; ) {
    let last = first;
    while (data[last + 1] === value) {
      last += 1;
    }
    runs.push(first === last ? String(first) : `${first}-${last}`);
    first = data.indexOf(value, last + 1);
  }
  return runs.join(',');
}

/** Returns parameters without those that `markInfinities` adds: where elements are bytes, they are not needed. */
export function withoutMarks(parameters: Parameters = {}): Parameters {
  const { chorus_infinity: _, chorus_minus_infinity: __, ...rest } = parameters;
  return rest;
}

/**
 * Returns the tensor as it was before `markInfinities`.
 *
 * @param path where the tensor stands, e.g. `outputs[0]`.
 * @throws InvalidRequestError when a parameter names other elements than those that are NaN.
 */
export function restoreInfinities(tensor: Tensor, path: string): Tensor {
  const { parameters } = tensor;
  if (parameters === undefined || signs.every(({ name }) => parameters[name] === undefined)) {
    return tensor;
  }
  const data = [...tensor.data];
  const rest = { ...parameters };
  for (const { name, value } of signs) {
    for (const [first, last] of readRuns(rest[name], `${path}.parameters.${name}`)) {
      for (let index = first; index <= last; index += 1) {
        if (!Number.isNaN(data[index])) {
          throw new InvalidRequestError(
            `${path}.parameters.${name}: element ${index} is no null of an FP tensor`,
          );
        }
        data[index] = value;
      }
    }
    delete rest[name];
  }
  const { parameters: _, ...bare } = tensor;
  return { ...bare, ...(Object.keys(rest).length === 0 ? {} : { parameters: rest }), data };
}

const run = /^(\d{1,10})(?:-(\d{1,10}))?$/;

function readRuns(value: unknown, path: string): readonly (readonly [number, number])[] {
  if (value === undefined) {
    return [];
  }
  return String(value)
    .split(',')
    .map((text) => {
      const [, first, last = first] = run.exec(text) ?? [];
      if (first === undefined) {
        throw new InvalidRequestError(`${path}: expected indices such as 0,3-9`);
      }
      return [Number(first), Number(last)];
    });
}
