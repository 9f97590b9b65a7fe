import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Blueprint, bucket, type FunctionSpec, functions } from '@chorus/blueprint';
import { blueprint as service } from '@chorus/service';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Folder, openFolder } from './access/folder.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { processes } from './hosts/processes.ts';
import { publishModels } from './publish-models.ts';

const root = resolve(import.meta.dirname, '../../..');
const moody: FunctionSpec = {
  name: 'moody',
  kind: 'task',
  source: 'apps/local/e2e/functions/moody',
  memoryMb: 128,
  timeoutSeconds: 5,
  concurrency: 2,
};

let directory: string;
let cloud: Cloud | undefined;
let folder: Folder | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-cloud-'));
});
async function stop(): Promise<void> {
  await cloud?.close(0);
  cloud = undefined;
  folder?.release();
}

afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(blueprint: Partial<Blueprint>): Promise<Cloud> {
  folder = await openFolder(directory);
  cloud = await startCloud({
    blueprint: { functions: [], workflows: [], routes: [], buckets: [], ...blueprint },
    host: processes({ root, path: '', compileCache: join(tmpdir(), 'node-compile-cache') }),
    folder,
    port: 0,
  });
  return cloud;
}

it('has functions that need no weights live at once, and only once', async () => {
  const specs = [moody, { ...moody, name: 'door', kind: 'http' as const }];
  for (let round = 0; round < 2; round += 1) {
    const { lambda } = await start({ functions: specs });
    for (const served of lambda.list())
      expect([served.aliases().map(({ name }) => name), served.versions().length]).toEqual([
        ['live'],
        1,
      ]);
    const payload = Buffer.from('{"do":"environment"}');
    const { payload: answer } = await lambda.invoke({ functionName: 'chorus-moody:live', payload });
    expect(JSON.parse(Buffer.from(answer).toString())).toEqual({ version: '1' });
    await stop();
  }
});

it('tells a function of what was linked since the folder was last in use', async () => {
  const caller = (...names: readonly [string, ...string[]]) => ({
    ...moody,
    links: [functions(...names)],
  });
  const others = ['door', 'gate'].map((name) => ({ ...moody, name }));
  const told = async () => {
    const { environment } = cloud?.lambda.describe('chorus-moody', 'live').settings ?? {};
    await stop();
    return environment;
  };
  await start({
    functions: [{ ...moody, links: [bucket('a', { access: 'read', prefix: '' })] }, ...others],
    buckets: [{ name: 'a', purpose: '' }],
  });
  await cloud?.lambda.configure('chorus-moody', {
    Environment: { Variables: { MOOD: 'bright', DOOR_FUNCTION: 'other:live' } },
  });
  expect(await told()).toEqual({ A_BUCKET: 'chorus-a' });
  await start({ functions: [caller('door', 'gate'), ...others] });
  expect(await told()).toEqual({
    MOOD: 'bright',
    A_BUCKET: 'chorus-a',
    DOOR_FUNCTION: 'chorus-door:live',
    GATE_FUNCTION: 'chorus-gate:live',
  });
});

it('takes only its method on a route to a function', async () => {
  const { url } = await start({
    functions: [{ ...moody, kind: 'http' }],
    routes: [{ method: 'POST', path: '/moody', function: 'moody' }],
  });
  const refused = await fetch(`${url}/moody`);
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await refused.json()).toEqual({ error: '/moody takes POST, not GET' });
});

it('hands a function the parameters of path and query, and tells its methods apart', async () => {
  const { url } = await start({
    functions: [{ ...moody, kind: 'http' }],
    routes: [
      { method: 'GET', path: '/moods/{id}', function: 'moody' },
      { method: 'POST', path: '/moods/{id}', function: 'moody' },
      { method: 'POST', path: '/moods', function: 'moody' },
    ],
  });
  const ask = (path: string, method = 'GET') => fetch(`${url}${path}`, { method });
  const asked = await ask('/moods/order-17%2F%C3%A9?full=1&full=a+b%26&x');
  expect(asked.status).toBe(200);
  expect(await asked.json()).toMatchObject({
    resource: '/moods/{id}',
    path: '/moods/order-17%2F%C3%A9',
    httpMethod: 'GET',
    // Of a REST API: the path as it came, the query decoded, and the last of its values.
    pathParameters: { id: 'order-17%2F%C3%A9' },
    queryStringParameters: { full: 'a b&', x: '' },
    body: null,
  });
  expect(await (await ask('/moods/a', 'POST')).json()).toMatchObject({
    httpMethod: 'POST',
    queryStringParameters: null,
  });
  const put = await ask('/moods/a', 'PUT');
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  expect(await put.json()).toEqual({ error: '/moods/a takes GET, POST, not PUT' });
  expect((await ask('/moods')).status).toBe(405);
  const nowhere = await ask('/moods/a/b');
  expect(nowhere.status).toBe(404);
  expect(await nowhere.json()).toEqual({
    error: 'nothing at /moods/a/b; there is: GET /moods/{id}, POST /moods/{id}, POST /moods',
  });
});

it('publishes the weights that a model’s package ships as they are, once', async () => {
  const models = service.functions.filter(({ name }) => name === 'image-classifier');
  const buckets = service.buckets.filter(({ created }) => created === undefined);
  const first = await start({ functions: models, buckets });
  const lines: string[] = [];
  const publish = () =>
    publishModels(first, models, {
      root,
      versions: {},
      workflows: [],
      report: (line) => lines.push(line),
    });
  expect(await publish()).toEqual({ 'image-classifier': 'v1' });
  expect(await publish()).toEqual({ 'image-classifier': 'v1' });
  expect(lines).toEqual([
    expect.stringMatching(/^Verified and published image-classifier v1 in \d+ ms$/),
  ]);
  expect(first.lambda.describe('chorus-image-classifier', 'live').settings.environment).toEqual({
    MODEL_BUCKET: 'chorus-models',
    UPLOADS_BUCKET: 'chorus-uploads',
    MODEL_KEY: 'models/image-classifier/v1/model.onnx',
  });
});
