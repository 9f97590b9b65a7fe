import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import type { ModelEvaluation } from '@chorus/pipeline-runs';
import { createRegistry, type Manifest } from '@chorus/registry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPublishing, type Publish } from './publish.ts';

let store: FaultyS3;
let client: S3Client;
let publish: Publish;

beforeEach(async () => {
  store = await startFaultyS3(['training', 'models']);
  client = new S3Client({
    endpoint: store.endpoint,
    credentials: store.credentials,
    region: 'us-east-1',
    forcePathStyle: true,
  });
  publish = openPublishing(client, {
    trainingBucket: 'training',
    modelsBucket: 'models',
    functions: {},
    hasOwnEndpoint: true,
  });
});

afterEach(async () => {
  client.destroy();
  await store.close();
});

const registry = () => createRegistry({ client, bucket: 'models' });

const manifestOf = (weights: string): Omit<Manifest, 'version'> => ({
  format: 1,
  name: 'toy',
  file: {
    name: 'model.onnx',
    bytes: Buffer.byteLength(weights),
    sha256: createHash('sha256').update(weights).digest('hex'),
  },
  schema: {
    name: 'toy',
    inputs: [{ name: 'x', datatype: 'FP64', shape: [-1, 1] }],
    outputs: [{ name: 'y', datatype: 'FP64', shape: [-1] }],
    maxBatch: 10,
  },
  training: { split: { trainRows: 8, testRows: 2 }, metrics: { rmse: 1 } },
  lineage: { execution: 'of the training' },
});

/** Puts a candidate of a run. @returns what its evaluation says of it */
async function candidate(execution: string, weights = execution): Promise<ModelEvaluation> {
  const output = `pipelines/prices/${execution}/candidates/toy/`;
  await store.put(`training/${output}model.onnx`, weights);
  await store.put(`training/${output}manifest.json`, JSON.stringify(manifestOf(weights)));
  const measured = { value: 1, low: 1, high: 1 };
  const figures = { rmse: measured, r2: measured };
  return {
    model: 'toy',
    output,
    champion: { version: 'v1', ...figures },
    challenger: figures,
    difference: measured,
    rows: 2,
    chosen: true,
    reason: '',
    warnings: [],
  };
}

describe('a candidate', () => {
  it('becomes the next version, once, however often it is published', async () => {
    const one = await candidate('one');
    const first = { model: 'toy', version: 'v1', champion: 'v1' };
    expect(await publish(one)).toEqual(first);
    expect(await publish(one)).toEqual(first);
    // Also when others were published meanwhile.
    expect(await publish(await candidate('two'))).toMatchObject({ version: 'v2' });
    expect(await publish(one)).toEqual(first);
    expect(await registry().listVersions('toy')).toEqual(['v1', 'v2']);
  });

  it('says in its manifest which version it is better than, beside what its training says', async () => {
    await publish(await candidate('one'));
    const { lineage } = await registry().fetchManifest('toy', 'v1');
    expect(lineage).toEqual({ execution: 'of the training', parent: 'v1' });
  });

  it('of which only the weights got through is finished', async () => {
    const one = await candidate('one');
    await publish(one);
    await store.remove('models/models/toy/v1/manifest.json');
    expect(await registry().listVersions('toy')).toEqual([]);
    expect(await publish(one)).toMatchObject({ version: 'v1' });
    expect(await registry().listVersions('toy')).toEqual(['v1']);
  });

  it('takes another number when somebody else has taken its own', async () => {
    const one = await candidate('one');
    await store.put(`training/${one.output}version-1.json`, '{"version":"v1"}');
    await registry().pushVersion({ ...manifestOf('other'), version: 'v1' }, Buffer.from('other'));
    expect(await publish(one)).toMatchObject({ version: 'v2' });
    expect(await publish(one)).toMatchObject({ version: 'v2' });
    expect(await registry().listVersions('toy')).toEqual(['v1', 'v2']);
  });

  it('that many publish at once has a number of its own', async () => {
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((name) => candidate(name)));
    const published = await Promise.all(all.map((each) => publish(each)));
    expect(new Set(published.map(({ version }) => version)).size).toBe(4);
  });

  it('that is not there, or is of another model, is refused by name', async () => {
    const one = await candidate('one');
    await expect(publish({ ...one, model: 'other' })).rejects.toMatchObject({
      name: 'CandidateError',
      message: expect.stringContaining('is of toy, not of other'),
    });
    await store.remove(`training/${one.output}model.onnx`);
    await expect(publish(one)).rejects.toMatchObject({
      name: 'CandidateError',
      message: expect.stringContaining('model.onnx is not there: train the model first'),
    });
    expect(await registry().listVersions('toy')).toEqual([]);
  });
});
