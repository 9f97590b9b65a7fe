import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Inspection } from '@chorus/intake';
import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import { firstVersion, type Manifest, parseManifest } from '@chorus/registry';
import type { ImageSection } from '@chorus/registry/manifest';
import { CliError, isCausedBy, messageOf } from './errors.ts';

/** Weights that open and answer, with a manifest that fits the model. */
export interface Weights {
  readonly bytes: Uint8Array;
  readonly manifest: Omit<Manifest, 'version'>;
  /** The version that the manifest on disk names, if there is one. */
  readonly named: string | undefined;
  /** False when the manifest was made here. */
  readonly hasManifest: boolean;
  /** For people: what was mended in the file and why. */
  readonly changes: readonly string[];
}

/**
 * Reads an ONNX file and the manifest beside it, opens the model and asks it; without a manifest, makes it from the
 * schema that the model is served with.
 *
 * @param path the file, or a folder with `model.onnx`
 * @param image what the model does with photos, for weights without a manifest
 * @throws {CliError} if a file cannot be read, the manifest is another model's, or the model takes or gives other tensors
 * @throws {IntakeError} if the file is no model that answers
 * @throws {ManifestError} if the manifest is not one
 */
export async function readWeights(
  path: string,
  schema: ModelSchema,
  image?: ImageSection,
): Promise<Weights> {
  const isFolder = (await stat(path).catch(unreadable(path))).isDirectory();
  const beside = join(isFolder ? path : dirname(path), 'manifest.json');
  const text = await readFile(beside, 'utf8').catch((error: unknown) => {
    if (isCausedBy(error, 'ENOENT')) return undefined;
    return unreadable(beside)(error);
  });
  const found = text === undefined ? undefined : parseBeside(beside, text);
  if (found !== undefined) checkSchema(beside, found.schema, schema);
  const { inspectModel } = await import('@chorus/intake');
  const missing = schema.inputs.some((input) => input.missing === true);
  const inspection = await inspectModel(path, { missing });
  const { bytes, changes } = inspection;
  // Between a photo and the graph of its classifier are the steps that the manifest describes.
  const photos = found === undefined ? image : found.image;
  if (photos === undefined) checkGraph(path, inspection, schema);
  else if (found === undefined) checkGraph(path, inspection, graphOf(photos, schema, inspection));
  if (found === undefined || text === undefined)
    return {
      bytes,
      manifest:
        image === undefined
          ? describe(inspection, schema)
          : { ...withoutExample(describe(inspection, schema)), image },
      named: undefined,
      hasManifest: false,
      changes,
    };
  const { version: _, ...manifest } = found;
  const file = changes.length === 0 ? manifest.file : describe(inspection, schema).file;
  return {
    bytes,
    manifest: { ...manifest, file },
    named: versionIn(text),
    hasManifest: true,
    changes,
  };
}

/** The tensors of a graph that classifies photos: it has a number for each class of the manifest, and perhaps more. */
function graphOf(
  { input, output, labels, others = [] }: ImageSection,
  schema: ModelSchema,
  { outputs }: Inspection,
): ModelSchema {
  const { name, datatype, layout, width, height } = input;
  const shape = layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
  const classes = 1 + Math.max(...[...labels, ...others].flatMap(({ indices }) => indices));
  const given = outputs.find((each) => each.name === output.name)?.shape.at(-1) ?? 0;
  const numbers = [
    { name: output.name, size: Math.max(classes, given) },
    ...(output.detection === undefined ? [] : [{ name: output.detection, size: 1 }]),
  ];
  return {
    ...schema,
    inputs: [{ name, datatype, shape }],
    outputs: numbers.map((each) => ({ name: each.name, datatype: 'FP32', shape: [1, each.size] })),
  };
}

/** The tensors of the graph's own example are not what callers of a classifier of photos send. */
function withoutExample({ example: _, ...manifest }: Weights['manifest']): Weights['manifest'] {
  return manifest;
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new CliError(`Cannot read ${path}: ${messageOf(cause)}`, { cause });
  };
}

/** Whether columns say which values they take: a row of zeros is then none that callers send. */
function isLimited({ columns = [] }: TensorSpec): boolean {
  return columns.some(
    ({ minimum, maximum, categories }) => (minimum ?? maximum ?? categories) !== undefined,
  );
}

/** The manifest of a model that was pushed without one. */
function describe(
  { bytes, example, optimize }: Inspection,
  schema: ModelSchema,
): Weights['manifest'] {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    format: 1,
    name: schema.name,
    file: { name: 'model.onnx', bytes: bytes.byteLength, sha256 },
    schema,
    ...(!schema.inputs.some(isLimited) && { example: { inputs: example.inputs } }),
    ...(optimize && { session: { optimize } }),
  };
}

function parseBeside(path: string, text: string): Manifest {
  try {
    // A manifest written elsewhere need not know the version it will get.
    return parseManifest({ ...JSON.parse(text), version: versionIn(text) ?? firstVersion });
  } catch (cause) {
    throw new CliError(`${path} is not a manifest: ${messageOf(cause)}`, { cause });
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

/** True if a graph takes or gives what the schema promises: a dimension that it leaves open takes any size. */
function fits(promised: TensorSpec, found: TensorSpec): boolean {
  return (
    promised.datatype === found.datatype &&
    promised.shape.length === found.shape.length &&
    found.shape.every((size, axis) => size === -1 || size === promised.shape[axis])
  );
}

/** Returns how one side of a graph differs from what the schema promises; nothing if it fits. */
function differences(
  promised: readonly TensorSpec[],
  found: readonly TensorSpec[],
): readonly string[] {
  return promised.flatMap((spec) => {
    const same = found.find(({ name }) => name === spec.name);
    if (same === undefined) return [`it has no ${signature(spec)}`];
    return fits(spec, same) ? [] : [`${signature(same)} instead of ${signature(spec)}`];
  });
}

/** @throws {CliError} if the graph does not take and give what callers of the model know */
function checkGraph(path: string, graph: Inspection, { name, inputs, outputs }: ModelSchema): void {
  const known = inputs.map((input) => input.name);
  const wrong = [
    ...differences(inputs, graph.inputs),
    ...graph.inputs.flatMap((input) =>
      known.includes(input.name) ? [] : [`it takes ${signature(input)} too`],
    ),
    ...differences(outputs, graph.outputs),
  ];
  if (wrong.length > 0)
    throw new CliError(
      `${path} is not what callers of ${name} know: ${wrong.join('; ')}. Nothing was published. Export it with the same tensors, or serve it under a name of its own: chorus models add`,
    );
}
