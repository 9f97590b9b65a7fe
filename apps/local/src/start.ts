import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { blueprint } from '@chorus/blueprint';
import { assertAlone, removeAddress, writeAddress } from './address-file.ts';
import { banner } from './banner.ts';
import { type Cloud, type CloudOptions, startCloud } from './cloud.ts';
import { readEnvironment } from './env.ts';
import { LocalCloudError, StartError } from './errors.ts';
import { publishModels } from './publish-models.ts';

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
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new StartError(
        `Port ${options.port} is taken, perhaps by another program. Choose another: PORT=${options.port + 1} npx -y pnpm@12 start`,
        { cause: error },
      );
    throw error;
  }
}

async function serveUntilStopped(): Promise<void> {
  const started = performance.now();
  const stopped = stopSignal();
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  const { port, path, versions, ...environment } = readEnvironment(models.map(({ name }) => name));
  const directory = resolve(root, environment.directory);
  const address = join(directory, 'local.json');
  await mkdir(directory, { recursive: true });
  await assertAlone(address);

  const cloud = await openCloud({ blueprint, root, directory, port, path });
  try {
    await writeAddress(address, cloud.url);
    const report = (line: string) => console.log(line);
    const live = await publishModels(cloud, models, { root, versions, report });
    const [workflow] = blueprint.workflows;
    const milliseconds = performance.now() - started;
    console.log(
      banner({ url: cloud.url, live, workflow, directory: environment.directory, milliseconds }),
    );
    console.log(`\n${await stopped}: stopping`);
  } finally {
    await removeAddress(address);
    await cloud.close();
  }
}

/**
 * `pnpm start`: the local cloud with every model of the blueprint published and configured. Runs until Ctrl-C;
 * a start that cannot be is one line on standard error and exit code 1.
 */
export async function start(): Promise<void> {
  try {
    await serveUntilStopped();
  } catch (error) {
    if (!(error instanceof LocalCloudError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
