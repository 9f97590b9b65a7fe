import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FrontInTest, startFront } from './testing/front-in-test.ts';

let front: FrontInTest;

beforeEach(async () => {
  front = await startFront();
});

afterEach(() => front.close());

function point(model: string, key: string | undefined, more: object = {}): void {
  const found = front.aws.functions.get(`chorus-${model}`);
  if (found !== undefined) {
    const Variables = { MODEL_BUCKET: 'chorus-models', MODEL_KEY: key };
    found.configuration = { State: 'Active', Environment: { Variables }, ...more };
  }
}

describe('metadata of a model', () => {
  it('shows the live version, the tensors and the columns', async () => {
    const metadata = await front.client.modelMetadata('svr');
    expect(metadata).toMatchObject({
      name: 'svr',
      versions: ['v1'],
      platform: 'onnx_onnxv1',
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 13] }],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    });
    expect(metadata.inputs[0]?.parameters?.['chorus_columns']).toMatch(/^CRIM,ZN,/);
    expect(await front.client.modelMetadata('svr', 'v1')).toEqual(metadata);
  });

  it('follows a swap at once, and reads each manifest once', async () => {
    await front.client.modelMetadata('svr');
    const manifest = JSON.parse(front.aws.objects.get(key('svr', 'v1')) ?? '');
    front.aws.objects.set(key('svr', 'v2'), JSON.stringify({ ...manifest, version: 'v2' }));
    point('svr', 'models/svr/v2/model.onnx');
    expect((await front.client.modelMetadata('svr')).versions).toEqual(['v2']);
    point('svr', 'models/svr/v1/model.onnx');
    expect((await front.client.modelMetadata('svr')).versions).toEqual(['v1']);
    const reads = front.aws.calls.filter(({ what }) => what.startsWith('get '));
    expect(reads.map(({ what }) => what)).toEqual([
      `get ${key('svr', 'v1')}`,
      `get ${key('svr', 'v2')}`,
    ]);
  });

  it('of a version that is not live is not there', async () => {
    await expect(front.client.modelMetadata('svr', 'v9')).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'model "svr" has no live version "v9"; live is "v1"',
    });
  });

  it('is unavailable while the manifest is missing or damaged, and there when it is back', async () => {
    const good = front.aws.objects.get(key('svr', 'v1')) ?? '';
    front.aws.objects.delete(key('svr', 'v1'));
    await expect(front.client.modelMetadata('svr')).rejects.toMatchObject({
      name: 'UnavailableError',
    });
    front.aws.objects.set(key('svr', 'v1'), '{"format":1}');
    await expect(front.client.modelMetadata('svr')).rejects.toThrow('is damaged');
    front.aws.objects.set(key('svr', 'v1'), good);
    await expect(front.client.modelMetadata('svr')).resolves.toMatchObject({ name: 'svr' });
  });

  it('is unavailable while the function names no weights', async () => {
    point('svr', undefined);
    await expect(front.client.modelMetadata('svr')).rejects.toMatchObject({
      name: 'UnavailableError',
      message: 'model "svr" has no live version: MODEL_KEY of its function names no weights',
    });
  });
});

function key(model: string, version: string): string {
  return `chorus-models/models/${model}/${version}/manifest.json`;
}

describe('metadata of a workflow', () => {
  it('is that of a model with an output per model', async () => {
    const metadata = await front.client.modelMetadata('house-price', '1');
    expect(metadata).toMatchObject({ versions: ['1'], platform: 'chorus_workflow' });
    expect(metadata.outputs.map(({ name }) => name)).toEqual([
      'linear-regression',
      'random-forest',
      'svr',
      'ensemble',
    ]);
    await expect(front.client.modelMetadata('house-price', 'v1')).rejects.toThrow('live is "1"');
  });
});

describe('the repository index', () => {
  const index = (body?: object) =>
    front.ask({
      method: 'POST',
      path: '/v2/repository/index',
      ...(body === undefined ? {} : { body }),
    });

  beforeEach(() => {
    point('svr', 'models/svr/v1/model.onnx', { State: 'Pending', StateReason: 'creating' });
    front.aws.functions.delete('chorus-linear-regression');
  });

  it('lists everything with its state', async () => {
    expect((await index()).json()).toEqual([
      { name: 'house-price', version: '1', state: 'READY', reason: '' },
      {
        name: 'linear-regression',
        state: 'UNAVAILABLE',
        reason: 'model "linear-regression" is unavailable right now; try again later',
      },
      { name: 'random-forest', version: 'v1', state: 'READY', reason: '' },
      {
        name: 'svr',
        version: 'v1',
        state: 'UNAVAILABLE',
        reason: 'its function is Pending: creating',
      },
    ]);
  });

  it('lists only what is ready when asked to', async () => {
    expect((await index({ ready: true })).json()).toMatchObject([
      { name: 'house-price' },
      { name: 'random-forest' },
    ]);
  });
});
