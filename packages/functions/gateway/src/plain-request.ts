/** A request in plain JSON: rows of named features, or nested arrays by the names of the inputs. */

import {
  checkElements,
  checkInputs,
  InvalidRequestError,
  locate,
  type Parameters,
  type ShowPlace,
  showNames,
  showShape,
  showValue,
  type Tensor,
  type TensorSpec,
} from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { type Flat, flatten } from './nested.ts';
import { differences, elementsOf, isObject, type Table, tableOf } from './plain-table.ts';

/** The tensors of a request, and what its caller asks besides. */
export interface PlainRequest {
  readonly inputs: readonly Tensor[];
  readonly parameters: Parameters;
}

/** Flat data of each input, and what messages call its elements. */
interface Reading {
  readonly flats: readonly Flat[];
  readonly place: ShowPlace;
}

/**
 * Reads a body by the manifest of the model that it asks.
 *
 * @throws InvalidRequestError in the words of the body: features, instances, inputs.
 * @throws OutOfRangeError when a value lies outside its feature's range or is none of its categories.
 */
export function readPlainRequest(body: unknown, { schema, image }: Manifest): PlainRequest {
  if (!isObject(body)) {
    throw new InvalidRequestError(`expected a JSON object, got ${showValue(body)}`);
  }
  const names = schema.inputs.map(({ name }) => name);
  const table = tableOf(schema);
  const { parameters, members } = splitParameters(body, table?.names ?? names);
  const { flats, place } =
    table !== undefined && !isByInput(members, table)
      ? readTable(members, table, schema.inputs)
      : readInputs(members, schema.inputs);
  const inputs = schema.inputs.map((spec, index) => {
    const { shape, data } = flats[index] ?? { shape: [], data: [] };
    const isPhoto = image !== undefined && spec.datatype === 'BYTES';
    const head = {
      name: spec.name,
      datatype: spec.datatype,
      shape,
      ...(isPhoto && { parameters: { content_type: 'base64' } }),
    };
    const checked = checkElements(
      data,
      { ...head, nonFinite: spec.missing ? 'missing' : 'none' },
      (at, expected) =>
        new InvalidRequestError(
          `${place(at, { ...head, data: [] }, spec)}: expected ${expected}, got ${showValue(data[at])}`,
        ),
    );
    return { ...head, data: checked };
  });
  checkInputs({ inputs }, schema, place);
  return { inputs, parameters };
}

type Members = Readonly<Record<string, unknown>>;

/** Takes the parameters out of a body, unless that is the name of something the model takes. */
function splitParameters(
  body: Members,
  names: readonly string[],
): { readonly parameters: Parameters; readonly members: Members } {
  if (names.includes('parameters') && !Array.isArray(body['instances'])) {
    return { parameters: {}, members: body };
  }
  const { parameters = {}, ...members } = body;
  if (!isObject(parameters)) {
    throw new InvalidRequestError(`parameters: expected an object, got ${showValue(parameters)}`);
  }
  const { timeout, ...others } = parameters;
  const unknown = Object.keys(others);
  if (unknown.length > 0) {
    throw new InvalidRequestError(
      `parameters: unknown ${showNames(unknown.slice(0, 10))}; there is "timeout", in microseconds`,
    );
  }
  if (timeout !== undefined && (typeof timeout !== 'number' || timeout <= 0)) {
    throw new InvalidRequestError(
      `parameters.timeout: expected a positive number of microseconds, got ${showValue(timeout)}`,
    );
  }
  return { parameters: timeout === undefined ? {} : { timeout }, members };
}

/** Whether features that are inputs of their own were sent as arrays, one for each input. */
function isByInput(members: Members, { isOneInput, names }: Table): boolean {
  return (
    !isOneInput && names.every((name) => Array.isArray(members[name])) && !isBatch(members, names)
  );
}

function isBatch(members: Members, names: readonly string[]): boolean {
  return 'instances' in members && !names.includes('instances');
}

function readTable(members: Members, table: Table, specs: readonly TensorSpec[]): Reading {
  const { names, isOneInput } = table;
  const batch = isBatch(members, names);
  const rows = batch ? instancesOf(members) : [members];
  const elements = elementsOf(table, rows, batch);
  const flats = specs.map(({ shape }, index) => ({
    shape: [rows.length, ...(isOneInput ? [names.length] : shape.slice(1))],
    data: elements[index] ?? [],
  }));
  const place: ShowPlace = (index, input) => {
    const row = isOneInput ? Math.floor(index / names.length) : index;
    const feature = isOneInput ? names[index % names.length] : input.name;
    return `${batch ? `instances[${row}], ` : ''}feature ${JSON.stringify(feature)}`;
  };
  return { flats, place };
}

/** @throws InvalidRequestError unless there are rows, and nothing beside them. */
function instancesOf({ instances, ...others }: Members): readonly unknown[] {
  if (!Array.isArray(instances)) {
    throw new InvalidRequestError(`instances: expected an array, got ${showValue(instances)}`);
  }
  if (instances.length === 0) {
    throw new InvalidRequestError('instances: expected at least one row, got none');
  }
  const extra = Object.keys(others);
  if (extra.length > 0) {
    throw new InvalidRequestError(
      `unknown ${showNames(extra.slice(0, 10))} beside instances; there is "parameters"`,
    );
  }
  return instances;
}

/** A list is what people write for an input of one value a row, `[-1,1]`. */
function asColumn(flat: Flat, wanted: readonly number[]): Flat {
  const isColumn = wanted.length === 2 && wanted[0] === -1 && wanted[1] === 1;
  return isColumn && flat.shape.length === 1 ? { ...flat, shape: [...flat.shape, 1] } : flat;
}

function readInputs(members: Members, specs: readonly TensorSpec[]): Reading {
  const names = specs.map(({ name }) => name);
  const [only] = names;
  const given =
    only !== undefined && names.length === 1 && isBatch(members, names)
      ? { [only]: instancesOf(members) }
      : members;
  const sent = Object.keys(given);
  if (sent.length !== names.length || names.some((name) => !Object.hasOwn(given, name))) {
    const takes = specs.map(
      ({ name, datatype, shape }) => `${JSON.stringify(name)} (${datatype} ${showShape(shape)})`,
    );
    throw new InvalidRequestError(
      `${differences(sent, names, 'input')}; it takes ${takes.join(', ')} as nested arrays`,
    );
  }
  const flats = specs.map(({ name, shape }) =>
    asColumn(flatten(given[name], `input ${JSON.stringify(name)}`), shape),
  );
  const place: ShowPlace = (index, { name, shape }, { columns }) =>
    `input ${JSON.stringify(name)}, ${locate(index, shape, columns)}`;
  return { flats, place };
}
