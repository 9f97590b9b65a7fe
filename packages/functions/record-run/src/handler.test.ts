import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import { openRuns } from '@chorus/pipeline-runs';
import { readObject } from '@chorus/runtime/s3-object';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createHandler } from './handler.ts';

let folder: string;
let database: DynamodbEmulator;
let server: Server;
let store: FaultyS3;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-record-'));
  database = createDynamodb({ directory: folder, credentials: testCredentials });
  await database.service.ensureTable({
    name: 'runs',
    key: { name: 'pipeline', type: 'S' },
    sort: { name: 'id', type: 'S' },
  });
  server = createServer((request, response) => void database.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  store = await startFaultyS3(['rows']);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', store.endpoint);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', testCredentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', testCredentials.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('TRAINING_BUCKET', 'rows');
  vi.stubEnv('PIPELINE_RUNS_TABLE', 'runs');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  await rm(folder, { recursive: true });
});

const step = (event: unknown) =>
  createHandler(readSettings(), () => Date.parse('2027-01-02T04:00:00.000Z'))(event, {
    requestId: 'r',
    deadlineMs: Date.now() + 60_000,
    functionArn: 'a',
    notes: {},
  });

const claim = (execution: string, request: unknown) =>
  step({
    step: 'claim',
    pipeline: 'prices',
    execution,
    started: '2027-01-02T03:04:05.000Z',
    request,
  }) as Promise<Readonly<Record<string, unknown>>>;

const listed = () => openRuns(new DynamoDBClient({}), 'runs').list('prices', 10);

describe('a run begins', () => {
  it('by an event of S3, by a key, or with the newest file; each finds the file as it is', async () => {
    await store.put('rows/training-data/prices/a.csv', 'one');
    const run = {
      pipeline: 'prices',
      execution: 'e1',
      key: 'training-data/prices/a.csv',
      size: 3,
      etag: 'f97c5d29941bfb1b2fdab0874906ab82',
      output: 'pipelines/prices/e1/',
    };
    const event = { detail: { object: { key: run.key, etag: 'of before', size: 9 } } };
    expect(await claim('e1', event)).toMatchObject(run);
    expect(await claim('e1', event)).not.toHaveProperty('first');
    await store.put('rows/training-data/prices/b.csv', 'other');
    await store.put('rows/training-data/others/c.csv', 'third');
    expect(await claim('e2', {})).toMatchObject({ key: 'training-data/prices/b.csv' });
    expect(await claim('e3', { key: run.key })).toMatchObject({
      first: { execution: 'e1', key: run.key },
    });
    expect((await listed()).map(({ status }) => status).sort()).toEqual([
      'known',
      'running',
      'running',
    ]);
    expect(await claim('e4', { key: run.key, again: true })).not.toHaveProperty('first');
  });

  it('by a drift with the newest file, and at once ends where there are no newer rows', async () => {
    await store.put('rows/training-data/prices/a.csv', 'one');
    const drift = { model: 'trees', version: 'v3', columns: ['age', 'y'] };
    const event = {
      source: 'chorus.drift',
      'detail-type': 'Model drift',
      detail: { ...drift, id: 'some', rows: 900 },
    };
    const key = 'training-data/prices/a.csv';
    expect(await claim('e1', event)).toMatchObject({ key, drift });
    expect(await claim('e2', event)).toMatchObject({ first: { execution: 'e1' } });
    expect(await listed()).toMatchObject([
      {
        execution: 'e2',
        status: 'known',
        drift,
        summary: expect.stringMatching(
          /^trees v3 has drifted \(age, y\), and there are no newer rows to learn from: .* run e1\. Upload/,
        ),
      },
      { execution: 'e1', status: 'running', drift },
    ]);
    await store.put('rows/training-data/prices/b.csv', 'other');
    expect(await claim('e3', event)).not.toHaveProperty('first');
  });

  it('with no file, or with that of another pipeline, not at all', async () => {
    const none = { name: 'NoDataError', message: expect.stringContaining('upload one first') };
    await expect(claim('e1', {})).rejects.toMatchObject(none);
    await expect(claim('e1', { key: 'training-data/prices/gone.csv' })).rejects.toMatchObject({
      name: 'NoDataError',
    });
    await expect(claim('e1', { key: 'training-data/others/a.csv' })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('is not below training-data/prices/'),
    });
    await expect(claim('e1', { key: 7 })).rejects.toMatchObject({ name: 'InvalidRequestError' });
    expect(await listed()).toEqual([]);
  });
});

describe('a run ends', () => {
  it('with a report, and one that failed may be tried again with the same content', async () => {
    await store.put('rows/training-data/prices/a.csv', 'one');
    const run = await claim('e1', {});
    const failure = { step: 'train', error: 'TrainingError', cause: 'no' };
    const ended = { status: 'failed', report: 'pipelines/prices/e1/report.json' };
    const event = { step: 'report', run, status: 'failed', failure };
    expect(await step(event)).toMatchObject({ ...ended, summary: 'train: TrainingError' });
    expect(await step(event)).toMatchObject(ended);
    const report = await readObject({
      bucket: 'rows',
      key: ended.report,
      retryUntil: 0,
      signal: AbortSignal.timeout(60_000),
    });
    expect(JSON.parse(report.toString())).toEqual({
      ...run,
      status: 'failed',
      summary: 'train: TrainingError',
      ended: '2027-01-02T04:00:00.000Z',
      failure,
      validation: null,
      data: null,
      trained: [],
      evaluation: [],
      published: [],
      approval: null,
      promoted: [],
    });
    expect(await listed()).toMatchObject([ended]);
    expect(await claim('e2', {})).not.toHaveProperty('first');
  });

  it('after it has waited for a person', async () => {
    await store.put('rows/training-data/prices/a.csv', 'one');
    const run = await claim('e1', {});
    const published = [{ model: 'a', version: 'v2', champion: 'v1' }];
    await step({ step: 'ask', run, token: 'the token', seconds: 60, published });
    expect(await listed()).toMatchObject([
      {
        status: 'waiting',
        token: 'the token',
        summary: 'a v2 waits for approval',
        until: '2027-01-02T04:01:00.000Z',
        report: `${run['output']}report.json`,
      },
    ]);
    const promoted = [{ ...published[0], outcome: 'live', reasons: [] }];
    await step({ step: 'report', run, status: 'promoted', published, promoted });
    const [ended] = await listed();
    expect(ended).toMatchObject({ status: 'promoted', live: { a: 'v2' } });
    expect(ended).not.toHaveProperty('token');
  });
});

it.each([
  [null, 'step: expected claim, ask, report'],
  [{ step: 'claim', pipeline: 'prices', execution: '' }, 'execution: expected a text'],
  [{ step: 'ask', token: 't', run: {} }, 'seconds: expected how long the task waits'],
  [{ step: 'ask', token: 't', seconds: 1 }, 'run: expected the run that was begun'],
  [{ step: 'report', run: {} }, 'status: expected a text'],
])('the event %j is refused', async (event, message) => {
  await expect(step(event)).rejects.toMatchObject({ name: 'InvalidRequestError', message });
});

it.each(['TRAINING_BUCKET', 'PIPELINE_RUNS_TABLE'])('needs %s', (name) => {
  vi.stubEnv(name, '');
  expect(readSettings).toThrow(`${name} is not set`);
});
