import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Console } from '@chorus/cli/console';
import { explainFileError, LocalCloudError } from '@chorus/emulator-files';
import { openPages } from '@chorus/pages';
import { blueprint } from '@chorus/service';
import { type Folder, openFolder } from './access/folder.ts';
import { removeAddress, writeAddress } from './address-file.ts';
import { banner } from './banner.ts';
import { type Cloud, startCloud } from './cloud.ts';
import type { CloudOptions } from './cloud-options.ts';
import { type Environment, readEnvironment, wantsStacks } from './env.ts';
import { StartError } from './errors.ts';
import type { FeatureStore, FeatureStoreOptions } from './feature-store.ts';
import type { FunctionHost } from './hosts/host.ts';
import { processes } from './hosts/processes.ts';
import { publishModels } from './publish-models.ts';
import { withConsole } from './with-console.ts';

/** The repository's root, three folders up from this file. */
const root = resolve(import.meta.dirname, '../../..');

/** Resolves with the first signal that asks the process to end. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => stop(signal));
  });
}

async function openCloud(options: CloudOptions): Promise<Cloud> {
  try {
    return await startCloud(options);
  } catch (error) {
    await options.host.close();
    // If it could not be opened, that is the error.
    const featureStore = await options.featureStore?.catch(() => undefined);
    await featureStore?.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new StartError(
        `Port ${options.port} is taken, perhaps by another program. Choose another: PORT=${options.port + 1} npx -y pnpm@12 start`,
        { cause: error },
      );
    throw error;
  }
}

/** True when functions are to run as containers of their images. */
function readArguments(argv: readonly string[]): boolean {
  try {
    const { values } = parseArgs({ args: [...argv], options: { images: { type: 'boolean' } } });
    return values.images === true;
  } catch (cause) {
    throw new StartError(
      `${cause instanceof Error ? cause.message : cause}. There is one option: --images runs functions as containers of their images.`,
      { cause },
    );
  }
}

/** Loaded only when asked for: a start without images needs no container engine. */
async function openContainers(path: string): Promise<FunctionHost> {
  const { containerHost } = await import('./hosts/images.ts');
  return containerHost(blueprint.functions, path);
}

/** Loaded only for a blueprint that has a feature store: the embedded database takes 300 MB. */
async function openFeatures(options: Omit<FeatureStoreOptions, 'migrate'>): Promise<FeatureStore> {
  const { openFeatureStore } = await import('./feature-store.ts');
  return openFeatureStore({
    ...options,
    async migrate(databaseUrl) {
      const { migrate } = await import('@chorus/features');
      return migrate(databaseUrl);
    },
  });
}

/** Loaded once all is served: it is the whole command line. */
async function openConsole(
  { directory, credentials }: Folder,
  path: string,
  report: (line: string) => void,
): Promise<Console> {
  const { openWholeConsole, processVariables } = await import('@chorus/cli/console');
  return openWholeConsole({
    root,
    path,
    report,
    // Its commands talk to this cloud, whatever else the environment names.
    env: { ...processVariables(), AWS_ENDPOINT_URL: '', CHORUS_DIRECTORY: directory },
    label: 'the local cloud',
    secret: credentials.secretAccessKey,
  });
}

interface Serving {
  readonly folder: Folder;
  readonly environment: Environment;
  readonly withImages: boolean;
  /** Resolves with the signal that ends it. */
  readonly stopped: Promise<NodeJS.Signals>;
  /** When the process began, on the monotonic clock, in milliseconds. */
  readonly started: number;
}

const models = blueprint.functions.filter(({ kind }) => kind === 'model');

/** Opens the cloud in a folder that is this process's, and serves until a signal comes. */
async function serve({
  folder,
  environment,
  withImages,
  stopped,
  started,
}: Serving): Promise<void> {
  const { port, path, versions, inFlight, featureServers } = environment;
  const { directory, credentials } = folder;
  const address = join(directory, 'local.json');
  const report = (line: string) => console.log(line);
  const compileCache = join(directory, 'compile-cache');
  const host = withImages ? await openContainers(path) : processes({ root, path, compileCache });
  // The database starts beside all the rest.
  const featureStore =
    blueprint.featureStore &&
    openFeatures({
      servers: featureServers,
      directory,
      compileCache,
      hostAddress: host.address,
      report,
    });
  const ready = Promise.withResolvers<void>();
  const opening = ready.promise.then(() => openConsole(folder, path, report));
  const pages = withConsole(openPages(blueprint.pages ?? [], { root, path, report }), opening);
  const cloud = await openCloud({
    blueprint,
    host,
    folder,
    port,
    ready: ready.promise,
    report,
    pages,
    ...(inFlight !== undefined && { inFlight }),
    ...(featureStore && { featureStore }),
  });
  try {
    await writeAddress(address, cloud.url);
    const { workflows } = blueprint;
    const live = await publishModels(cloud, models, { root, versions, workflows, report });
    const features = await featureStore;
    await features?.ready;
    ready.resolve();
    console.log(
      banner({
        url: cloud.url,
        credentials,
        live,
        notServed: models.map(({ name }) => name).filter((name) => !Object.hasOwn(live, name)),
        workflows,
        pages: blueprint.pages ?? [],
        features: features?.here,
        directory: environment.directory,
        milliseconds: performance.now() - started,
      }),
    );
    console.log(`\nIn a browser, all of chorus: ${(await opening).url(cloud.url)}`);
    console.log(`\n${await stopped}: stopping`);
  } finally {
    await removeAddress(address);
    // A second Ctrl-C ends it at once.
    await cloud.close(10_000);
  }
}

async function serveUntilStopped(argv: readonly string[]): Promise<void> {
  const started = performance.now();
  const stopped = stopSignal();
  const withImages = readArguments(argv);
  const environment = readEnvironment(models.map(({ name }) => name));
  const folder = await openFolder(resolve(root, environment.directory));
  try {
    await serve({ folder, environment, withImages, stopped, started });
  } finally {
    folder.release();
  }
}

/** Returns the one line about a failed start that tells a person what to do. */
function explain(error: unknown): string {
  if (error instanceof LocalCloudError) return error.message;
  const isOfSystem = error instanceof Error && 'code' in error && 'syscall' in error;
  if (isOfSystem) return explainFileError(error, 'A file of the local cloud').message;
  const message = error instanceof Error ? error.message : String(error);
  return `The local cloud could not start: ${message.replaceAll(/\s+/g, ' ')}. CHORUS_DEBUG=1 shows where.`;
}

/**
 * `pnpm start`: the local cloud with every model of the blueprint published and configured. Runs until Ctrl-C;
 * a start that cannot be is one line on standard error and exit code 1.
 */
export async function start(argv: readonly string[]): Promise<void> {
  try {
    await serveUntilStopped(argv);
  } catch (error) {
    console.error(explain(error));
    if (wantsStacks()) console.error(error);
    process.exitCode = 1;
  }
}
