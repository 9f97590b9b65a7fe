import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blueprint, examplesOf, type FunctionSpec, recordOf } from '@chorus/blueprint';
import type { InferRequest, ModelSchema } from '@chorus/protocol';
import { type Manifest, parseManifest } from '@chorus/registry';
import { CliError, explain, isCausedBy } from './errors.ts';
import { predictBody } from './model-request.ts';
import { root } from './root.ts';
import type { Target } from './target.ts';

/**
 * Returns the manifest beside a model's weights in the repository; undefined for one that is trained.
 *
 * @throws {ManifestError} if it is damaged
 */
export async function localManifest({
  name,
  source,
  weights = `${source}/weights`,
}: FunctionSpec): Promise<Manifest | undefined> {
  const path = join(weights, 'manifest.json');
  try {
    return parseManifest(JSON.parse(await readFile(join(root, path), 'utf8')));
  } catch (cause) {
    if (isCausedBy(cause, 'ENOENT')) return undefined;
    throw new CliError(`${path} of ${name} cannot be read: ${explain(cause)}`, { cause });
  }
}

/** The manifest of what is live in a cloud, else of what is in the repository. */
async function findManifest(
  model: FunctionSpec,
  target: Target | undefined,
  say: (line: string) => void,
): Promise<Manifest | undefined> {
  if (target === undefined) return localManifest(model);
  const [{ withCloud }, { findLive }] = await Promise.all([
    import('./cloud.ts'),
    import('./live.ts'),
  ]);
  try {
    const live = await withCloud(target, (cloud) => findLive(cloud, model.name));
    if (live?.manifest !== undefined) return live.manifest;
  } catch (error) {
    say(`${target.label} does not tell what ${model.name} takes: ${explain(error)}`);
  }
  return localManifest(model);
}

/** Names of the features of a row, if the model takes rows. */
function featuresOf({ inputs }: ModelSchema): readonly string[] {
  const [first] = inputs;
  return inputs.length === 1 && first?.columns !== undefined
    ? first.columns.map(({ name }) => name)
    : inputs.map(({ name }) => name);
}

/**
 * Returns a body to try a model with: the example of its manifest, else of the blueprint, else the features that it takes of
 * the example of a workflow.
 *
 * @param target the cloud whose live version is asked; undefined for what is in the repository
 * @returns undefined if there is none
 */
export async function exampleOf(
  model: FunctionSpec,
  blueprint: Blueprint,
  target: Target | undefined,
  say: (line: string) => void,
): Promise<unknown> {
  const manifest = await findManifest(model, target, say);
  const examples = examplesOf(blueprint, model);
  if (manifest !== undefined) {
    const { schema, example } = manifest;
    const own: Pick<InferRequest, 'inputs'> | undefined = example ?? model.example;
    if (own !== undefined) return predictBody(schema, own);
    const names = featuresOf(schema);
    for (const each of examples) {
      const row = recordOf('row' in each ? each.row : undefined);
      if (names.every((name) => Object.hasOwn(row, name)))
        return Object.fromEntries(names.map((name) => [name, row[name]]));
    }
  }
  return undefined;
}
