import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { driftEvent, driftPattern } from '@chorus/blueprint';
import { readWindowItem } from '@chorus/drift';
import { type Port, serve, testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { createEvents, type Delivery, type EventsEmulator } from '@chorus/emulator-events';
import { createLogs } from '@chorus/emulator-logs';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import type { InvocationContext } from '@chorus/runtime/bootstrap';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createCountHandler } from './handler.ts';

const now = Date.parse('2026-11-29T10:20:00Z');
const hour = 3_600_000;

const manifest = {
  format: 1,
  name: 'churn',
  version: 'v1',
  file: { name: 'model.onnx', bytes: 1, sha256: 'a1'.repeat(32) },
  schema: {
    name: 'churn',
    inputs: [{ name: 'age', datatype: 'FP64', shape: [-1] }],
    outputs: [{ name: 'y', datatype: 'FP64', shape: [-1] }],
    maxBatch: 9,
  },
  training: {
    metrics: {},
    reference: [
      { name: 'age', mean: 1, std: 1, minimum: 0, maximum: 9, edges: [5], shares: [0.5, 0.5] },
    ],
  },
};

let directory: string;
let dynamodb: DynamodbEmulator;
let store: FaultyS3;
let port: Port;
let client: DynamoDBClient;
let events: EventsEmulator;
const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:some';
/** Another model than any that is counted tells that all before was delivered. */
const pattern = driftPattern(['churn', 'last']);
/** Events that a rule of the bus delivers. */
const told: Delivery[] = [];
/** What the function writes to its log. */
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  told.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  directory = await mkdtemp(join(tmpdir(), 'count-drift-'));
  const credentials = testCredentials;
  dynamodb = createDynamodb({ directory, credentials });
  await dynamodb.service.ensureTable({
    name: 'counts',
    key: { name: 'model', type: 'S' },
    sort: { name: 'window', type: 'S' },
  });
  store = await startFaultyS3(['models']);
  await store.put('models/models/churn/v1/manifest.json', JSON.stringify(manifest));
  const logs = createLogs({ directory, credentials });
  events = createEvents({
    directory,
    credentials,
    buses: [{ name: 'verdicts', rules: [{ name: 'churn', pattern, target: { arn: machine } }] }],
    targets: { states: async (delivery) => void told.push(delivery) },
  });
  events.resume();
  port = await serve({ dynamodb: dynamodb.handle, logs: logs.handle, events: events.handle });
  const variables = {
    AWS_ENDPOINT_URL: port.url,
    AWS_ENDPOINT_URL_S3: store.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '1',
    DRIFT_COUNTS_TABLE: 'counts',
    MODELS_BUCKET: 'models',
    DRIFT_BUS: 'verdicts',
    MODEL_LOGS: JSON.stringify({ churn: '/aws/lambda/churn', unused: '/aws/lambda/unused' }),
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  client = new DynamoDBClient({});
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  client.destroy();
  await port.close();
  await events.close();
  await dynamodb.close();
  await store.close();
  await rm(directory, { recursive: true });
});

/** A line as a model function writes it. */
const line = (time: number, fields: object): string =>
  `${JSON.stringify({ timestamp: new Date(time).toISOString(), level: 'INFO', message: 'invocation', model_version: 'v1', ...fields })}\n`;

const write = (text: string): Promise<void> => appendFile(join(directory, 'churn.log'), text);

/** Writes lines of so many rows each. */
async function writeRows(rows: number, ...lines: readonly (readonly [number, string])[]) {
  for (const [time, counts] of lines) await write(line(time, { rows, counts }));
}

async function run(event: unknown = {}, at = now) {
  const context: InvocationContext = { requestId: 'r', deadlineMs: 0, functionArn: '', notes: {} };
  return createCountHandler(readSettings(), () => at)(event, context);
}

/** Returns what is kept, in the order of the hours. */
async function kept() {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'counts' }));
  const windows = Items.filter(({ counts }) => counts !== undefined);
  return windows
    .map(({ counts }) => readWindowItem({ counts: counts?.S ?? '' }))
    .sort((one, other) => (`${one.from}${one.version}` < `${other.from}${other.version}` ? -1 : 1));
}

/** Returns what was told until now: an event that is put last is delivered last. */
async function toldOf(): Promise<readonly unknown[]> {
  events.service.run('PutEvents', {
    Entries: [
      {
        EventBusName: 'verdicts',
        Source: driftEvent.source,
        DetailType: driftEvent.detailType,
        Detail: JSON.stringify({ model: 'last' }),
      },
    ],
  });
  const details = () => told.map(({ body }) => JSON.parse(body).detail);
  await expect.poll(() => details().at(-1)).toEqual({ model: 'last' });
  told.pop();
  return details().slice();
}

describe('counting', () => {
  it('sums the lines of each hour and version, however often it runs', async () => {
    await write(line(now - 3 * hour, { rows: 1, counts: '0|' }));
    await write(line(now - hour, { rows: 2, counts: '0,1|' }) + line(now - hour, { refused: 1 }));
    await write(
      line(now - 2, { rows: 1, counts: '1,a|' }) + line(now - 1, { rows: 1, counts: '1|' }),
    );
    await write('  at a stack\n{"message":"fatal"}\n');
    const none = { missing: 0, below: 0, above: 0, unseen: 0 };
    const common = { model: 'churn', version: 'v1', outputs: {} };
    const expected = [
      {
        ...common,
        from: '2026-11-29T09:00:00.000Z',
        to: '2026-11-29T10:00:00.000Z',
        rows: 2,
        refused: 1,
        inputs: { age: { ...none, bins: [1, 1] } },
      },
      {
        ...common,
        from: '2026-11-29T10:00:00.000Z',
        to: '2026-11-29T11:00:00.000Z',
        rows: 2,
        refused: 0,
        inputs: { age: { ...none, bins: [0, 2], above: 1 } },
      },
    ];
    for (let times = 0; times < 2; times += 1) {
      expect(await run()).toEqual({ windows: 2, rows: 4, refused: 1, strange: 0 });
      expect(await kept()).toEqual(expected);
    }
    await Promise.all([run(), run({ hours: 2 })]);
    expect(await kept()).toEqual(expected);
    await write(line(now, { rows: 1, counts: '0|' }));
    await run();
    expect((await kept())[1]).toMatchObject({ rows: 3, inputs: { age: { bins: [1, 2] } } });
    expect(await run({ hours: 4 })).toMatchObject({ windows: 3, rows: 6 });
  });

  it('of a run that saw fewer lines does not undo that of one which saw more', async () => {
    await write(line(now, { rows: 1, counts: '0|' }) + line(now + 1, { rows: 1, counts: '0|' }));
    await run();
    await writeFile(join(directory, 'churn.log'), line(now, { rows: 1, counts: '0|' }));
    await run();
    expect(await kept()).toMatchObject([{ rows: 2 }]);
  });

  it('keeps versions apart, and says how many lines are not those of their manifest', async () => {
    await write(line(now, { rows: 1, counts: '0|' }) + line(now, { rows: 5, counts: '0;1|' }));
    await write(line(now, { model_version: 'v2', rows: 3, counts: '0|' }));
    expect(await run()).toEqual({ windows: 2, rows: 9, refused: 0, strange: 2 });
    expect(await kept()).toMatchObject([
      { version: 'v1', rows: 6, inputs: { age: { bins: [1, 0] } } },
      { version: 'v2', rows: 3, inputs: {} },
    ]);
  });

  it('goes on with the other models when one cannot be counted, and then fails', async () => {
    vi.stubEnv('MODEL_LOGS', JSON.stringify({ bad: 'no group!', churn: '/aws/lambda/churn' }));
    await write(line(now, { rows: 1, counts: '0|' }));
    await expect(run()).rejects.toMatchObject({
      name: 'NotCountedError',
      message: expect.stringContaining('bad could not be counted'),
    });
    expect(await kept()).toMatchObject([{ rows: 1 }]);
  });

  it('says of each model how many columns have drifted within a day, at every level of the log', async () => {
    vi.stubEnv('LOG_LEVEL', 'error');
    // As in the training, and then all in one bin; the day before does not count.
    await writeRows(500, [now - 30 * hour, '1x500|'], [now - 2 * hour, '0x250,1x250|']);
    await run({ hours: 40 });
    await writeRows(2000, [now, '1x2000|']);
    await run();
    const line = { message: 'drift', model: 'churn', model_version: 'v1', refused: 0 };
    expect(said.map((text) => JSON.parse(text))).toMatchObject([
      { ...line, rows: 500, verdict: 'no drift', drifting: 0 },
      { ...line, rows: 2500, verdict: 'drift', drifting: 1, columns: 'age' },
    ]);
  });

  it('tells that a model begins to drift once for each turn, however often it runs', async () => {
    const minute = 60_000;
    const runAt = (hours: number) => run({}, now + hours * hour);
    await writeRows(500, [now, '0x250,1x250|']);
    await run();
    await writeRows(2000, [now + 2 * hour, '1x2000|']);
    await Promise.all([runAt(2), runAt(2)]);
    await run({}, now + 2 * hour + 15 * minute);
    // A quiet time is no turn.
    await runAt(27);
    await writeRows(2000, [now + 30 * hour, '1x2000|']);
    await runAt(30);
    await writeRows(2000, [now + 60 * hour, '0x1000,1x1000|']);
    await runAt(60);
    await writeRows(2000, [now + 90 * hour, '0x2000|']);
    await runAt(90);
    expect(await toldOf()).toEqual([
      {
        id: 'churn v1 2026-11-29T12:20:00.000Z',
        model: 'churn',
        version: 'v1',
        columns: ['age'],
        from: '2026-11-29T10:00:00.000Z',
        to: '2026-11-29T13:00:00.000Z',
        rows: 2500,
      },
      expect.objectContaining({ id: 'churn v1 2026-12-03T04:20:00.000Z', rows: 2000 }),
    ]);
  });

  it('tells what a run before could not tell', async () => {
    await writeRows(2000, [now, '1x2000|']);
    vi.stubEnv('DRIFT_BUS', 'gone');
    await expect(run()).rejects.toMatchObject({ name: 'NotCountedError' });
    vi.stubEnv('DRIFT_BUS', 'verdicts');
    // The run that has found it may still be telling.
    await run();
    expect(await toldOf()).toEqual([]);
    await run({}, now + 15 * 60_000);
    expect(await toldOf()).toMatchObject([{ id: 'churn v1 2026-11-29T10:20:00.000Z' }]);
  });

  it('is ready when it is asked to be', async () => {
    expect(await run({ chorus: 'ready' })).toEqual({ ready: true });
  });

  it.each([0, 1.5, 745, 'all'])('refuses to count %j hours', async (hours) => {
    await expect(run({ hours })).rejects.toMatchObject({ name: 'InvalidRequestError' });
  });
});

it.each([
  ['DRIFT_COUNTS_TABLE', ''],
  ['MODELS_BUCKET', ''],
  ['DRIFT_BUS', ''],
  ['MODEL_LOGS', ''],
  ['MODEL_LOGS', '{'],
  ['MODEL_LOGS', '["a"]'],
  ['MODEL_LOGS', '{"a":1}'],
])('needs to be told %s: not %j', (name, value) => {
  vi.stubEnv(name, value);
  expect(readSettings).toThrow(name);
});
