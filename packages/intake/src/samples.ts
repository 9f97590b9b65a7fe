import type { InferRequest, Tensor, TensorSpec } from '@chorus/protocol';
import { IntakeError, SampleError } from './errors.ts';
import type { Probe } from './probe.ts';
import type { ProbeTensor } from './probe-messages.ts';
import type { NumpyArray } from './read-npz.ts';

type Value = Tensor['data'][number] | null;

/** A tensor of samples: null stands for NaN and infinities. */
interface SampleTensor extends Omit<Tensor, 'data'> {
  readonly data: readonly Value[];
}

/** Rows, and what the model answered to them where it was trained. */
export interface Samples {
  readonly inputs: readonly SampleTensor[];
  readonly outputs: readonly SampleTensor[];
}

/** Samples as they are given: tensors, or the arrays of a NumPy archive, which have names alone. */
export type GivenSamples = Samples | readonly NumpyArray[];

/** The largest difference between a sample's answer and the model's. */
export interface Deviation {
  readonly output: string;
  /** Of a number, relative to the sample where that is above 1; 1 for a text or a missing value that differs. */
  readonly difference: number;
  readonly expected: Value;
  readonly found: unknown;
}

/** A difference above it is not that of another machine or another precision of floats. */
export const largestDifference = 1e-3;

function isTensor(value: unknown): value is SampleTensor {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'name' in value &&
    typeof value.name === 'string' &&
    'shape' in value &&
    Array.isArray(value.shape) &&
    'datatype' in value &&
    'data' in value &&
    Array.isArray(value.data)
  );
}

/**
 * Reads samples: `{"inputs": [tensors], "outputs": [tensors]}`, tensors as in the Open Inference Protocol.
 *
 * @throws {SampleError} if they are none
 */
export function parseSamples(text: string, place: string): Samples {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SampleError(`${place} is no JSON`, { cause });
  }
  const { inputs, outputs } = Object(value);
  const areTensors = (list: unknown): list is SampleTensor[] =>
    Array.isArray(list) && list.length > 0 && list.every(isTensor);
  if (!areTensors(inputs) || !areTensors(outputs))
    throw new SampleError(
      `${place} has no samples: it has to be {"inputs": […], "outputs": […]}, with tensors of name, datatype, shape and data`,
    );
  return { inputs, outputs };
}

/**
 * Returns samples whose arrays have found their places among the tensors of a model.
 *
 * @throws {SampleError} if an array is none of them, or an input has none
 */
export function placeSamples(
  given: GivenSamples,
  inputs: readonly Pick<TensorSpec, 'name' | 'datatype'>[],
  outputs: readonly Pick<TensorSpec, 'name' | 'datatype'>[],
): Samples {
  if (!isArrays(given)) return given;
  const known = [...inputs, ...outputs].map(({ name }) => name);
  const stray = given.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  const missing = inputs.filter(({ name }) => !given.some((each) => each.name === name));
  if (
    stray.length + missing.length > 0 ||
    !outputs.some(({ name }) => given.some((each) => each.name === name))
  )
    throw new SampleError(
      `The samples have the arrays ${given.map(({ name }) => name).join(', ')}; the model takes ${inputs.map(({ name }) => name).join(', ')} and gives ${outputs.map(({ name }) => name).join(', ')}: name them so, numpy.savez('rows.npz', **{name: array})`,
    );
  // NumPy computes in other types than a model takes and gives: their values count.
  const of = (specs: readonly Pick<TensorSpec, 'name' | 'datatype'>[]) =>
    specs.flatMap(({ name, datatype }) => {
      const array = given.find((each) => each.name === name);
      return array === undefined ? [] : [{ ...array, datatype }];
    });
  return { inputs: of(inputs), outputs: of(outputs) };
}

const isArrays = (given: GivenSamples): given is readonly NumpyArray[] => Array.isArray(given);

function differ(expected: Value, found: unknown): number {
  if (expected === null || Number.isNaN(expected)) return Number.isFinite(found) ? 1 : 0;
  if (Math.abs(Number(expected)) === Infinity) return found === expected ? 0 : 1;
  if (typeof expected !== 'number') return found === expected ? 0 : 1;
  const difference = Math.abs(Number(found) - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(difference) ? 1 : difference;
}

/** Returns the largest difference between samples and an answer. @throws {SampleError} if an output or a value is missing */
export function compareAnswers(samples: Samples, answer: readonly ProbeTensor[]): Deviation {
  const deviations = samples.outputs.map(({ name, data }): Deviation => {
    const found = answer.find((each) => each.name === name)?.data;
    if (found === undefined)
      throw new SampleError(`The model has no output ${name}, of which there are samples`);
    if (found.length !== data.length)
      throw new SampleError(
        `The model answers ${found.length} values of ${name}; the samples have ${data.length}`,
      );
    const differences = data.map((expected, index) => differ(expected, found[index]));
    const difference = Math.max(...differences, 0);
    const index = Math.max(differences.indexOf(difference), 0);
    return { output: name, difference, expected: data[index] ?? null, found: found[index] };
  });
  return deviations.reduce((worst, each) => (each.difference > worst.difference ? each : worst));
}

/** The inputs of samples as a model takes them. */
export function inputsOfSamples({ inputs }: Samples): readonly ProbeTensor[] {
  return inputs.map(({ name, datatype, shape, data }) => ({
    name,
    datatype,
    shape,
    data: data.map((value) => value ?? Number.NaN),
  }));
}

/**
 * Asks a model for its samples.
 *
 * @throws {SampleError} if it does not answer them, or answers something else
 */
export async function checkSamples(
  probe: Probe,
  samples: Samples,
  outputs: readonly TensorSpec[],
): Promise<Deviation> {
  const answer = await probe.run(inputsOfSamples(samples), outputs).catch((cause: unknown) => {
    if (!(cause instanceof IntakeError)) throw cause;
    throw new SampleError(`The model does not answer its samples: ${cause.message}`, { cause });
  });
  const worst = compareAnswers(samples, answer);
  if (worst.difference > largestDifference)
    throw new SampleError(
      `The model answers its samples otherwise than they say: ${worst.output} is ${worst.found} instead of ${worst.expected}. Check that the samples are of this export`,
    );
  return worst;
}

/** The first row of samples as a request; all of them where a first dimension is no row. */
export function firstSample(samples: Samples, specs: readonly TensorSpec[]): InferRequest {
  const isBatched = specs.every(({ shape }) => shape[0] === -1);
  const inputs = inputsOfSamples(samples).map((input) => {
    const [rows = 1, ...inner] = input.shape;
    if (!isBatched || rows < 1) return input;
    return { ...input, shape: [1, ...inner], data: input.data.slice(0, input.data.length / rows) };
  });
  return { inputs };
}
