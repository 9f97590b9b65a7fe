import { type Column, datatypes, type ModelSchema, type TensorSpec } from '@chorus/protocol';
import {
  readInteger,
  readList,
  readNumber,
  readObject,
  readOptional,
  readText,
  wrong,
} from './fields.ts';

/**
 * Checks the schema of a manifest: names, datatypes and shapes of the tensors, and what a graph cannot say about them.
 * @param name the manifest's, which the schema has to have as well
 * @throws {ManifestError}
 */
export function parseSchema(value: unknown, name: string): ModelSchema {
  const schema = readObject(value, 'schema');
  if (schema['name'] !== name) {
    return wrong('schema.name', `"${name}" like the manifest's`, schema['name']);
  }
  return {
    name,
    inputs: parseTensors(schema['inputs'], 'schema.inputs', parseInput),
    outputs: parseTensors(schema['outputs'], 'schema.outputs', parseOutput),
    maxBatch: readInteger(schema['maxBatch'], 'schema.maxBatch', 1),
  };
}

function parseTensors(
  value: unknown,
  path: string,
  parse: (value: unknown, path: string) => TensorSpec,
): TensorSpec[] {
  const tensors = readList(value, path, parse);
  if (tensors.length === 0) return wrong(path, 'a list of at least one tensor', value);
  const names = tensors.map((tensor) => tensor.name);
  return new Set(names).size === names.length
    ? tensors
    : wrong(path, 'tensors with distinct names', names);
}

function parseInput(value: unknown, path: string): TensorSpec {
  const { labels, missing } = readObject(value, path);
  if (labels !== undefined) return wrong(`${path}.labels`, 'absent: only outputs have it', labels);
  const tensor = parseTensor(value, path);
  if (missing === undefined) return tensor;
  if (missing !== true) return wrong(`${path}.missing`, 'true or absent', missing);
  return tensor.datatype.startsWith('FP')
    ? { ...tensor, missing }
    : wrong(`${path}.missing`, `absent with ${tensor.datatype}: only FP tensors have NaN`, missing);
}

function parseOutput(value: unknown, path: string): TensorSpec {
  const output = readObject(value, path);
  if (output['missing'] !== undefined) {
    return wrong(`${path}.missing`, 'absent: only inputs have it', output['missing']);
  }
  const tensor = parseTensor(output, path);
  const { labels } = readOptional(output, 'labels', path, parseNames);
  if (labels === undefined) return tensor;
  const classes = tensor.shape.at(-1);
  return labels.length === classes
    ? { ...tensor, labels }
    : wrong(
        `${path}.labels`,
        `as many as the last dimension, ${classes ?? 'absent'}`,
        labels.length,
      );
}

function parseTensor(value: unknown, path: string): TensorSpec {
  const tensor = readObject(value, path);
  const datatype = datatypes.find((known) => known === tensor['datatype']);
  if (datatype === undefined) {
    return wrong(`${path}.datatype`, `one of ${datatypes.join(', ')}`, tensor['datatype']);
  }
  const shape = readList(tensor['shape'], `${path}.shape`, parseDimension);
  const columns = readOptional(tensor, 'columns', path, (list, at) =>
    readList(list, at, parseColumn),
  );
  // A tensor [-1] is one column.
  const width = shape.length === 1 && shape[0] === -1 ? 1 : shape.at(-1);
  if (columns.columns !== undefined && columns.columns.length !== width) {
    const count = columns.columns.length;
    return wrong(`${path}.columns`, `as many as the last dimension, ${width}`, count);
  }
  const texts = columns.columns?.findIndex((column) => column.categories !== undefined) ?? -1;
  if (texts >= 0 && datatype !== 'BYTES') {
    const place = `${path}.columns[${texts}].categories`;
    return wrong(place, `absent with ${datatype}: only BYTES have it`, columns.columns?.[texts]);
  }
  return { name: readText(tensor['name'], `${path}.name`), datatype, shape, ...columns };
}

function parseDimension(value: unknown, path: string): number {
  return value === -1 || (Number.isSafeInteger(value) && Number(value) > 0)
    ? Number(value)
    : wrong(path, 'a positive whole number, or -1 for a variable dimension', value);
}

function parseColumn(value: unknown, path: string): Column {
  const column = readObject(value, path);
  const description = column['description'];
  if (typeof description !== 'string') return wrong(`${path}.description`, 'a text', description);
  const range = {
    ...readOptional(column, 'minimum', path, readNumber),
    ...readOptional(column, 'maximum', path, readNumber),
  };
  if ((range.minimum ?? -Infinity) > (range.maximum ?? Infinity)) {
    return wrong(`${path}.minimum`, `at most its maximum ${range.maximum}`, range.minimum);
  }
  const categories = readOptional(column, 'categories', path, parseNames);
  return { name: readText(column['name'], `${path}.name`), description, ...range, ...categories };
}

/** Texts of which no two are equal; one of them may be empty. */
function parseNames(value: unknown, path: string): readonly string[] {
  const names = readList(value, path, (name, at) =>
    typeof name === 'string' ? name : wrong(at, 'a text', name),
  );
  if (names.length === 0) return wrong(path, 'a list of at least one text', names);
  return new Set(names).size === names.length ? names : wrong(path, 'distinct texts', names);
}
