import { hash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { recipe } from '@chorus/random-forest/recipe';
import { createRegistry, type Manifest, type Registry } from '@chorus/registry';
import { blueprint as service } from '@chorus/service';
import { train } from '@chorus/training';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { publishModels, region } from '../src/index.ts';
import { hostileGraphs } from './hostile-graphs.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const forest = {
  name: 'random-forest',
  kind: 'model',
  source: 'packages/models/random-forest',
  memoryMb: 1024,
  timeoutSeconds: 6,
  concurrency: 2,
} as const;
const blueprint = {
  functions: [forest],
  workflows: [],
  routes: [],
  buckets: [{ name: 'models', purpose: 'weights' }],
};

let trained: { readonly bytes: Uint8Array; readonly manifest: Omit<Manifest, 'version'> };
let cloud: TestCloud;
let registry: Registry;
let client: S3Client;
/** The folder in which the model's package is looked for, with the weights that it ships. */
let root: string;
beforeAll(async () => {
  trained = await train(recipe, { options: { trees: 5 } });
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chorus-package-'));
  cloud = await startTestCloud(blueprint);
  client = new S3Client({ endpoint: cloud.url, region, credentials: cloud.credentials });
  registry = createRegistry({ client, bucket: 'chorus-models' });
});
afterEach(async () => {
  client.destroy();
  await cloud.remove();
  await rm(root, { recursive: true });
});
afterAll(() => vi.restoreAllMocks());

const manifestOf = (bytes: Uint8Array) => ({
  ...trained.manifest,
  file: { ...trained.manifest.file, bytes: bytes.byteLength, sha256: hash('sha256', bytes) },
});

async function ship(bytes: Uint8Array): Promise<void> {
  const folder = join(root, forest.source, 'weights');
  await mkdir(folder, { recursive: true });
  const manifest = { ...manifestOf(bytes), version: 'v1' };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'model.onnx'), bytes);
}

const { workflows } = service;
const publish = (versions: Readonly<Record<string, string>> = {}) =>
  publishModels(cloud, [forest], { root, versions, workflows, report: () => {} });
const served = () => cloud.lambda.find('chorus-random-forest');
const nan = hostileGraphs['not a number'] ?? Buffer.of();

describe('a start', () => {
  it('does not publish a first version that cannot answer, and publishes it once it is mended', async () => {
    await ship(nan);
    await expect(publish()).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(
        /^random-forest v1 does not get ready, so nothing is served: BadAnswerError: .*no finite number.*mend packages\/models\/random-forest and start again\.$/,
      ),
    });
    expect(served().aliases()).toEqual([]);
    expect(await registry.listVersions('random-forest')).toEqual([]);
    await cloud.close(0);
    cloud = await startTestCloud(blueprint, cloud.directory);
    await ship(trained.bytes);
    expect(await publish()).toEqual({ 'random-forest': 'v1' });
    expect(served().alias('live')).toBeDefined();
  });

  it('asks nothing of what was live before', async () => {
    await ship(trained.bytes);
    const invoke = vi.spyOn(served(), 'invoke');
    await publish();
    expect(invoke).toHaveBeenCalled();
    const before = served().alias('live');
    invoke.mockClear();
    await publish();
    expect(invoke).not.toHaveBeenCalled();
    expect(served().alias('live')).toEqual(before);
  });

  it('with a version by name that cannot answer leaves what was live alone', async () => {
    await ship(trained.bytes);
    await publish();
    const before = served().alias('live');
    await registry.pushVersion({ ...manifestOf(nan), version: 'v2' }, nan);
    await expect(publish({ 'random-forest': 'v2' })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(
        /^random-forest v2 does not get ready.*start without RANDOM_FOREST_MODEL_VERSION, or with another version\.$/,
      ),
    });
    expect(served().alias('live')).toEqual(before);
    expect(await publish()).toEqual({ 'random-forest': 'v1' });
    expect(served().alias('live')).toEqual(before);
  });
});
