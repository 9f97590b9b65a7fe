import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { type FunctionSpec, liveAlias, physicalName } from '@chorus/blueprint';
import { createRegistry, modelKey, parseModelKey, type Registry } from '@chorus/registry';
import type { Recipe } from '@chorus/training';
import { credentials, region } from './account.ts';
import type { Cloud } from './cloud.ts';
import { StartError } from './errors.ts';
import type { FunctionSettings } from './lambda/functions.ts';
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

/** Trains the model by its package's recipe and pushes it as v1. */
async function publishFirst(
  registry: Registry,
  model: FunctionSpec,
  root: string,
): Promise<string> {
  const { train } = await import('@chorus/training');
  const file = join(root, model.source, 'src/recipe.ts');
  const { recipe }: { recipe: Recipe } = await import(pathToFileURL(file).href);
  const { bytes, manifest } = await train(recipe);
  await registry.pushVersion({ ...manifest, version: 'v1' }, bytes);
  return 'v1';
}

/** What the alias `live` invokes; undefined when there is none yet. */
function liveSettings(served: ServedFunction): FunctionSettings | undefined {
  const isLive = served.aliases().some(({ name }) => name === liveAlias);
  return isLive ? served.describe(liveAlias).settings : undefined;
}

/** Configures `$LATEST` and makes it live as a published version, unless what is live is just that. */
async function goLive(served: ServedFunction, environment: Environment): Promise<void> {
  await served.update({ Environment: { Variables: environment } }).done;
  const { memoryMb, timeoutSeconds } = served.describe().settings;
  const live = liveSettings(served);
  const wanted = { ...live, environment, memoryMb, timeoutSeconds };
  if (live !== undefined && isDeepStrictEqual(live, wanted)) return;
  const { version } = await served.publish({});
  await (live === undefined
    ? served.createAlias({ Name: liveAlias, FunctionVersion: version })
    : served.updateAlias(liveAlias, {
        FunctionVersion: version,
        RoutingConfig: {},
        Description: '',
      }));
}

/** The environment with another MODEL_KEY; a checksum that a swap has set is of the version before. */
function environmentFor(served: ServedFunction, key: string): Environment {
  const live = liveSettings(served)?.environment;
  if (live?.['MODEL_KEY'] === key) return live;
  const kept = Object.entries({ ...served.describe().settings.environment, ...live });
  return Object.fromEntries([
    ...kept.filter(([name]) => name !== 'MODEL_SHA256'),
    ['MODEL_KEY', key],
  ]);
}

/**
 * Gives every model function the weights it is to serve, as a published version that the alias `live` names: the model
 * version asked for, else the one that was live at the last start, else the newest in the registry, else a v1 trained now.
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
    versions.push(await publishFirst(registry, model, options.root));
    const took = Math.round(performance.now() - started);
    options.report(`Trained, verified and published ${model.name} v1 in ${took} ms`);
  }
  if (asked !== undefined && !versions.includes(asked))
    throw new StartError(
      `${model.name} has no version ${asked} in the registry, only ${versions.join(', ')}. Train one: npx -y pnpm@12 chorus models train ${model.name}`,
    );
  return asked ?? versions.at(-1) ?? 'v1';
}
