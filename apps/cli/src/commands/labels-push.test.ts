import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { fakeFunction } from '../testing/fake-lambda.ts';
import { runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let directory: string;
let dynamodb: DynamodbEmulator;
let client: DynamoDBClient;

beforeEach(async () => {
  fake = await startFakeAws();
  directory = await mkdtemp(join(tmpdir(), 'chorus-labels-'));
  dynamodb = createDynamodb({ directory, credentials: testCredentials });
  fake.services.set('dynamodb', dynamodb.handle);
  await dynamodb.service.ensureTable({
    name: 'chorus-drift-counts',
    key: { name: 'model', type: 'S' },
    sort: { name: 'window', type: 'S' },
  });
  await dynamodb.service.ensureTable({
    name: 'chorus-predictions',
    key: { name: 'id', type: 'S' },
  });
  client = new DynamoDBClient({
    endpoint: fake.url,
    region: 'us-east-1',
    credentials: testCredentials,
  });
});

afterEach(async () => {
  client.destroy();
  await fake.close();
  await dynamodb.close();
  await rm(directory, { recursive: true });
});

const run = (...argv: readonly string[]) =>
  runCommand(argv, { AWS_ENDPOINT_URL: fake.url, INIT_CWD: directory });

/** Writes a file of truths, and pushes it. */
async function push(name: string, content: string, ...argv: readonly string[]) {
  await writeFile(join(directory, name), content);
  return run('labels', 'push', name, ...argv);
}

/** Keeps the answer of a request. */
async function answer(id: string, predictions: unknown, status = 'done'): Promise<void> {
  const models = { svr: { version: 'v1' }, 'random-forest': { version: 'v1' } };
  const item = {
    id: { S: id },
    workflow: { S: 'house-price' },
    status: { S: status },
    replays: { N: '0' },
    acceptedAt: { S: '2026-01-01T00:00:00.000Z' },
    expires: { N: '99999999999' },
    ...(status !== 'accepted' && {
      statusCode: { N: '200' },
      body: { S: JSON.stringify({ predictions, models, failed: {} }) },
      attempts: { N: '1' },
      endedAt: { S: '2026-01-01T00:00:01.000Z' },
    }),
  };
  await client.send(new PutItemCommand({ TableName: 'chorus-predictions', Item: item }));
}

const house = (svr: number, forest: number) => ({
  svr,
  'random-forest': forest,
  ensemble: (svr + forest) / 2,
});

describe('chorus labels push', () => {
  it('tells how good each model was, and what the workflow made of them', async () => {
    await answer('a', [house(20, 24)]);
    await answer('b', [house(30, 30)]);
    const { code, stdout, stderr } = await push('truths.csv', 'id,truth\na,22\nb,33\n');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('2 truths pushed.');
    expect(stdout).toMatch(/svr +v1 +2 +rmse 2\.55, mae 2\.5, r2 0\.7851 +rmse 3\.5, r2 0\.9\n/);
    expect(stdout).toMatch(/house-price +answer +2 +rmse 2\.121, mae 1\.5, .* +-\n/);
    expect(stdout).toContain('Next: npx -y pnpm@12 chorus drift svr');
  });

  it('takes JSON Lines, rows of a batch and classes, and prints one JSON document', async () => {
    await answer('a', [
      { svr: 'dog', 'random-forest': { label: 'cat' }, label: 'cat' },
      { svr: 'cat', 'random-forest': { label: 'cat' }, label: 'cat' },
    ]);
    const lines = [
      { id: 'a', row: 0, truth: 'cat' },
      { id: 'a', row: 1, truth: 'cat' },
    ];
    const { stdout } = await push(
      'truths.jsonl',
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      '--json',
    );
    const accuracy = (value: number) => ({ labels: 2, metrics: { accuracy: { value } } });
    expect(JSON.parse(stdout)).toMatchObject({
      pushed: 2,
      leftOut: [],
      versions: [
        { model: 'svr', version: 'v1', ...accuracy(0.5), heldOut: { rmse: { value: 3.5 } } },
        { model: 'random-forest', version: 'v1', ...accuracy(1) },
        { model: 'house-price', version: 'answer', ...accuracy(1), heldOut: {} },
      ],
    });
  });

  it('counts a label once, however often it is pushed; the last one counts', async () => {
    await answer('a', [house(20, 20)]);
    await push('truths.csv', 'id,truth\na,19\n');
    await push('truths.csv', 'id,truth\na,19\n');
    const { stdout } = await push('truths.csv', 'id,truth\na,23\n', '--json');
    expect(JSON.parse(stdout).versions[0]).toMatchObject({
      labels: 1,
      metrics: { rmse: { value: 3 }, mae: { value: 3 } },
    });
  });

  it('says which truths it cannot use', async () => {
    await answer('a', [house(20, 20)]);
    await answer('waits', undefined, 'accepted');
    await answer('failed', undefined, 'failed');
    const rows = ['a,20', 'waits,1', 'failed,1', 'nobody,1', 'a2,1'];
    const { code, stdout } = await push('truths.csv', `id,truth\n${rows.join('\n')}\n`);
    expect(code).toBe(0);
    expect(stdout).toContain('1 truths pushed. Left out:');
    expect(stdout).toContain('1 of requests that are not answered yet: waits');
    expect(stdout).toContain('1 of requests that failed: failed');
    expect(stdout).toContain('2 of ids that are not known, or whose answer has expired: nobody');
    const none = await push('truths.csv', 'id,truth,row\na,20,1\na,unknown,0\n');
    expect(none.code).toBe(1);
    expect(none.stdout).toContain('2 whose request has no such row, or no answer');
  });

  it('is shown by chorus drift', async () => {
    await answer('a', [house(20, 20)]);
    await push('truths.csv', 'id,truth\na,23\n');
    fake.functions.set('chorus-count-drift', { ...fakeFunction({}), answer: () => ({}) });
    expect((await run('drift', 'svr')).stdout).toContain(
      'By 1 labels: rmse 3.000 (3.500 on held-out rows), mae 3.000.',
    );
  });

  it.each([
    ['truths.txt', 'id,truth\n', 2, 'must be a .csv, .jsonl or .parquet file'],
    ['truths.csv', 'id,label\na,1\n', 1, 'truth'],
    ['truths.csv', 'id,truth\n,1\n', 1, 'row 1: id must be that of a request'],
    ['truths.csv', 'id,truth,row\na,1,first\n', 1, 'row 1: row must be a whole number from 0 up'],
  ])('refuses %s with %j', async (name, content, expected, message) => {
    const { code, stderr } = await push(name, content);
    expect(code).toBe(expected);
    expect(stderr).toContain(message);
  });

  it('says so when there is no such file', async () => {
    const { code, stderr } = await run('labels', 'push', 'nowhere.csv');
    expect(code).toBe(1);
    expect(stderr).toContain('nowhere.csv');
  });
});
