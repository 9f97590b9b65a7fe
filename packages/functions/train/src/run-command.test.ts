import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import { readObject } from '@chorus/runtime/s3-object';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { job, parquetOf } from './testing/toy-job.ts';

let store: FaultyS3;
let environment: Record<string, string>;

beforeEach(async () => {
  store = await startFaultyS3(['rows']);
  environment = {
    AWS_ENDPOINT_URL: store.endpoint,
    AWS_ACCESS_KEY_ID: store.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: store.credentials.secretAccessKey,
    AWS_REGION: 'us-east-1',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await store.put('rows/run/train.parquet', parquetOf(0, 40));
  await store.put('rows/run/test.parquet', parquetOf(40, 50));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

/** Runs the program as a container does: told by its environment alone. */
async function run(key: string): Promise<{ readonly code: number | null; readonly log: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...environment, TRAINING_BUCKET: 'rows', TRAINING_JOB: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const log = await text(child.stdout);
  return { code: await ended, log };
}

async function read(key: string): Promise<unknown> {
  const bytes = await readObject({
    bucket: 'rows',
    key,
    signal: AbortSignal.timeout(60_000),
    retryUntil: 0,
  });
  return JSON.parse(String(bytes));
}

it('runs the one job that it is told of, and writes what a function would answer', async () => {
  await store.put('rows/run/jobs/houses.json', JSON.stringify(job));
  expect((await run('run/jobs/houses.json')).code).toBe(0);
  const outcome = await read('run/jobs/outcome.json');
  expect(outcome).toMatchObject({ model: 'houses', rows: { train: 40, test: 10 } });
  expect(await read(`${job.output}manifest.json`)).toMatchObject({ name: 'houses' });
});

it.each<[string, unknown, string, string]>([
  ['what a trainer refuses', { ...job, recipe: { ...job.recipe, seed: -1 } }, 'OptionError', '-1'],
  ['what is no job', { ...job, recipe: 7 }, 'InvalidRequestError', 'recipe: expected an object'],
  ['what is no JSON', '{', 'SyntaxError', 'JSON'],
])('fails with %s, and writes why', async (_name, given, error, message) => {
  const body = typeof given === 'string' ? given : JSON.stringify(given);
  await store.put('rows/run/jobs/houses.json', body);
  const { code, log } = await run('run/jobs/houses.json');
  expect(code).toBe(1);
  const failure = { error, message: expect.stringContaining(message) };
  expect(await read('run/jobs/failure.json')).toEqual(failure);
  expect(JSON.parse(log)).toMatchObject({ level: 'ERROR', error, reason: failure.message });
});

it('fails with a job that is not there', async () => {
  expect((await run('run/jobs/none.json')).code).toBe(1);
  expect(await read('run/jobs/failure.json')).toEqual({
    error: 'MissingDataError',
    message: 's3://rows/run/jobs/none.json does not exist: write it first, or correct the key',
  });
});
