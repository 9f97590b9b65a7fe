import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import { firstVersion, parseManifest, type Registry } from '@chorus/registry';
import type { Recipe } from '@chorus/training';

/** Reads the bytes of a file; undefined when there is none. */
async function readOptional(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Pushes v1: the weights that the model's package ships in `weights/`, else those it trains by its recipe.
 *
 * @returns what was done, for a person
 */
export async function publishFirst(
  registry: Registry,
  model: FunctionSpec,
  root: string,
): Promise<string> {
  const folder = join(root, model.source);
  const shipped = await readOptional(join(folder, 'weights/manifest.json'));
  if (shipped !== undefined) {
    const manifest = parseManifest(JSON.parse(shipped.toString()));
    const bytes = await readFile(join(folder, 'weights/model.onnx'));
    await registry.pushVersion({ ...manifest, version: firstVersion }, bytes);
    return 'Verified and published';
  }
  const { train } = await import('@chorus/training');
  const { recipe }: { recipe: Recipe } = await import(
    pathToFileURL(join(folder, 'src/recipe.ts')).href
  );
  const { bytes, manifest } = await train(recipe);
  await registry.pushVersion({ ...manifest, version: firstVersion }, bytes);
  return 'Trained, verified and published';
}
