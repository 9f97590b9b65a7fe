import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import { firstVersion, type Manifest, parseManifest } from '@chorus/registry';
import { CliError, isCausedBy } from './errors.ts';

/** Weights read from disk, with a manifest that fits the model. */
export interface Weights {
  readonly bytes: Uint8Array;
  readonly manifest: Omit<Manifest, 'version'>;
  /** The version that the manifest on disk names, if there is one. */
  readonly named: string | undefined;
  /** False when the manifest was made here. */
  readonly hasManifest: boolean;
}

/**
 * Reads an ONNX file and the manifest beside it; without one, makes it from the model's schema.
 *
 * @param path the file, or a folder with `model.onnx`
 * @throws {CliError} if a file cannot be read, or the manifest is another model's or has another schema
 * @throws {ManifestError} if the manifest is not one
 */
export async function readWeights(path: string, schema: ModelSchema): Promise<Weights> {
  const isFolder = (await stat(path).catch(unreadable(path))).isDirectory();
  const file = isFolder ? join(path, 'model.onnx') : path;
  const bytes = await readFile(file).catch(unreadable(file));
  const beside = join(dirname(file), 'manifest.json');
  const text = await readFile(beside, 'utf8').catch((error: unknown) => {
    if (isCausedBy(error, 'ENOENT')) return undefined;
    return unreadable(beside)(error);
  });
  if (text === undefined) {
    return { bytes, manifest: describe(bytes, schema), named: undefined, hasManifest: false };
  }
  const { version: _, ...manifest } = parseBeside(beside, text);
  checkSchema(beside, manifest.schema, schema);
  return { bytes, manifest, named: versionIn(text), hasManifest: true };
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot read ${path}: ${why}`, { cause });
  };
}

/** The least that a manifest says. */
function describe(bytes: Uint8Array, schema: ModelSchema): Weights['manifest'] {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    format: 1,
    name: schema.name,
    file: { name: 'model.onnx', bytes: bytes.byteLength, sha256 },
    schema,
  };
}

function parseBeside(path: string, text: string): Manifest {
  try {
    // A manifest written elsewhere need not know the version it will get.
    return parseManifest({ ...JSON.parse(text), version: versionIn(text) ?? firstVersion });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`${path} is not a manifest: ${why}`, { cause });
  }
}

function versionIn(text: string): string | undefined {
  const { version } = JSON.parse(text);
  return version;
}

/** @throws {CliError} unless both take and give the same tensors: the function only knows its own schema */
function checkSchema(path: string, found: ModelSchema, expected: ModelSchema): void {
  if (found.name !== expected.name) {
    throw new CliError(`${path} is of the model '${found.name}', not of '${expected.name}'`);
  }
  for (const side of ['inputs', 'outputs'] as const) {
    const [has, takes] = [found[side].map(signature), expected[side].map(signature)];
    if (!isDeepStrictEqual(has, takes)) {
      throw new CliError(
        `${path}: the ${side} of the schema are ${has.join(', ')}, but ${expected.name} serves ${takes.join(', ')}`,
      );
    }
  }
}

function signature({ name, datatype, shape }: TensorSpec): string {
  return `${name} ${datatype} [${shape}]`;
}
