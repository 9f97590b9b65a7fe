/** Parsing of one tensor of a request or a response, and of the members that both have. */

import { decodeElements, elementSize } from './binary-elements.ts';
import type { BinarySection } from './body.ts';
import { checkElements, countElements, type NonFinite } from './elements.ts';
import { InvalidRequestError, UnsupportedError } from './errors.ts';
import { unpackElements } from './packed.ts';
import {
  type Datatype,
  datatypes,
  type Parameters,
  type Tensor,
  type TensorData,
  type TensorSpec,
} from './types.ts';
import { locate, showShape, showValue } from './wording.ts';

/** NumPy's limit of old; it also bounds the recursion over nested data. */
const maxRank = 32;

/** A parsed JSON object, its members not yet checked. */
export type Members = Readonly<Record<string, unknown>>;

/** @throws InvalidRequestError unless the value is a JSON object. */
export function parseMembers(value: unknown, path: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidRequestError(`${path}: expected an object, got ${showValue(value)}`);
  }
  return value as Members;
}

/** @throws InvalidRequestError unless the value is an array. */
export function parseArray(value: unknown, path: string, of: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new InvalidRequestError(`${path}: expected an array of ${of}, got ${showValue(value)}`);
  }
  return value;
}

/** @throws InvalidRequestError unless the value is a string that is not empty. */
export function parseName(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidRequestError(`${path}: expected a non-empty string, got ${showValue(value)}`);
  }
  return value;
}

/** An optional string; null counts as absent, as serializers that write every member send it. */
export function parseOptionalString(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new InvalidRequestError(`${path}: expected a string, got ${showValue(value)}`);
  }
  return value;
}

/** Optional parameters; undefined when absent or empty. */
export function parseParameters(value: unknown, path: string): Parameters | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const members = parseMembers(value, path);
  const names = Object.keys(members);
  for (const name of names) {
    const member = members[name];
    const known =
      typeof member === 'string' || typeof member === 'boolean' || Number.isFinite(member);
    if (!known) {
      throw new InvalidRequestError(
        `${path}.${name}: expected a string, true, false or a number (integers up to 2^53), got ${showValue(member)}`,
      );
    }
  }
  return names.length === 0 ? undefined : (members as Parameters);
}

/** @throws InvalidRequestError when two names are equal. */
export function checkDistinct(names: readonly string[], path: string): void {
  if (new Set(names).size !== names.length) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    throw new InvalidRequestError(`${path}: the name ${showValue(twice)} appears twice`);
  }
}

/** The surroundings of the tensor being parsed. */
export interface TensorContext {
  /** Bytes behind the JSON part, when the body has them. */
  readonly section: BinarySection | undefined;
  /** The FP elements that are no finite numbers but allowed, where the model's own description does not say. */
  readonly nonFinite: NonFinite;
  /** What is known of the tensor of that name: whether values may be missing, and columns for messages. */
  readonly specOf: (name: string) => TensorSpec | undefined;
}

/**
 * Parses one tensor: its head, then its elements, from `data` (flat, or nested exactly as the shape says) or
 * from the binary section.
 *
 * @param path where the tensor stands, e.g. `inputs[0]`.
 * @throws InvalidRequestError naming the member, and for an element its row and column.
 * @throws UnsupportedError for a tensor in shared memory.
 */
export function parseTensor(value: unknown, path: string, context: TensorContext): Tensor {
  const members = parseMembers(value, path);
  const name = parseName(members['name'], `${path}.name`);
  const datatype = parseDatatype(members['datatype'], `${path}.datatype`);
  const shape = parseShape(members['shape'], `${path}.shape`);
  const given = parseParameters(members['parameters'], `${path}.parameters`);
  if (given?.['shared_memory_region'] !== undefined) {
    throw new UnsupportedError(
      `${path}.parameters.shared_memory_region: shared memory is not supported; send the data itself`,
    );
  }
  const where = `${path} ${JSON.stringify(name)}`;
  const source = readElements(members, { name, datatype, shape, parameters: given }, path, context);
  const { parameters } = source;
  const spec = context.specOf(name);
  const data = checkElements(
    source.data,
    { datatype, parameters, nonFinite: spec?.missing ? 'missing' : context.nonFinite },
    (index, expected) =>
      new InvalidRequestError(
        `${where}, ${locate(index, shape, spec?.columns)}: expected ${expected}, got ${showValue(source.data[index])}`,
      ),
  );
  return { name, datatype, shape, ...(parameters === undefined ? {} : { parameters }), data };
}

/** Elements that are not checked yet, and the parameters that describe them. */
interface Source {
  readonly data: readonly unknown[];
  readonly parameters: Parameters | undefined;
}

function readElements(
  members: Members,
  head: Omit<TensorHead, 'parameters'> & { readonly parameters: Parameters | undefined },
  path: string,
  context: TensorContext,
): Source {
  const { parameters } = head;
  const where = `${path} ${JSON.stringify(head.name)}`;
  if (parameters?.['binary_data_size'] !== undefined) {
    return readFromSection(members, { ...head, parameters }, path, context);
  }
  if (parameters?.['chorus_data'] !== undefined) {
    return unpackElements({ ...head, parameters }, members['data'], where);
  }
  return { data: parseData(members['data'], head.shape, where), parameters };
}

function parseDatatype(value: unknown, path: string): Datatype {
  const datatype = datatypes.find((known) => known === value);
  if (datatype === undefined) {
    throw new InvalidRequestError(
      `${path}: expected one of ${datatypes.join(', ')}, got ${showValue(value)}`,
    );
  }
  return datatype;
}

function parseShape(value: unknown, path: string): readonly number[] {
  const shape = parseArray(value, path, 'non-negative integers');
  const wrong = shape.findIndex((size) => !Number.isSafeInteger(size) || (size as number) < 0);
  if (wrong >= 0) {
    throw new InvalidRequestError(
      `${path}: expected non-negative integers, got ${showValue(shape[wrong])}`,
    );
  }
  if (shape.length > maxRank) {
    throw new InvalidRequestError(
      `${path}: expected at most ${maxRank} dimensions, got ${shape.length}`,
    );
  }
  return shape as readonly number[];
}

function parseData(value: unknown, shape: readonly number[], where: string): readonly unknown[] {
  const data = parseArray(value, `${where}, data`, 'elements');
  const flat = Array.isArray(data[0]) ? flatten(data, shape, where) : data;
  const count = countElements(shape);
  if (flat.length !== count) {
    throw new InvalidRequestError(
      `${where}: ${flat.length} elements do not fill shape ${showShape(shape)} (${count} elements)`,
    );
  }
  return flat;
}

/** Nested data, row-major; every level must have the length that the shape says. */
function flatten(data: readonly unknown[], shape: readonly number[], where: string): unknown[] {
  const flat: unknown[] = [];
  const trail: number[] = [];
  const visit = (part: unknown): void => {
    const depth = trail.length;
    const size = shape[depth];
    if (!Array.isArray(part) || part.length !== size) {
      const place = trail.map((index) => `[${index}]`).join('');
      const got = Array.isArray(part) ? `${part.length} elements` : showValue(part);
      throw new InvalidRequestError(
        `${where}, data${place}: expected an array of ${size} (shape ${showShape(shape)}), got ${got}`,
      );
    }
    if (depth === shape.length - 1) {
      for (let index = 0; index < part.length; index += 1) {
        flat.push(part[index]);
      }
      return;
    }
    for (let index = 0; index < part.length; index += 1) {
      trail.push(index);
      visit(part[index]);
      trail.pop();
    }
  };
  if (shape.length === 0) {
    throw new InvalidRequestError(`${where}, data: expected one element (shape []), got an array`);
  }
  visit(data);
  return flat;
}

type TensorHead = Pick<Tensor, 'name' | 'datatype' | 'shape'> & { readonly parameters: Parameters };

/** Takes the tensor's bytes off the section; the parameter that gave their number has served. */
function readFromSection(
  members: Members,
  head: TensorHead,
  path: string,
  { section }: TensorContext,
): { readonly data: TensorData; readonly parameters: Parameters | undefined } {
  const where = `${path} ${JSON.stringify(head.name)}`;
  const { binary_data_size: size, ...rest } = head.parameters;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new InvalidRequestError(
      `${path}.parameters.binary_data_size: expected a non-negative integer, got ${showValue(size)}`,
    );
  }
  if (members['data'] !== undefined) {
    throw new InvalidRequestError(`${where}: send either data or binary_data_size, not both`);
  }
  if (section === undefined) {
    throw new InvalidRequestError(
      `${path}.parameters.binary_data_size: there is no binary section; send its bytes after the JSON, with the header Inference-Header-Content-Length, or send data`,
    );
  }
  const left = section.bytes.length - section.offset;
  if (size > left) {
    throw new InvalidRequestError(
      `${where}: binary_data_size is ${size}, but ${left} bytes of the binary section are left`,
    );
  }
  checkBinarySize(size, head, where);
  const bytes = section.bytes.subarray(section.offset, section.offset + size);
  section.offset += size;
  const parameters = Object.keys(rest).length === 0 ? undefined : rest;
  const { name, datatype, shape } = head;
  return decodeElements(
    bytes,
    { name, datatype, shape, ...(parameters === undefined ? {} : { parameters }) },
    where,
  );
}

function checkBinarySize(size: number, { datatype, shape }: TensorHead, where: string): void {
  const needed = countElements(shape) * (elementSize(datatype) ?? Number.NaN);
  if (datatype !== 'BYTES' && size !== needed) {
    throw new InvalidRequestError(
      `${where}: binary_data_size is ${size}, but shape ${showShape(shape)} of ${datatype} takes ${needed} bytes`,
    );
  }
}
