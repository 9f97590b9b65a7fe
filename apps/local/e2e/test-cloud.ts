import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { type Blueprint, type FunctionSpec, physicalName } from '@chorus/blueprint';
import { migrate } from '@chorus/features';
import { createRegistry, firstVersion } from '@chorus/registry';
import { type Recipe, type TrainedModel, train } from '@chorus/training';
import {
  type Cloud,
  type CloudOptions,
  type FeatureAddresses,
  type FeatureServers,
  type FunctionHost,
  openFeatureStore,
  openFolder,
  processes,
  publishModels,
  region,
  startCloud,
} from '../src/index.ts';
import { houses } from './fixed-service.ts';

/** The repository's root. */
export const root: string = resolve(import.meta.dirname, '../../..');

/** Node's own folder for what V8 has compiled: all clouds of the tests run the same code, so one compiles it for all. */
export const compileCache: string = join(tmpdir(), 'node-compile-cache');

/** A local cloud in this process, on a free port, with a folder of its own. */
export interface TestCloud extends Cloud {
  readonly directory: string;
  /** The addresses of the database and its cache, if the blueprint wants them. */
  readonly features: FeatureAddresses | undefined;
  /** Stops the cloud and removes its folder. */
  remove(): Promise<void>;
}

export async function startTestCloud(
  of: Blueprint = houses,
  given?: string,
  openHost?: () => Promise<FunctionHost>,
  servers: FeatureServers = {},
  inFlight?: number,
  options: Pick<CloudOptions, 'chaosClock' | 'report'> = {},
): Promise<TestCloud> {
  const directory = given ?? (await mkdtemp(join(tmpdir(), 'chorus-e2e-')));
  const folder = await openFolder(directory);
  const host = (await openHost?.()) ?? processes({ root, path: '', compileCache });
  const featureStore =
    of.featureStore &&
    openFeatureStore({
      servers,
      directory,
      compileCache,
      hostAddress: host.address,
      migrate,
      report: () => {},
    });
  const cloud = await startCloud({
    blueprint: of,
    host,
    folder,
    port: 0,
    ...(featureStore && { featureStore }),
    ...(inFlight !== undefined && { inFlight }),
    ...options,
  }).catch((error: unknown) => {
    folder.release();
    throw error;
  });
  const features = await featureStore;
  await features?.ready;
  return {
    ...cloud,
    directory,
    features: features?.here,
    async close(graceMs) {
      await cloud.close(graceMs);
      folder.release();
    },
    async remove() {
      await cloud.close(0);
      folder.release();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const trained = new Map<string, Promise<TrainedModel>>();

/** Trains by the recipe of a package, once for all clouds of a process. That a start trains is shown where one starts. */
function trainedBy(recipeFile: string): Promise<TrainedModel> {
  const known =
    trained.get(recipeFile) ??
    import(recipeFile).then(({ recipe }: { readonly recipe: Recipe }) => train(recipe));
  trained.set(recipeFile, known);
  return known;
}

/** Pushes v1 of the models that a recipe trains. */
async function pushTrained(cloud: Cloud, models: readonly FunctionSpec[]): Promise<void> {
  const { url: endpoint, credentials } = cloud;
  const client = new S3Client({ endpoint, region, credentials });
  const registry = createRegistry({ client, bucket: physicalName('models') });
  try {
    for (const { source } of models) {
      const recipeFile = join(root, source, 'src/recipe.ts');
      if (!existsSync(recipeFile)) continue;
      const { manifest, bytes } = await trainedBy(recipeFile);
      await registry.pushVersion({ ...manifest, version: firstVersion }, bytes);
    }
  } finally {
    client.destroy();
  }
}

/** The same with every model trained, published and configured, as after `pnpm start`. */
export async function startServingCloud(
  openHost?: () => Promise<FunctionHost>,
  of: Blueprint = houses,
  servers?: FeatureServers,
  inFlight?: number,
  options?: Pick<CloudOptions, 'chaosClock' | 'report'>,
  directory?: string,
): Promise<TestCloud> {
  const cloud = await startTestCloud(of, directory, openHost, servers, inFlight, options);
  const models = of.functions.filter(({ kind }) => kind === 'model');
  const { workflows } = of;
  await pushTrained(cloud, models);
  await publishModels(cloud, models, { root, versions: {}, workflows, report: () => {} });
  return cloud;
}

/** Returns a blueprint of one function from `e2e/functions`. */
export function moodyBlueprint(options: Partial<FunctionSpec> = {}): Blueprint {
  const moody: FunctionSpec = {
    name: 'moody',
    kind: 'model',
    source: 'apps/local/e2e/functions/moody',
    memoryMb: 128,
    timeoutSeconds: 5,
    concurrency: 2,
    ...options,
  };
  return { functions: [moody], workflows: [], routes: [], buckets: [] };
}

/** The first house of the Boston data, whose price is 24.0. */
export { bostonExample as house } from '@chorus/training/boston';

/** Posts a value as JSON, or text as it is, to a path of the cloud. */
export async function post(
  cloud: Cloud,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Promise<{ readonly status: number; readonly body: ApiBody }> {
  const response = await fetch(`${cloud.url}${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** The answer of `/predict/house-price`, an error or predictions. */
export interface ApiBody {
  readonly error: string;
  readonly predictions: readonly Readonly<Record<string, number>>[];
  readonly models: Readonly<
    Record<string, { version: string; attempts: number; coldStart: boolean }>
  >;
  readonly failed: Readonly<Record<string, { error: string; message: string }>>;
  readonly requestId: string;
}
