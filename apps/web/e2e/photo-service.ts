import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Blueprint, narrow } from '@chorus/blueprint';
import { migrate } from '@chorus/features';
import { openFeatureStore, openFolder, processes, publishModels, startCloud } from '@chorus/local';
import { openPages } from '@chorus/pages';
import { blueprint } from '@chorus/service';
import { path } from './env.ts';

/** The repository's root. */
const root: string = resolve(import.meta.dirname, '../../..');

/** The part of the service that the page asks: other models would have to be trained. */
const part = narrow(blueprint, {
  workflows: blueprint.workflows
    .map(({ name }) => name)
    .filter((name) => blueprint.pages?.some(({ settings }) => settings['workflow'] === name)),
});
const served: Blueprint = {
  ...part,
  functions: part.functions.filter(
    ({ kind, source, weights = 'weights' }) =>
      kind !== 'model' || existsSync(join(root, source, weights)),
  ),
};

/** A local cloud with the page. */
export interface PhotoService {
  readonly url: string;
  /** The folder of its data. */
  readonly directory: string;
  /** Stops it. */
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a local cloud with the page, its models published. */
export async function startPhotoService({
  port = 0,
  directory: given,
}: {
  readonly port?: number;
  readonly directory?: string;
} = {}): Promise<PhotoService> {
  const directory = given ?? (await mkdtemp(join(tmpdir(), 'chorus-web-')));
  const folder = await openFolder(directory);
  const compileCache = join(tmpdir(), 'node-compile-cache');
  const host = processes({ root, path, compileCache });
  const report = (line: string): void => {
    throw new Error(line);
  };
  const featureStore = openFeatureStore({
    servers: {},
    directory,
    compileCache,
    hostAddress: host.address,
    migrate,
    report: () => {},
  });
  const pages = openPages(served.pages ?? [], { root, path, report });
  const cloud = await startCloud({ blueprint: served, host, folder, port, featureStore, pages });
  const models = served.functions.filter(({ kind }) => kind === 'model');
  const { workflows } = served;
  await publishModels(cloud, models, { root, versions: {}, workflows, report: () => {} });
  await (await featureStore).ready;
  const stop = async (): Promise<void> => {
    await cloud.close(0);
    folder.release();
  };
  return {
    url: cloud.url,
    directory,
    stop,
    async remove() {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** One of the openly licensed photos of the classifier's package. */
export function samplePhoto(name: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(join(root, 'packages/models/image-classifier/photos', name));
}
