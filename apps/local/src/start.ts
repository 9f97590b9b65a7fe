import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { blueprint } from '@chorus/blueprint';
import { banner } from './banner.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { readEnvironment } from './env.ts';
import { publishModels } from './publish-models.ts';

/** The repository's root, three folders up from this file. */
const root = resolve(import.meta.dirname, '../../..');

function portTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Resolves with the first signal that asks the process to end. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolveSignal) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolveSignal(signal));
  });
}

/**
 * `pnpm start`: the local cloud with every model of the blueprint published and configured. Runs until Ctrl-C.
 * Writes its address to `.chorus/local.json`, where the CLI finds it.
 */
export async function start(): Promise<void> {
  const started = performance.now();
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  const environment = readEnvironment(models.map(({ name }) => name));
  const directory = resolve(root, environment.directory);
  await mkdir(directory, { recursive: true });

  const stopped = stopSignal();
  let cloud: Cloud;
  try {
    cloud = await startCloud({
      blueprint,
      root,
      directory,
      port: environment.port,
      path: environment.path,
    });
  } catch (error) {
    if (!portTaken(error)) throw error;
    console.error(
      `Port ${environment.port} is taken, perhaps by another start. Stop that one, or choose a port: PORT=${environment.port + 1} npx -y pnpm@12 start`,
    );
    process.exitCode = 1;
    return;
  }

  const address = join(directory, 'local.json');
  try {
    const live = await publishModels(cloud, models, {
      root,
      versions: environment.versions,
      report: (line) => console.log(line),
    });
    await writeFile(address, `${JSON.stringify({ url: cloud.url, pid: process.pid })}\n`);
    console.log(banner(cloud.url, live, environment.directory, performance.now() - started));
    const signal = await stopped;
    console.log(`\n${signal}: stopping`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await rm(address, { force: true });
    await cloud.close();
  }
}
