import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSource } from './pipeline-run.ts';
import { openRuns, type RunsTable } from './runs-table.ts';

let folder: string;
let database: DynamodbEmulator;
let server: Server;
let client: DynamoDBClient;
let runs: RunsTable;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-runs-'));
  database = createDynamodb({ directory: folder, credentials: testCredentials });
  await database.service.ensureTable({
    name: 'runs',
    key: { name: 'pipeline', type: 'S' },
    sort: { name: 'id', type: 'S' },
  });
  server = createServer((request, response) => void database.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: testCredentials,
  });
  runs = openRuns(client, 'runs');
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  await rm(folder, { recursive: true });
});

const run = (execution: string, more: Partial<RunSource> = {}): RunSource => ({
  pipeline: 'prices',
  execution,
  started: '2027-01-02T03:04:05.000Z',
  key: `training-data/prices/${execution}.csv`,
  etag: 'abc',
  size: 7,
  output: `pipelines/prices/${execution}/`,
  ...more,
});

const ending = {
  status: 'kept',
  ended: '2027-01-02T03:05:00.000Z',
  report: 'pipelines/prices/one/report.json',
  summary: 'not better',
  live: {},
} as const;

describe('a content', () => {
  it('belongs to the first run that takes it, however often that asks', async () => {
    expect(await runs.claim(run('one'))).toBeUndefined();
    expect(await runs.claim(run('one'))).toBeUndefined();
    expect(await runs.claim(run('two'))).toEqual({
      execution: 'one',
      key: 'training-data/prices/one.csv',
      started: '2027-01-02T03:04:05.000Z',
    });
    expect(await runs.claim(run('two', { pipeline: 'others' }))).toBeUndefined();
    expect(await runs.claim(run('two', { etag: 'other' }))).toBeUndefined();
  });

  it('belongs to one of many that take it at the same moment', async () => {
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, index) => runs.claim(run(`run-${index}`))),
    );
    expect(taken.filter((first) => first === undefined)).toHaveLength(1);
  });

  it('is taken once more where that is asked for, and after a run that failed', async () => {
    await runs.claim(run('one'));
    expect(await runs.claim(run('two'), true)).toBeUndefined();
    // The run before has it no longer, and gives nothing back.
    await runs.release(run('one'));
    expect(await runs.claim(run('three'))).toMatchObject({ execution: 'two' });
    await runs.release(run('two'));
    expect(await runs.claim(run('three'))).toBeUndefined();
  });

  it('of a run that never ended is free after eight days, and of one that ended never', async () => {
    const later = (execution: string, days: number) =>
      run(execution, {
        started: new Date(Date.parse('2027-01-02T03:04:05.000Z') + days * 86_400_000).toISOString(),
      });
    await runs.claim(run('one'));
    expect(await runs.claim(later('two', 7))).toMatchObject({ execution: 'one' });
    expect(await runs.claim(later('three', 9))).toBeUndefined();
    await runs.end(later('three', 9), ending);
    expect(await runs.claim(later('four', 90))).toMatchObject({ execution: 'three' });
  });
});

describe('a run', () => {
  it('begins, waits and ends, each as often as it is written', async () => {
    const one = run('one');
    for (const _ of [1, 2]) await runs.begin(one);
    expect(await runs.list('prices', 10)).toEqual([{ ...one, status: 'running' }]);
    const waiting = {
      token: 'token',
      summary: 'v2 waits',
      report: 'report.json',
      until: '2027-01-09T03:04:05.000Z',
    };
    for (const _ of [1, 2]) await runs.wait(one, waiting);
    expect(await runs.list('prices', 10)).toEqual([{ ...one, status: 'waiting', ...waiting }]);
    for (const _ of [1, 2]) await runs.end(one, { ...ending, live: { a: 'v2' } });
    expect(await runs.list('prices', 10)).toEqual([{ ...one, ...ending, live: { a: 'v2' } }]);
    // One that is begun once more has ended all the same.
    await runs.begin(one);
    expect(await runs.list('prices', 10)).toMatchObject([{ status: 'kept' }]);
  });

  it('is listed with others of its pipeline, the newest first', async () => {
    for (const [index, name] of ['a', 'b', 'c'].entries())
      await runs.begin(run(name, { started: `2027-01-0${index + 1}T00:00:00.000Z` }));
    await runs.begin(run('z', { pipeline: 'others' }));
    const first = { execution: 'a', key: 'k', started: 's' };
    await runs.recordKnown(run('d', { started: '2027-01-09T00:00:00.000Z' }), first);
    const names = (await runs.list('prices', 3)).map(({ execution }) => execution);
    expect(names).toEqual(['d', 'c', 'b']);
    expect((await runs.list('prices', 1))[0]).toMatchObject({ status: 'known', first });
  });
});
