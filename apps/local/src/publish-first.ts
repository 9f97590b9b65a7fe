import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import { codeState, firstVersion, type Registry } from '@chorus/registry';
import { readShipped } from '@chorus/registry/shipped';
import type { Recipe } from '@chorus/training';
import { StartError } from './errors.ts';

/**
 * Pushes v1: the weights that the model has in a folder, by default `weights/` of its package, else those it trains by its
 * package's recipe.
 *
 * @returns what was done, for a person; undefined where the weights are still to be fetched
 * @throws {StartError} if the model has no package that could train it and its folder has no weights of it
 */
export async function publishFirst(
  registry: Registry,
  { name, source, weights = `${source}/weights` }: FunctionSpec,
  root: string,
): Promise<string | undefined> {
  const shipped = await readShipped(join(root, weights));
  if (shipped !== undefined) {
    const { manifest, bytes } = shipped;
    if (manifest.name !== name)
      throw new StartError(
        `${weights}/manifest.json is of the model ${manifest.name}, not of ${name}: the folder and the manifest have to say the same name`,
      );
    // A start asks nothing of the network.
    if (bytes === undefined) return undefined;
    await registry.pushVersion({ ...manifest, version: firstVersion }, bytes);
    return 'Verified and published';
  }
  if (weights !== `${source}/weights`)
    throw new StartError(
      `${name} has no ${weights}/manifest.json: add the model again, or take its line out of the service`,
    );
  const { train } = await import('@chorus/training');
  const { recipe }: { recipe: Recipe } = await import(
    pathToFileURL(join(root, source, 'src/recipe.ts')).href
  );
  const [{ bytes, manifest }, code] = await Promise.all([train(recipe), codeState(root)]);
  const lineage = code && { lineage: { code } };
  await registry.pushVersion({ ...manifest, version: firstVersion, ...lineage }, bytes);
  return 'Trained, verified and published';
}
