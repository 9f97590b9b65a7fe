import { gzipSync } from 'node:zlib';
import {
  createClient,
  encodeInferRequest,
  type InferRequest,
  type InferResponse,
} from '@chorus/protocol';
import { modelKey } from '@chorus/registry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forceLive } from './live-version.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

let cloud: TestCloud;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  cloud = await startServingCloud();
  client = createClient({ url: cloud.url });
});
afterAll(() => cloud.remove());

const models = ['linear-regression', 'random-forest', 'svr'];
const values = Object.values(house);

function request(rows: readonly (readonly number[])[]): InferRequest {
  const data = rows.flat();
  return { inputs: [{ name: 'features', datatype: 'FP64', shape: [rows.length, 13], data }] };
}

describe('the Open Inference Protocol', () => {
  it('shows the server, its models, and their live versions', async () => {
    expect(await client.serverLive()).toBe(true);
    expect(await client.serverReady()).toBe(true);
    expect((await client.serverMetadata()).name).toBe('chorus');
    expect((await client.listModels()).toSorted()).toEqual(['house-price', ...models]);
    for (const name of ['house-price', ...models]) expect(await client.modelReady(name)).toBe(true);
    const forest = await client.modelMetadata('random-forest', 'v1');
    expect(forest).toMatchObject({
      versions: ['v1'],
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 13] }],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    });
    const { outputs } = await client.modelMetadata('house-price');
    expect(outputs.map(({ name }) => name)).toEqual([...models, 'ensemble']);
  });

  it.each([{ binary: false }, { binary: true }])(
    'gives the numbers of the other door, %o',
    async (how) => {
      const other = await post(cloud, '/predict/house-price', house);
      const answer = await client.infer('house-price', { id: 'mine', ...request([values]) }, how);
      expect(answer.id).toBe('mine');
      const outputs = Object.fromEntries(answer.outputs.map(({ name, data }) => [name, data[0]]));
      expect(outputs).toEqual(other.body.predictions[0]);
      for (const model of models) {
        const alone = await client.infer(model, request([values]), how);
        expect(alone.outputs[0]?.data).toEqual([outputs[model]]);
        expect(alone.model_version).toBe('v1');
      }
    },
  );

  it('takes compressed requests and gives the outputs asked for, in their order', async () => {
    const { body, headers } = encodeInferRequest(
      { ...request([values, values]), outputs: [{ name: 'ensemble' }, { name: 'svr' }] },
      { binary: true },
    );
    const response = await fetch(`${cloud.url}/v2/models/house-price/infer`, {
      method: 'POST',
      headers: { ...headers, 'content-encoding': 'gzip' },
      body: gzipSync(body),
    });
    const answer = (await response.json()) as InferResponse;
    expect(answer.outputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['ensemble', [2]],
      ['svr', [2]],
    ]);
  });

  it('answers with the models that are left, and says which is not', async () => {
    const serveSvr = (version: string) =>
      forceLive(cloud, 'chorus-svr', {
        MODEL_BUCKET: 'chorus-models',
        MODEL_KEY: modelKey('svr', version),
      });
    await serveSvr('v9');
    const answer = await client.infer('house-price', request([values]));
    expect(answer.outputs.map(({ name }) => name)).toEqual([
      'linear-regression',
      'random-forest',
      'ensemble',
    ]);
    expect(answer.parameters).toMatchObject({ chorus_partial: true, chorus_failed: 'svr' });
    expect(await client.modelReady('svr')).toBe(false);
    await expect(client.infer('svr', request([values]))).rejects.toMatchObject({ status: 503 });
    await serveSvr('v1');
    expect(await client.modelReady('svr')).toBe(true);
  });
});

const row = { name: 'features', datatype: 'FP64', shape: [1, 13], data: values };
/** The JSON part of a request whose 104 bytes of values do not follow. */
const binaryHeader = JSON.stringify({
  inputs: [
    { name: 'features', datatype: 'FP64', shape: [1, 13], parameters: { binary_data_size: 104 } },
  ],
});

const bad: readonly [string, string, unknown, number, RegExp, Record<string, string>?][] = [
  ['an unknown model', '/v2/models/castle/infer', { inputs: [row] }, 404, /no model "castle"/],
  [
    'an unknown version',
    '/v2/models/svr/versions/v7/infer',
    { inputs: [row] },
    404,
    /live is "v1"/,
  ],
  [
    'a wrong tensor name',
    '/v2/models/svr/infer',
    { inputs: [{ ...row, name: 'x' }] },
    400,
    /missing: "features"/,
  ],
  [
    'a wrong shape',
    '/v2/models/svr/infer',
    { inputs: [{ ...row, shape: [13, 1] }] },
    400,
    /expected shape \[-1,13\]/,
  ],
  [
    'a wrong datatype',
    '/v2/models/svr/infer',
    { inputs: [{ ...row, datatype: 'FP32' }] },
    400,
    /expected datatype FP64/,
  ],
  ['too few values', '/v2/models/svr/infer', { inputs: [{ ...row, data: [1, 2] }] }, 400, /13/],
  ['no inputs', '/v2/models/house-price/infer', {}, 400, /inputs/],
  ['broken JSON', '/v2/models/svr/infer', '{', 400, /JSON/],
  [
    'a wrong content type',
    '/v2/models/svr/infer',
    'x',
    415,
    /content-type/i,
    { 'content-type': 'text/plain' },
  ],
  [
    'a truncated binary section',
    '/v2/models/svr/infer',
    binaryHeader,
    400,
    /"features"/,
    {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(binaryHeader.length),
    },
  ],
  [
    'a value out of range',
    '/v2/models/svr/infer',
    { inputs: [{ ...row, data: values.map(() => -1) }] },
    422,
    /CRIM/,
  ],
];

it.each(bad)(
  '%s is refused, and the next good request works',
  async (_, path, body, status, message, headers) => {
    const answer = await post(cloud, path, body, headers ?? { 'content-type': 'application/json' });
    expect(answer.body.error).toMatch(message);
    expect(answer.status).toBe(status);
    await expect(client.infer('svr', request([values]))).resolves.toBeDefined();
  },
);
