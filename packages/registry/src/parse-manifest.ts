import { checkInputs, type ModelSchema, ProtocolError, parseInferRequest } from '@chorus/protocol';
import { ManifestError } from './errors.ts';
import {
  readInteger,
  readObject,
  readOptional,
  readSettings,
  readSha256,
  readText,
  wrong,
} from './fields.ts';
import type { Manifest, SessionSettings, WeightsSource } from './manifest.ts';
import { isModelName, isVersion } from './model-key.ts';
import { parseImage } from './parse-image.ts';
import { parseLineage } from './parse-lineage.ts';
import { parseSchema } from './parse-schema.ts';
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
  const schema = parseSchema(manifest['schema'], name);
  return {
    format: 1,
    name,
    version,
    file: parseFile(manifest['file']),
    schema,
    ...readOptional(manifest, 'training', 'manifest', parseTraining),
    ...readOptional(manifest, 'lineage', 'manifest', parseLineage),
    ...readOptional(manifest, 'image', 'manifest', parseImage),
    ...readOptional(manifest, 'source', 'manifest', parseSource),
    ...readOptional(manifest, 'example', 'manifest', (example) => parseExample(example, schema)),
    ...readOptional(manifest, 'session', 'manifest', parseSession),
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

/** @throws {ManifestError} when the model would not take it */
function parseExample(value: unknown, schema: ModelSchema): NonNullable<Manifest['example']> {
  const { inputs } = readObject(value, 'example');
  try {
    const request = parseInferRequest({ inputs }, schema);
    checkInputs(request, schema);
    return { inputs: request.inputs };
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new ManifestError(
      `manifest: example must be a request that the model takes, but ${cause.message}`,
      { cause },
    );
  }
}

function parseSession(value: unknown): SessionSettings {
  const { optimize } = readSettings(value, 'session', ['optimize']);
  return typeof optimize === 'boolean'
    ? { optimize }
    : wrong('session.optimize', 'true or false', optimize);
}
