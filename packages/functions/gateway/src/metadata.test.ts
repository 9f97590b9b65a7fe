import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from './testing/fake-models.ts';
import { type GatewayInTest, startGateway } from './testing/gateway-in-test.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

function point(model: string, key: string | undefined, more: object = {}): void {
  const found = gateway.aws.functions.get(`chorus-${model}:live`);
  if (found !== undefined) {
    const Variables = { MODEL_BUCKET: 'chorus-models', MODEL_KEY: key };
    found.configuration = { State: 'Active', Environment: { Variables }, ...more };
  }
}

describe('metadata of a model', () => {
  it('shows the live version, the tensors and the columns', async () => {
    const metadata = await gateway.client.modelMetadata('svr');
    expect(metadata).toMatchObject({
      name: 'svr',
      versions: ['v1'],
      platform: 'onnx_onnxv1',
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 13] }],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    });
    expect(metadata.inputs[0]?.parameters?.['chorus_columns']).toMatch(/^CRIM,ZN,/);
    expect(await gateway.client.modelMetadata('svr', 'v1')).toEqual(metadata);
  });

  it('follows a swap at once, and reads each manifest once', async () => {
    await gateway.client.modelMetadata('svr');
    serve(gateway.aws, 'svr', 'live', 'v2');
    await gateway.client.modelMetadata('svr');
    serve(gateway.aws, 'svr', 'live', 'v1');
    await gateway.client.modelMetadata('svr');
    const reads = gateway.aws.calls.filter(({ what }) => what.startsWith('get '));
    expect(reads.map(({ what }) => what)).toEqual([
      `get ${key('svr', 'v1')}`,
      `get ${key('svr', 'v2')}`,
    ]);
  });

  it('lists the versions that can be asked for, and is there for each of them', async () => {
    serve(gateway.aws, 'svr', '2', 'v10');
    serve(gateway.aws, 'svr', '3', 'v2');
    const manifest = JSON.parse(gateway.aws.objects.get(key('svr', 'v2')) ?? '');
    const outputs = [{ name: 'cost', datatype: 'FP64', shape: [-1] }];
    const schema = { ...manifest.schema, outputs };
    gateway.aws.objects.set(key('svr', 'v2'), JSON.stringify({ ...manifest, schema }));
    const versions = ['v1', 'v2', 'v10'];
    const live = await gateway.client.modelMetadata('svr');
    expect(live).toMatchObject({ versions, outputs: [{ name: 'price' }] });
    const other = await gateway.client.modelMetadata('svr', 'v2');
    expect(other).toMatchObject({ versions, outputs: [{ name: 'cost' }] });
  });

  it('of a version that is not published is not there, be it in the registry or not', async () => {
    serve(gateway.aws, 'svr', '2', 'v3');
    gateway.aws.objects.set(key('svr', 'v2'), gateway.aws.objects.get(key('svr', 'v1')) ?? '');
    for (const version of ['v2', 'v9', 'v99', 'latest']) {
      await expect(gateway.client.modelMetadata('svr', version)).rejects.toMatchObject({
        name: 'NotFoundError',
        message: `model "svr" has no published version "${version}"; published: "v1", "v3"; live is "v1"`,
      });
    }
  });

  it('is unavailable while the manifest is missing or damaged, and there when it is back', async () => {
    const good = gateway.aws.objects.get(key('svr', 'v1')) ?? '';
    gateway.aws.objects.delete(key('svr', 'v1'));
    await expect(gateway.client.modelMetadata('svr')).rejects.toMatchObject({
      name: 'UnavailableError',
    });
    gateway.aws.objects.set(key('svr', 'v1'), '{"format":1}');
    await expect(gateway.client.modelMetadata('svr')).rejects.toThrow('is damaged');
    gateway.aws.objects.set(key('svr', 'v1'), good);
    await expect(gateway.client.modelMetadata('svr')).resolves.toMatchObject({ name: 'svr' });
  });

  it('is unavailable while the function names no weights', async () => {
    point('svr', undefined);
    await expect(gateway.client.modelMetadata('svr')).rejects.toMatchObject({
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
    const metadata = await gateway.client.modelMetadata('house-price', '1');
    expect(metadata).toMatchObject({ versions: ['1'], platform: 'chorus_workflow' });
    expect(metadata.outputs.map(({ name }) => name)).toEqual([
      'linear-regression',
      'random-forest',
      'svr',
      'ensemble',
    ]);
    await expect(gateway.client.modelMetadata('house-price', 'v1')).rejects.toThrow(
      'the one version "1"',
    );
  });
});

describe('the repository index', () => {
  const index = (body?: object) =>
    gateway.ask({
      method: 'POST',
      path: '/v2/repository/index',
      ...(body === undefined ? {} : { body }),
    });

  beforeEach(() => {
    point('svr', 'models/svr/v1/model.onnx', { State: 'Pending', StateReason: 'creating' });
    gateway.aws.functions.delete('chorus-linear-regression:live');
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
