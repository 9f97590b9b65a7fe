import { type Column, datatypes, type ModelSchema, type TensorSpec } from '@chorus/protocol';
import {
  readInteger,
  readList,
  readNumber,
  readObject,
  readOptional,
  readSha256,
  readText,
  wrong,
} from './fields.ts';
import type { Manifest, WeightsSource } from './manifest.ts';
import { isModelName, isVersion } from './model-key.ts';
import { parseImage } from './parse-image.ts';
import { parseTraining } from './parse-training.ts';

/**
 * Checks a parsed `manifest.json` and gives it typed; fields it does not know are dropped. Hand-written, because it
 * runs in every cold start and a schema library would cost more to load than the whole check.
 * @throws {ManifestError} naming the field, what it has to be, and what it is
 */
export function parseManifest(value: unknown): Manifest {
  const manifest = readObject(value, 'the whole');
  if (manifest['format'] !== 1) {
    return wrong('format', '1 (a newer format needs a newer Chorus)', manifest['format']);
  }
  const name = readText(manifest['name'], 'name');
  if (!isModelName(name)) return wrong('name', 'a model name such as my-model', name);
  const version = readText(manifest['version'], 'version');
  if (!isVersion(version)) return wrong('version', 'v1, v2, v3, …', version);
  return {
    format: 1,
    name,
    version,
    file: parseFile(manifest['file']),
    schema: parseSchema(manifest['schema'], name),
    ...readOptional(manifest, 'training', 'manifest', parseTraining),
    ...readOptional(manifest, 'image', 'manifest', parseImage),
    ...readOptional(manifest, 'source', 'manifest', parseSource),
  };
}

function parseFile(value: unknown): Manifest['file'] {
  const file = readObject(value, 'file');
  if (file['name'] !== 'model.onnx') return wrong('file.name', '"model.onnx"', file['name']);
  return {
    name: 'model.onnx',
    bytes: readInteger(file['bytes'], 'file.bytes', 1),
    sha256: readSha256(file['sha256'], 'file.sha256'),
  };
}

function parseSource(value: unknown): WeightsSource {
  const source = readObject(value, 'source');
  return {
    title: readText(source['title'], 'source.title'),
    url: readText(source['url'], 'source.url'),
    licence: readText(source['licence'], 'source.licence'),
    ...readOptional(source, 'sha256', 'source', readSha256),
  };
}

function parseSchema(value: unknown, name: string): ModelSchema {
  const schema = readObject(value, 'schema');
  if (schema['name'] !== name) {
    return wrong('schema.name', `"${name}" like the manifest's`, schema['name']);
  }
  return {
    name,
    inputs: parseTensors(schema['inputs'], 'schema.inputs'),
    outputs: parseTensors(schema['outputs'], 'schema.outputs'),
    maxBatch: readInteger(schema['maxBatch'], 'schema.maxBatch', 1),
  };
}

function parseTensors(value: unknown, path: string): TensorSpec[] {
  const tensors = readList(value, path, parseTensor);
  if (tensors.length === 0) return wrong(path, 'a list of at least one tensor', value);
  const names = tensors.map((tensor) => tensor.name);
  return new Set(names).size === names.length
    ? tensors
    : wrong(path, 'tensors with distinct names', names);
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
  if (columns.columns !== undefined && columns.columns.length !== shape.at(-1)) {
    const count = columns.columns.length;
    return wrong(`${path}.columns`, `as many as the last dimension, ${shape.at(-1)}`, count);
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
  return { name: readText(column['name'], `${path}.name`), description, ...range };
}
