/** Whether a well-formed request fits a model. */

import { InvalidRequestError, OutOfRangeError } from './errors.ts';
import type { Column, InferRequest, ModelSchema, Tensor, TensorSpec } from './types.ts';
import { locate, showNames, showShape, showValue } from './wording.ts';

/** Returns what messages call the element at a flat index of an input. */
export type ShowPlace = (index: number, input: Tensor, spec: TensorSpec) => string;

/**
 * Checks a parsed request against a model: names, datatypes and shapes of the inputs, the batch, every value
 * of the columns, and the outputs asked for. Rows and columns are counted from 0.
 *
 * @param place what elements are called, where the caller did not send tensors.
 * @throws InvalidRequestError naming what is wrong and what the model expects.
 * @throws OutOfRangeError when a value lies outside its column's range, or is none of its categories.
 */
export function checkInputs(
  request: InferRequest,
  schema: ModelSchema,
  place: ShowPlace = placeOf,
): void {
  checkNames(request.inputs, schema);
  const pairs = schema.inputs.map((spec) => ({ spec, input: inputOf(request, spec) }));
  for (const { spec, input } of pairs) {
    checkKind(input, spec);
  }
  checkBatch(pairs, schema.maxBatch);
  checkOutputNames(request, schema);
  for (const { spec, input } of pairs) {
    checkFinite(input, spec, place);
  }
  for (const { spec, input } of pairs) {
    checkRanges(input, spec, place);
  }
}

function checkNames(inputs: readonly Tensor[], schema: ModelSchema): void {
  const sent = inputs.map(({ name }) => name);
  const known = schema.inputs.map(({ name }) => name);
  const missing = known.filter((name) => !sent.includes(name));
  const extra = sent.filter((name) => !known.includes(name));
  if (missing.length === 0 && extra.length === 0) {
    return;
  }
  const expected = schema.inputs.map(
    ({ name, datatype, shape }) => `${JSON.stringify(name)} (${datatype} ${showShape(shape)})`,
  );
  const faults = [
    ...(missing.length === 0 ? [] : [`missing: ${showNames(missing)}`]),
    ...(extra.length === 0 ? [] : [`unknown: ${showNames(extra)}`]),
  ];
  throw new InvalidRequestError(
    `inputs: model ${JSON.stringify(schema.name)} takes ${expected.join(', ')}; ${faults.join('; ')}`,
  );
}

function inputOf(request: InferRequest, spec: TensorSpec): Tensor {
  const input = request.inputs.find(({ name }) => name === spec.name);
  if (input === undefined) {
    throw new InvalidRequestError(`inputs: missing: ${JSON.stringify(spec.name)}`);
  }
  return input;
}

function checkKind(input: Tensor, spec: TensorSpec): void {
  const where = `input ${JSON.stringify(spec.name)}`;
  if (input.datatype !== spec.datatype) {
    throw new InvalidRequestError(
      `${where}: expected datatype ${spec.datatype}, got ${input.datatype}`,
    );
  }
  const fits =
    input.shape.length === spec.shape.length &&
    spec.shape.every((size, axis) => size < 0 || size === input.shape[axis]);
  if (!fits) {
    throw new InvalidRequestError(
      `${where}: expected shape ${showShape(spec.shape)}, got ${showShape(input.shape)}`,
    );
  }
  if (input.shape.includes(0)) {
    throw new InvalidRequestError(
      `${where}: shape ${showShape(input.shape)} is empty; send at least one row`,
    );
  }
}

/** The batch is the first dimension of the inputs where it may vary; they must agree on it. */
function checkBatch(
  pairs: readonly { readonly spec: TensorSpec; readonly input: Tensor }[],
  maxBatch: number,
): void {
  const batched = pairs.filter(({ spec }) => (spec.shape[0] ?? 0) < 0).map(({ input }) => input);
  const [first] = batched;
  const rows = first?.shape[0];
  if (first === undefined || rows === undefined) {
    return;
  }
  const other = batched.find(({ shape }) => shape[0] !== rows);
  if (other !== undefined) {
    throw new InvalidRequestError(
      `inputs: all must have the same number of rows, but ${JSON.stringify(first.name)} has ${rows} and ${JSON.stringify(other.name)} has ${other.shape[0]}`,
    );
  }
  if (rows > maxBatch) {
    throw new InvalidRequestError(
      `input ${JSON.stringify(first.name)}: ${rows} rows; at most ${maxBatch} per request`,
    );
  }
}

function checkOutputNames({ outputs = [] }: InferRequest, schema: ModelSchema): void {
  const known = schema.outputs.map(({ name }) => name);
  const unknown = outputs.map(({ name }) => name).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new InvalidRequestError(
      `outputs: model ${JSON.stringify(schema.name)} has ${showNames(known)}; unknown: ${showNames(unknown)}`,
    );
  }
}

/** A request built in code can hold NaN, which a forest would answer with a number. */
function checkFinite(input: Tensor, spec: TensorSpec, place: ShowPlace): void {
  if (!spec.datatype.startsWith('FP')) {
    return;
  }
  const { data } = input;
  const allowsNaN = spec.missing === true;
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index];
    if (!Number.isFinite(value) && !(allowsNaN && Number.isNaN(value))) {
      const expected = allowsNaN ? 'a finite number, or null' : 'a finite number';
      throw new InvalidRequestError(
        `${place(index, input, spec)}: expected ${expected}, got ${value}`,
      );
    }
  }
}

function checkRanges(input: Tensor, spec: TensorSpec, place: ShowPlace): void {
  const { columns } = spec;
  if (columns === undefined) {
    return;
  }
  const { data } = input;
  for (let index = 0; index < data.length; index += 1) {
    const column = columns[index % columns.length];
    if (column !== undefined && isOutside(data[index], column)) {
      throw new OutOfRangeError(
        `${place(index, input, spec)}: expected ${showRange(column)}, got ${showValue(data[index])}`,
      );
    }
  }
}

function placeOf(index: number, input: Tensor, spec: TensorSpec): string {
  return `input ${JSON.stringify(spec.name)}, ${locate(index, input.shape, spec.columns)}`;
}

function isOutside(value: Tensor['data'][number] | undefined, column: Column): boolean {
  if (typeof value === 'string') {
    return column.categories !== undefined && !column.categories.includes(value);
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return false;
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = column;
  return value < minimum || value > maximum;
}

/** Categories that a message lists; of more it lists these many. */
const listedCategories = 20;

function showRange({ minimum, maximum, categories }: Column): string {
  if (categories !== undefined) {
    const listed = showNames(categories.slice(0, listedCategories));
    const more = categories.length - listedCategories;
    return `one of ${listed}${more > 0 ? ` and ${more} more` : ''}`;
  }
  if (minimum === undefined) {
    return `at most ${maximum}`;
  }
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}
