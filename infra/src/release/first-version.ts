import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import { firstVersion, parseManifest, type Registry, UnknownVersionError } from '@chorus/registry';
import type { Recipe } from '@chorus/training';
import type { ModelVersion } from '../pins.ts';

/** The parts of the registry that a first version needs. */
export type Versioned = Pick<Registry, 'listVersions' | 'fetchManifest' | 'pushVersion'>;

/**
 * Pushes v1: the weights that the model has in a folder, by default `weights/` of its package, else those it trains by its
 * package's recipe.
 *
 * @throws {UnknownVersionError} if the model has no package that could train it, and its folder has no weights
 */
async function pushFirst(registry: Versioned, spec: FunctionSpec, root: string): Promise<string> {
  const own = join(root, spec.source, 'weights');
  const weights = spec.weights === undefined ? own : join(root, spec.weights);
  if (weights !== own && !existsSync(weights))
    throw new UnknownVersionError(
      `${spec.name} has no version in the registry, and there is no folder ${spec.weights} to make the first of: add the model again, or take it out of the service`,
    );
  if (existsSync(weights)) {
    const shipped = parseManifest(
      JSON.parse(await readFile(join(weights, 'manifest.json'), 'utf8')),
    );
    const model = await readFile(join(weights, shipped.file.name));
    await registry.pushVersion({ ...shipped, version: firstVersion }, model);
    return firstVersion;
  }
  const { train } = await import('@chorus/training');
  const file = join(root, spec.source, 'src/recipe.ts');
  const { recipe }: { recipe: Recipe } = await import(pathToFileURL(file).href);
  const { bytes, manifest } = await train(recipe);
  await registry.pushVersion({ ...manifest, version: firstVersion }, bytes);
  return firstVersion;
}

/**
 * The version that a model is deployed with: the one asked for, or the newest there is, or a v1 that its package
 * ships or that is trained now, so that the first deployment answers.
 *
 * @param asked the version that the command line asks for, if it does
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
