import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { type FunctionSpec, physicalName } from '@chorus/blueprint';
import { createRegistry, modelKey, parseModelKey, type Registry } from '@chorus/registry';
import type { Recipe } from '@chorus/training';
import { credentials, region } from './account.ts';
import type { Cloud } from './cloud.ts';
import { StartError } from './errors.ts';

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

/**
 * Gives every model function the weights it is to serve: the version asked for, else the one it had at the last
 * start, else the newest in the registry, else a v1 trained now.
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
    const started = performance.now();
    const functionName = physicalName(model.name);
    const { environment } = cloud.lambda.describe(functionName).settings;
    const configured = environment['MODEL_KEY'];
    const asked = options.versions[model.name];
    if (asked === undefined && configured !== undefined) {
      live[model.name] = parseModelKey(configured).version;
      continue;
    }
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
    const version = asked ?? versions.at(-1) ?? 'v1';
    live[model.name] = version;
    // A checksum that a swap has set is of the version before.
    const { MODEL_SHA256: _, ...kept } = environment;
    await cloud.lambda.configure(functionName, {
      Environment: { Variables: { ...kept, MODEL_KEY: modelKey(model.name, version) } },
    });
  }
  client.destroy();
  return live;
}
