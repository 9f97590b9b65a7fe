import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeRuntimeApi, startFakeRuntimeApi } from './testing/fake-runtime-api.ts';
import { type FunctionProcess, spawnFunction } from './testing/spawn-function.ts';
import { pushToy, toyKey, toyRequest } from './testing/toy-model.ts';

let api: FakeRuntimeApi;
let s3: FaultyS3;
let folder: string;
let running: FunctionProcess | undefined;

beforeEach(async () => {
  [api, s3] = await Promise.all([startFakeRuntimeApi(), startFaultyS3()]);
  folder = await mkdtemp(join(tmpdir(), 'chorus-runtime-'));
  await pushToy(s3);
});

afterEach(async () => {
  await running?.kill();
  running = undefined;
  await Promise.all([api.close(), s3.close(), rm(folder, { recursive: true })]);
});

function start(environment: Record<string, string> = {}): FunctionProcess {
  running = spawnFunction('toy-function.ts', {
    AWS_LAMBDA_RUNTIME_API: api.host,
    AWS_ENDPOINT_URL: s3.endpoint,
    AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    AWS_REGION: 'us-east-1',
    MODEL_BUCKET: 'weights',
    MODEL_KEY: toyKey(),
    TMPDIR: folder,
    ...environment,
  });
  return running;
}

const price = { outputs: [{ name: 'price', datatype: 'FP64', shape: [1], data: [19] }] };

describe('a model’s function', () => {
  it('leaves no device id of ONNX Runtime’s telemetry behind', async () => {
    const home = await mkdtemp(join(tmpdir(), 'chorus-home-'));
    const { kill } = start({ HOME: home });
    expect((await api.invoke(toyRequest)).body).toMatchObject(price);
    await kill();
    expect(await readdir(home)).toEqual([]);
    await rm(home, { recursive: true });
  });

  it('answers, cold and then warm, and logs which version did', async () => {
    const { logs } = start();
    const cold = await api.invoke(toyRequest);
    expect(cold.body).toMatchObject({
      ...price,
      model_name: 'toy',
      model_version: 'v1',
      id: 'a',
      parameters: { chorus_cold_start: true },
    });
    const warm = await api.invoke(toyRequest);
    expect(warm.body).toMatchObject({ ...price, parameters: { chorus_cold_start: false } });
    await expect.poll(() => logs().length).toBe(2);
    expect(logs()[0]).toMatchObject({ outcome: 'ok', cold: true, model_version: 'v1' });
  });

  it('has its weights before it asks for an event', async () => {
    start();
    await api.waiting();
    expect(s3.requests).toHaveLength(2);
    await s3.shut();
    expect((await api.invoke(toyRequest)).body).toMatchObject(price);
    await s3.open();
  });

  it('survives an S3 that is away at its start, and recovers', async () => {
    await s3.shut();
    start();
    const failing = api.invoke({
      ...toyRequest,
      parameters: { chorus_deadline_ms: Date.now() + 2_000 },
    });
    expect((await failing).body).toMatchObject({
      errorType: expect.stringMatching(/^(ModelLoadError|DeadlineExceededError)$/),
    });
    await s3.open();
    expect((await api.invoke(toyRequest)).body).toMatchObject({
      ...price,
      parameters: { chorus_cold_start: true },
    });
  });

  it('fails each invocation, and not its process, while its version is missing', async () => {
    const { logs } = start({ MODEL_KEY: toyKey('v2') });
    for (const _ of [1, 2]) {
      expect((await api.invoke(toyRequest)).body).toMatchObject({
        errorType: 'ModelLoadError',
        errorMessage: expect.stringContaining('models/toy/v2/model.onnx does not exist'),
      });
    }
    await expect.poll(() => logs().length).toBe(3);
    expect(logs().map(({ message, error }) => [message, error])).toEqual([
      ['weights not loaded at init', 'ModelLoadError'],
      ['invocation', 'ModelLoadError'],
      ['invocation', 'ModelLoadError'],
    ]);
    expect(logs()[2]).toMatchObject({ reason: expect.stringContaining('does not exist') });
  });

  it('fails its init when the environment says nothing about the weights', async () => {
    const { ended } = start({ MODEL_BUCKET: '' });
    expect((await api.posted('init/error')).body).toMatchObject({
      errorType: 'ConfigurationError',
      errorMessage: 'MODEL_BUCKET is not set: it says where the weights are',
    });
    expect((await ended).code).toBe(1);
  });

  it('has its weights in the snapshot', async () => {
    start({ AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' });
    const resume = await api.restoring();
    await s3.shut();
    resume();
    expect((await api.invoke(toyRequest)).body).toMatchObject(price);
    await s3.open();
  });

  it('takes nothing into the snapshot that its copies must not share', async () => {
    const watcher = new URL('testing/watch-init.ts', import.meta.url).href;
    const { child, stderr } = start({
      AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start',
      NODE_OPTIONS: `--import=${watcher}`,
    });
    const resume = await api.restoring();
    child.kill('SIGUSR2');
    await expect.poll(stderr).toContain('drawn');
    const { drawn, open } = JSON.parse(stderr());
    // No random numbers; of sockets only the one on which it waits to be restored: none to S3.
    expect(drawn).toEqual([]);
    expect(open).toEqual([Number(api.host.split(/[:/]/)[1])]);
    resume();
    expect((await api.invoke(toyRequest)).body).toMatchObject(price);
  });

  it('cannot be published with a snapshot that lacks its weights', async () => {
    const { ended } = start({
      AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start',
      MODEL_KEY: toyKey('v2'),
    });
    expect((await api.posted('init/error')).body).toMatchObject({ errorType: 'ModelLoadError' });
    expect((await ended).code).toBe(1);
  });
});
