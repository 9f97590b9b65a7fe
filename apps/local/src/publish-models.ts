import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  examplesOf,
  type FunctionSpec,
  physicalName,
  versionVariable,
  type WorkflowSpec,
} from '@chorus/blueprint';
import { region } from '@chorus/emulator-aws';
import type { ServedFunction } from '@chorus/emulator-lambda';
import { type FunctionAnswer, PromotionError, prove } from '@chorus/promotion/prove';
import {
  createRegistry,
  firstVersion,
  manifestKey,
  modelKey,
  parseModelKey,
  type Registry,
  RegistryError,
  type RegistryLocation,
} from '@chorus/registry';
import type { Cloud } from './cloud.ts';
import { StartError } from './errors.ts';
import { currentEnvironment, goLive, liveSettings } from './go-live.ts';
import { leaveOut } from './leave-out.ts';
import { publishFirst } from './publish-first.ts';

type Environment = Readonly<Record<string, string>>;

export interface PublishOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** Versions asked for by name, by model. */
  readonly versions: Readonly<Record<string, string>>;
  /** Their examples are what a new version is asked first. */
  readonly workflows: readonly WorkflowSpec[];
  /** Called with a line for a person when something takes its time. */
  report(line: string): void;
}

/** Returns the environment with another MODEL_KEY; a checksum that a swap has set is of the version before. */
function environmentFor(served: ServedFunction, key: string): Environment {
  const live = liveSettings(served)?.environment;
  if (live?.['MODEL_KEY'] === key) return live;
  const kept = Object.entries(currentEnvironment(served));
  return Object.fromEntries([
    ...kept.filter(([name]) => name !== 'MODEL_SHA256'),
    ['MODEL_KEY', key],
  ]);
}

/** Returns the command that gets weights which the repository only names. */
export const fetchCommand = (model: string): string =>
  `npx -y pnpm@12 chorus models fetch ${model}`;

/** The version a model is to serve. */
interface Chosen {
  readonly model: FunctionSpec;
  readonly version: string;
  /** How it came to be that one: asked for by name, pushed by this start, or there already. */
  readonly by: 'name' | 'push' | 'registry';
}

/**
 * Gives every model function the weights it is to serve, as a published version that the alias `live` names: the model
 * version asked for, else the one that was live at the last start, else the newest in the registry, else a v1 that its package
 * ships or that is trained now. One that was not live before answers a request first.
 *
 * @returns the version of each model that is served
 * @throws {StartError} if a version asked for is not in the registry, or one does not answer
 */
export async function publishModels(
  cloud: Cloud,
  models: readonly FunctionSpec[],
  options: PublishOptions,
): Promise<Record<string, string>> {
  const { credentials } = cloud;
  const { workflows } = options;
  const client = new S3Client({ endpoint: cloud.url, region, credentials });
  const bucket = physicalName('models');
  const registry = createRegistry({ client, bucket });
  try {
    const chosen: Chosen[] = [];
    for (const model of models) {
      const served = cloud.lambda.find(physicalName(model.name));
      const key = liveSettings(served)?.environment['MODEL_KEY'];
      const choice = await versionToServe(registry, model, key, options);
      if (choice !== undefined) chosen.push(choice);
    }
    const waiting = chosen.values();
    async function serveSome(): Promise<void> {
      for (const each of waiting)
        await serve({ cloud, registry, workflows }, each).catch(async (cause: unknown) => {
          if (!(cause instanceof RegistryError || cause instanceof PromotionError)) throw cause;
          if (each.by === 'push') await unpush({ client, bucket }, each);
          throw notServed(each, cause);
        });
    }
    // After the training, which keeps this process from hearing answers, and no more at once than there are processors:
    // they answer within a time.
    await Promise.all(Array.from({ length: availableParallelism() }, serveSome));
    const live = Object.fromEntries(chosen.map(({ model, version }) => [model.name, version]));
    const names = models.map(({ name }) => name);
    await leaveOut(
      cloud,
      names.filter((name) => !Object.hasOwn(live, name)),
    );
    return live;
  } finally {
    client.destroy();
  }
}

/** The parts needed to make a version live. */
interface Publishing extends Pick<PublishOptions, 'workflows'> {
  readonly cloud: Cloud;
  readonly registry: Registry;
}

/** Makes a version live, once it has answered. @throws {PromotionError} if it does not */
async function serve(
  { cloud, registry, workflows }: Publishing,
  { model, version }: Chosen,
): Promise<void> {
  const served = cloud.lambda.find(physicalName(model.name));
  const environment = environmentFor(served, modelKey(model.name, version));
  await goLive(served, environment, async (functionVersion) => {
    const ask = async (event: string): Promise<FunctionAnswer> => {
      const payload = Buffer.from(event);
      const requestId = randomUUID();
      const answer = await served.invoke(functionVersion, { requestId, payload });
      return {
        text: Buffer.from(answer.payload).toString(),
        isError: answer.functionError !== undefined,
      };
    };
    const manifest = await registry.fetchManifest(model.name, version);
    await prove(ask, manifest, examplesOf({ workflows }, model));
  });
}

/**
 * Removes a version, so that the next start makes it anew from a package that was mended meanwhile. No request has
 * been served by it.
 */
async function unpush(
  { client, bucket }: RegistryLocation,
  { model: { name }, version }: Chosen,
): Promise<void> {
  // The manifest first: without it the version is not there.
  for (const Key of [manifestKey(name, version), modelKey(name, version)])
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
}

function notServed({ model, version, by }: Chosen, cause: Error): StartError {
  const { name, source } = model;
  const variable = versionVariable(name);
  const advice = {
    push: `It was not published: mend ${source} and start again`,
    name: `What was live before is live still: start without ${variable}, or with another version`,
    registry: `Start with another version: ${variable}=${firstVersion}`,
  };
  return new StartError(
    `${name} ${version} does not get ready, so nothing is served: ${cause.message}. ${advice[by]}.`,
    { cause },
  );
}

/**
 * @param liveKey MODEL_KEY of what was live
 * @returns undefined for a model whose weights are still to be fetched: it is not served
 */
async function versionToServe(
  registry: Registry,
  model: FunctionSpec,
  liveKey: string | undefined,
  options: PublishOptions,
): Promise<Chosen | undefined> {
  const started = performance.now();
  const asked = options.versions[model.name];
  if (asked === undefined && liveKey !== undefined)
    return { model, version: parseModelKey(liveKey).version, by: 'registry' };
  const versions = await registry.listVersions(model.name);
  const isNew = versions.length === 0;
  if (isNew) {
    const done = await publishFirst(registry, model, options.root);
    if (done === undefined && asked === undefined) return undefined;
    if (done !== undefined) {
      versions.push(firstVersion);
      const took = Math.round(performance.now() - started);
      options.report(`${done} ${model.name} v1 in ${took} ms`);
    }
  }
  if (asked !== undefined && !versions.includes(asked))
    throw new StartError(
      versions.length === 0
        ? `${model.name} has no version ${asked}: its weights are not here. Start without ${versionVariable(model.name)}, then get them: ${fetchCommand(model.name)}`
        : `${model.name} has no version ${asked} in the registry, only ${versions.join(', ')}. Train one: npx -y pnpm@12 chorus models train ${model.name}`,
    );
  const by = isNew ? 'push' : asked === undefined ? 'registry' : 'name';
  return { model, version: asked ?? versions.at(-1) ?? firstVersion, by };
}
