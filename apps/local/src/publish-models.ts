import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { type FunctionSpec, physicalName } from '@chorus/blueprint';
import {
  createRegistry,
  modelKey,
  parseManifest,
  parseModelKey,
  type Registry,
} from '@chorus/registry';
import type { Recipe } from '@chorus/training';
import { credentials, region } from './account.ts';
import type { Cloud } from './cloud.ts';
import { StartError } from './errors.ts';
import { currentEnvironment, goLive, liveSettings } from './go-live.ts';
import type { ServedFunction } from './lambda/served-function.ts';

type Environment = Readonly<Record<string, string>>;

export interface PublishOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** Versions asked for by name, by model. */
  readonly versions: Readonly<Record<string, string>>;
  /** Called with a line for a person when something takes its time. */
  report(line: string): void;
}

/** The bytes of a file; undefined when there is none. */
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
async function publishFirst(
  registry: Registry,
  model: FunctionSpec,
  root: string,
): Promise<string> {
  const folder = join(root, model.source);
  const shipped = await readOptional(join(folder, 'weights/manifest.json'));
  if (shipped !== undefined) {
    const manifest = parseManifest(JSON.parse(shipped.toString()));
    const bytes = await readFile(join(folder, 'weights/model.onnx'));
    await registry.pushVersion({ ...manifest, version: 'v1' }, bytes);
    return 'Verified and published';
  }
  const { train } = await import('@chorus/training');
  const { recipe }: { recipe: Recipe } = await import(
    pathToFileURL(join(folder, 'src/recipe.ts')).href
  );
  const { bytes, manifest } = await train(recipe);
  await registry.pushVersion({ ...manifest, version: 'v1' }, bytes);
  return 'Trained, verified and published';
}

/** The environment with another MODEL_KEY; a checksum that a swap has set is of the version before. */
function environmentFor(served: ServedFunction, key: string): Environment {
  const live = liveSettings(served)?.environment;
  if (live?.['MODEL_KEY'] === key) return live;
  const kept = Object.entries(currentEnvironment(served));
  return Object.fromEntries([
    ...kept.filter(([name]) => name !== 'MODEL_SHA256'),
    ['MODEL_KEY', key],
  ]);
}

/**
 * Gives every model function the weights it is to serve, as a published version that the alias `live` names: the model
 * version asked for, else the one that was live at the last start, else the newest in the registry, else a v1 that its package
 * ships or that is trained now.
 *
 * @returns the version of each model
 * @throws {StartError} if a version asked for is not in the registry
 */
export async function publishModels(
  cloud: Cloud,
  models: readonly FunctionSpec[],
  options: PublishOptions,
): Promise<Record<string, string>> {
  const client = new S3Client({ endpoint: cloud.url, region, credentials });
  const registry = createRegistry({ client, bucket: physicalName('models') });
  const live: Record<string, string> = {};
  for (const model of models) {
    const served = cloud.lambda.find(physicalName(model.name));
    const key = liveSettings(served)?.environment['MODEL_KEY'];
    const version = await versionToServe(registry, model, key, options);
    await goLive(served, environmentFor(served, modelKey(model.name, version)));
    live[model.name] = version;
  }
  client.destroy();
  return live;
}

/** @param liveKey MODEL_KEY of what was live */
async function versionToServe(
  registry: Registry,
  model: FunctionSpec,
  liveKey: string | undefined,
  options: PublishOptions,
): Promise<string> {
  const started = performance.now();
  const asked = options.versions[model.name];
  if (asked === undefined && liveKey !== undefined) return parseModelKey(liveKey).version;
  const versions = await registry.listVersions(model.name);
  if (versions.length === 0) {
    const done = await publishFirst(registry, model, options.root);
    versions.push('v1');
    const took = Math.round(performance.now() - started);
    options.report(`${done} ${model.name} v1 in ${took} ms`);
  }
  if (asked !== undefined && !versions.includes(asked))
    throw new StartError(
      `${model.name} has no version ${asked} in the registry, only ${versions.join(', ')}. Train one: npx -y pnpm@12 chorus models train ${model.name}`,
    );
  return asked ?? versions.at(-1) ?? 'v1';
}
