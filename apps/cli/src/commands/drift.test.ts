import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { summariseNumbers, type WindowCounts, windowItem, withThresholds } from '@chorus/drift';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { FunctionFailure, fakeFunction } from '../testing/fake-lambda.ts';
import { runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let directory: string;
let dynamodb: DynamodbEmulator;
let client: DynamoDBClient;

const reference = withThresholds(
  [
    summariseNumbers(
      'RM',
      Array.from({ length: 1000 }, (_, row) => 4 + row / 250),
    ),
    summariseNumbers(
      'CHAS',
      Array.from({ length: 1000 }, (_, row) => Number(row % 10 === 0)),
    ),
  ],
  2,
);

beforeEach(async () => {
  fake = await startFakeAws();
  directory = await mkdtemp(join(tmpdir(), 'chorus-drift-'));
  dynamodb = createDynamodb({ directory, credentials: testCredentials });
  fake.services.set('dynamodb', dynamodb.handle);
  await dynamodb.service.ensureTable({
    name: 'chorus-drift-counts',
    key: { name: 'model', type: 'S' },
    sort: { name: 'window', type: 'S' },
  });
  client = new DynamoDBClient({
    endpoint: fake.url,
    region: 'us-east-1',
    credentials: testCredentials,
  });
  fake.functions.set('chorus-count-drift', {
    ...fakeFunction({}),
    answer: () => ({ windows: 1 }),
  });
  const key = 'models/svr/v1/manifest.json';
  const manifest = JSON.parse(String(await fake.objects.get(key)));
  manifest.training.reference = reference;
  await fake.objects.set(key, JSON.stringify(manifest));
});

afterEach(async () => {
  client.destroy();
  await fake.close();
  await dynamodb.close();
  await rm(directory, { recursive: true });
});

const drift = (...argv: readonly string[]) =>
  runCommand(['drift', ...argv], { AWS_ENDPOINT_URL: fake.url, AWS_REGION: 'us-east-1' });

const counted = { missing: 0, below: 0, above: 0, unseen: 0 };

/** Keeps what was counted in an hour that began some hours ago. */
async function keep(hoursAgo: number, change: Partial<WindowCounts> = {}): Promise<void> {
  const from = Math.floor(Date.now() / 3_600_000 - hoursAgo) * 3_600_000;
  const item = windowItem({
    model: 'svr',
    version: 'v1',
    from: new Date(from).toISOString(),
    to: new Date(from + 3_600_000).toISOString(),
    rows: 500,
    refused: 2,
    inputs: {
      RM: { ...counted, bins: new Array(10).fill(50) },
      CHAS: { ...counted, bins: [450, 50] },
    },
    outputs: {},
    ...change,
  });
  await client.send(
    new PutItemCommand({
      TableName: 'chorus-drift-counts',
      Item: {
        model: { S: item.model },
        window: { S: item.window },
        counts: { S: item.counts },
        expiresAt: { N: String(item.expiresAt) },
      },
    }),
  );
}

const drifted = {
  RM: { ...counted, bins: [0, 0, 0, 0, 0, 0, 0, 0, 250, 250], above: 100 },
  CHAS: { ...counted, bins: [450, 50] },
};

describe('chorus drift', () => {
  it('has a line for each model, of the version that is live', async () => {
    await keep(1);
    await keep(1, { version: 'v2', inputs: drifted });
    const { code, stdout, stderr } = await drift();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'model              version  rows  refused  verdict       in',
      'linear-regression  v1          0        0  no reference',
      'random-forest      v1          0        0  no reference',
      'svr                v1        500        2  no drift',
    ]);
    expect(fake.functions.get('chorus-count-drift')?.events).toHaveLength(1);
  });

  it('shows the bars, distances and verdict of each feature', async () => {
    await keep(1, { inputs: drifted });
    const { stdout } = await drift('svr');
    expect(stdout).toMatch(/^svr v1, .* UTC: 500 rows answered, 2 requests refused\. Drift\.\n/);
    expect(stdout).toMatch(
      /RM +▂▂▂▂▂▂▂▂▂▂ +········██ +500 +0\.\d{3} \/ 0\.\d{3} .*drift: js, ks, wasserstein, 20 % is beyond the training \(up to /,
    );
    expect(stdout).toMatch(/CHAS +█▁ +█▁ +500 +0\.000 \/ 0\.\d{3} .*no drift/);
    expect((await drift()).stdout).toMatch(/svr +v1 +500 +2 +drift +RM\n/);
  });

  it('gives one JSON document', async () => {
    await keep(1);
    await keep(2);
    await keep(30, { inputs: drifted });
    const { stdout } = await drift('svr', '--json');
    expect(JSON.parse(stdout).models).toMatchObject([
      {
        model: 'svr',
        version: 'v1',
        rows: 1000,
        refused: 4,
        verdict: 'no drift',
        inputs: [
          {
            name: 'RM',
            verdict: 'no drift',
            rows: 1000,
            js: 0,
            thresholds: { js: expect.any(Number) },
          },
          { name: 'CHAS', verdict: 'no drift' },
        ],
        outputs: [],
      },
    ]);
    const longer = JSON.parse((await drift('svr', '--json', '--since', '40h')).stdout);
    expect(longer.models).toMatchObject([{ rows: 1500, verdict: 'drift' }]);
  });

  it('judges another version, and fewer rows, where that is asked for', async () => {
    await keep(1, { rows: 120, inputs: { CHAS: { ...counted, bins: [0, 120] } } });
    expect((await drift('svr')).stdout).toContain('Too few rows.');
    expect((await drift('svr', '--minimum-rows', '100')).stdout).toContain('Drift.');
    expect((await drift('svr', '--version', 'v7')).stderr).toContain('v7');
  });

  it('says why fewer rows were counted than answered', async () => {
    await keep(1, { refused: 1, inputs: { CHAS: { ...counted, bins: [0, 320] } } });
    const { stdout } = await drift('svr');
    expect(stdout).toContain('500 rows answered, 1 request refused.');
    expect(stdout).toContain('of a large request only some are counted');
  });

  it('says so where a model has no reference', async () => {
    await keep(1, { model: 'random-forest', inputs: {} });
    const { stdout } = await drift('random-forest');
    expect(stdout).toContain('500 rows answered, 2 requests refused. No reference.');
    expect(stdout).toContain('Its manifest has no reference');
  });

  it('goes on with what was counted before when nothing can be counted now', async () => {
    await keep(1);
    const count = fake.functions.get('chorus-count-drift');
    if (count) count.answer = () => new FunctionFailure('NotCountedError', 'no logs');
    const { code, stdout, stderr } = await drift('svr');
    expect(code).toBe(0);
    expect(stdout).toContain('500 rows answered');
    expect(stderr).toContain('no logs');
    fake.functions.delete('chorus-count-drift');
    expect((await drift('svr')).stderr).toContain('since it last ran');
  });

  it.each([
    [['nobody'], "There is no model 'nobody'"],
    [['svr', 'v1'], 'One argument too many: v1'],
    [['svr', '--minimum-rows', '20'], 'at least 100'],
    [['--version', 'v1'], '--version needs the name of a model'],
    [['--since', 'yesterday'], '--since takes a duration'],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await drift(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('says what is missing where nothing is counted', async () => {
    await client.send(new DeleteTableCommand({ TableName: 'chorus-drift-counts' }));
    const { code, stderr } = await drift('svr');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no table chorus-drift-counts');
  });
});
