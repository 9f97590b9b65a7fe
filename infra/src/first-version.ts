import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import type { Registry } from '@chorus/registry';
import type { Recipe } from '@chorus/training';
import type { ModelVersion } from './options.ts';

/** What this needs of the registry. */
export type Versioned = Pick<Registry, 'listVersions' | 'fetchManifest' | 'pushVersion'>;

/** Trains a model by its package's recipe and pushes it as v1. */
async function pushFirst(registry: Versioned, spec: FunctionSpec, root: string): Promise<string> {
  const { train } = await import('@chorus/training');
  const file = join(root, spec.source, 'src/recipe.ts');
  const { recipe }: { recipe: Recipe } = await import(pathToFileURL(file).href);
  const { bytes, manifest } = await train(recipe);
  await registry.pushVersion({ ...manifest, version: 'v1' }, bytes);
  return 'v1';
}

/**
 * The version that a model is deployed with: the one asked for, or the newest there is, or a v1 trained now, so that the
 * first deployment answers.
 *
 * @param asked by `<MODEL>_MODEL_VERSION`, if it is
 * @throws {UnknownVersionError} if the registry has no such version
 */
export async function versionToDeploy(
  registry: Versioned,
  spec: FunctionSpec,
  root: string,
  asked: string | undefined,
): Promise<ModelVersion> {
  const newest = async () => (await registry.listVersions(spec.name)).at(-1);
  const version = asked ?? (await newest()) ?? (await pushFirst(registry, spec, root));
  const { file } = await registry.fetchManifest(spec.name, version);
  return { version, sha256: file.sha256 };
}
