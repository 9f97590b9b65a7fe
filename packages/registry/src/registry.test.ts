import { createHash, randomBytes } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type RunningS3, startS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRegistry, type Manifest, manifestKey, modelKey, type Registry } from './index.ts';

let s3: RunningS3;
let registry: Registry;
beforeEach(async () => {
  s3 = await startS3();
  registry = createRegistry({ client: s3.client, bucket: 'box' });
});
afterEach(() => s3.remove());

const bytes = randomBytes(5000);

function manifestOf(name: string, version: string, weights: Uint8Array = bytes): Manifest {
  const sha256 = createHash('sha256').update(weights).digest('hex');
  return {
    format: 1,
    name,
    version,
    file: { name: 'model.onnx', bytes: weights.byteLength, sha256 },
    schema: {
      name,
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 2] }],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
      maxBatch: 10,
    },
  };
}

function putObject(Key: string, Body: string | Uint8Array) {
  return s3.client.send(new PutObjectCommand({ Bucket: 'box', Key, Body }));
}

describe('a pushed version', () => {
  it('comes back as it was', async () => {
    const manifest = manifestOf('svr', 'v1');
    expect(await registry.pushVersion(manifest, bytes)).toBe('created');
    expect(await registry.fetchManifest('svr', 'v1')).toEqual(manifest);
    expect(Buffer.from(await registry.fetchWeights(manifest)).equals(bytes)).toBe(true);
  });

  it('may be pushed again with the same content, not with another', async () => {
    await registry.pushVersion(manifestOf('svr', 'v1'), bytes);
    expect(await registry.pushVersion(manifestOf('svr', 'v1'), bytes)).toBe('exists');

    const elsewhere = { ...manifestOf('svr', 'v1'), lineage: { parent: 'v7' } };
    expect(await registry.pushVersion(elsewhere, bytes)).toBe('exists');

    const others = randomBytes(5000);
    const weights = registry.pushVersion(manifestOf('svr', 'v1', others), others);
    await expect(weights).rejects.toMatchObject({
      name: 'VersionExistsError',
      message: expect.stringContaining('push this as the next version'),
    });
    const manifest = manifestOf('svr', 'v1');
    const retold = { ...manifest, schema: { ...manifest.schema, maxBatch: 11 } };
    await expect(registry.pushVersion(retold, bytes)).rejects.toMatchObject({
      name: 'VersionExistsError',
    });
    expect(await registry.fetchManifest('svr', 'v1')).toEqual(manifest);
  });

  it('of ten at once has one content', async () => {
    const candidates = Array.from({ length: 10 }, () => randomBytes(100));
    const pushes = await Promise.allSettled(
      candidates.map((weights) => registry.pushVersion(manifestOf('svr', 'v1', weights), weights)),
    );
    const winners = candidates.filter((_, i) => pushes[i]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const served = await registry.fetchWeights(await registry.fetchManifest('svr', 'v1'));
    expect(Buffer.from(served)).toEqual(winners[0]);
  });

  it('is written only when manifest and bytes belong together', async () => {
    const push = registry.pushVersion(manifestOf('svr', 'v1'), randomBytes(5000));
    await expect(push).rejects.toMatchObject({ name: 'ChecksumError' });
    const bad = { ...manifestOf('svr', 'v1'), version: 'latest' };
    await expect(registry.pushVersion(bad, bytes)).rejects.toMatchObject({ name: 'ManifestError' });
    expect(await registry.listModels()).toEqual([]);
  });
});

describe('a push cut off half-way', () => {
  beforeEach(async () => {
    await putObject(modelKey('svr', 'v1'), bytes);
  });

  it('is no version', async () => {
    expect(await registry.listVersions('svr')).toEqual([]);
    expect(await registry.listModels()).toEqual([]);
    await expect(registry.fetchManifest('svr', 'v1')).rejects.toMatchObject({
      name: 'UnknownModelError',
    });
  });

  it('is finished by pushing the same again', async () => {
    expect(await registry.pushVersion(manifestOf('svr', 'v1'), bytes)).toBe('created');
    expect(await registry.listVersions('svr')).toEqual(['v1']);
  });

  it('keeps its number: the next version is another', async () => {
    expect(await registry.nextVersion('svr')).toBe('v2');
    const others = randomBytes(10);
    await expect(
      registry.pushVersion(manifestOf('svr', 'v1', others), others),
    ).rejects.toMatchObject({ name: 'VersionExistsError' });
  });
});

describe('listings', () => {
  it('name models, and versions in the order of their numbers', async () => {
    for (const version of ['v2', 'v10', 'v1']) {
      await registry.pushVersion(manifestOf('svr', version), bytes);
    }
    await registry.pushVersion(manifestOf('svr-2', 'v1'), bytes);
    await putObject('models/README.md', 'not a model');
    await putObject('models/Bad_Name/v1/manifest.json', '{}');
    expect(await registry.listModels()).toEqual(['svr', 'svr-2']);
    expect(await registry.listVersions('svr')).toEqual(['v1', 'v2', 'v10']);
    expect(await registry.nextVersion('svr')).toBe('v11');
    expect(await registry.listVersions('unknown')).toEqual([]);
    expect(await registry.nextVersion('unknown')).toBe('v1');
  });

  it('go through all pages', async () => {
    await Promise.all(
      Array.from({ length: 1005 }, (_, i) => putObject(manifestKey('svr', `v${i + 1}`), '{}')),
    );
    expect(await registry.listVersions('svr')).toHaveLength(1005);
    expect(await registry.nextVersion('svr')).toBe('v1006');
  });
});

describe('errors', () => {
  it('say which versions and models there are', async () => {
    await registry.pushVersion(manifestOf('svr', 'v1'), bytes);
    await expect(registry.fetchManifest('svr', 'v2')).rejects.toMatchObject({
      name: 'UnknownVersionError',
      message: 'svr has no version v2 in s3://box; it has v1',
    });
    await expect(registry.fetchManifest('other', 'v1')).rejects.toMatchObject({
      name: 'UnknownModelError',
      message: expect.stringContaining('it has svr'),
    });
  });

  it('tell damaged weights from whole ones', async () => {
    const manifest = manifestOf('svr', 'v1');
    await registry.pushVersion(manifest, bytes);
    const damaged = Buffer.from(bytes);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    await putObject(modelKey('svr', 'v1'), damaged);
    await expect(registry.fetchWeights(manifest)).rejects.toMatchObject({
      name: 'ChecksumError',
      message: expect.stringContaining('SHA-256'),
    });
    await putObject(modelKey('svr', 'v1'), bytes.subarray(1));
    await expect(registry.fetchWeights(manifest)).rejects.toMatchObject({
      name: 'ChecksumError',
      message: expect.stringContaining('4999 bytes'),
    });
    await s3.client.send(new DeleteObjectCommand({ Bucket: 'box', Key: modelKey('svr', 'v1') }));
    await expect(registry.fetchWeights(manifest)).rejects.toMatchObject({
      name: 'UnknownVersionError',
    });
  });

  it('name the manifest that cannot be read, or is another version’s', async () => {
    await putObject(manifestKey('svr', 'v1'), '{"format":');
    await expect(registry.fetchManifest('svr', 'v1')).rejects.toMatchObject({
      name: 'ManifestError',
      message: expect.stringContaining('s3://box/models/svr/v1/manifest.json'),
    });
    await putObject(manifestKey('svr', 'v2'), JSON.stringify(manifestOf('svr', 'v1')));
    await expect(registry.fetchManifest('svr', 'v2')).rejects.toMatchObject({
      name: 'ManifestError',
      message: expect.stringContaining('manifest of svr v1'),
    });
  });

  it('say what to do when S3 is not there', async () => {
    const nowhere = createRegistry({ client: s3.client, bucket: 'missing' });
    await expect(nowhere.listModels()).rejects.toMatchObject({
      name: 'RegistryUnavailableError',
      message: expect.stringContaining('create the bucket'),
      cause: expect.objectContaining({ name: 'NoSuchBucket' }),
    });
    const down = createRegistry({ client: s3.newClient(), bucket: 'box' });
    await s3.stop();
    await expect(down.fetchManifest('svr', 'v1')).rejects.toMatchObject({
      name: 'RegistryUnavailableError',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('refuse names that cannot be any', async () => {
    await expect(registry.listVersions('../x')).rejects.toMatchObject({ name: 'ModelKeyError' });
    await expect(registry.fetchManifest('svr', 'latest')).rejects.toMatchObject({
      name: 'ModelKeyError',
    });
  });
});
