import { isDeepStrictEqual } from 'node:util';
import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import {
  fetchManifest,
  type Manifest,
  ManifestError,
  manifestKey,
  modelKey,
  UnknownModelError,
  UnknownVersionError,
} from '@chorus/registry';
import { listKeys } from '@chorus/registry/s3';
import { SchemaMismatchError } from './errors.ts';
import type { PromotionTarget } from './target.ts';

/**
 * Reads the manifest of a version that is to be made live.
 *
 * @throws {UnknownVersionError} with those there are
 * @throws {ManifestError} also when there are weights but no manifest: their push was cut off
 */
export async function readCandidate(
  { registry, model }: PromotionTarget,
  version: string,
): Promise<Manifest> {
  try {
    return await fetchManifest(registry, model, version);
  } catch (cause) {
    const isUnknown = cause instanceof UnknownVersionError || cause instanceof UnknownModelError;
    if (!isUnknown || (await listKeys(registry, modelKey(model, version))).length === 0)
      throw cause;
    throw new ManifestError(
      `${model} ${version} has weights but no manifest (s3://${registry.bucket}/${manifestKey(model, version)}): its push was cut off; repeat it, or push the weights as a new version`,
      { cause },
    );
  }
}

/** Reads the manifest of what is live; undefined when the registry no longer has it. */
export async function readLiveManifest(
  { registry, model }: PromotionTarget,
  version: string,
): Promise<Manifest | undefined> {
  try {
    return await fetchManifest(registry, model, version);
  } catch (error) {
    if (error instanceof UnknownVersionError || error instanceof UnknownModelError)
      return undefined;
    throw error;
  }
}

function signature({ name, datatype, shape, columns }: TensorSpec): string {
  const names =
    columns === undefined ? '' : ` of ${columns.map((column) => column.name).join(',')}`;
  return `${name} ${datatype} [${shape}]${names}`;
}

/**
 * Makes sure that a version can take the place of the one that is live: the same tensors and columns, in and out, and the same
 * classes in the same order where both name them.
 *
 * @throws {SchemaMismatchError} naming both
 */
export function checkSchemas(version: string, next: ModelSchema, live: ModelSchema): void {
  for (const side of ['inputs', 'outputs'] as const) {
    const [has, serves] = [next[side].map(signature), live[side].map(signature)];
    if (!isDeepStrictEqual(has, serves))
      throw new SchemaMismatchError(
        `${next.name} ${version} has other ${side} than the live version: ${has.join('; ')} instead of ${serves.join('; ')}. Push it as another model`,
      );
  }
  for (const { name, labels } of next.outputs) {
    const serves = live.outputs.find((each) => each.name === name)?.labels;
    if (labels !== undefined && serves !== undefined && !isDeepStrictEqual(labels, serves))
      throw new SchemaMismatchError(
        `${next.name} ${version} has other classes in ${name} than the live version: ${labels.join(', ')} instead of ${serves.join(', ')}. Push it as another model`,
      );
  }
}
