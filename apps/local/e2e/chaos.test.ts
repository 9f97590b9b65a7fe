import {
  DynamoDBClient,
  type DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type SQSServiceException,
} from '@aws-sdk/client-sqs';
import { movableClock } from '@chorus/asl';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chorus, type Ran } from './chorus.ts';
import { houses } from './fixed-service.ts';
import { onlyTheFirst } from './only-the-first.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const blueprint = {
  ...houses,
  // One has a model's name.
  tables: [
    ...(houses.tables ?? []),
    ...['notes', 'svr'].map((name) => ({
      name,
      purpose: '',
      key: { name: 'id', type: 'S' } as const,
    })),
  ],
  queues: [{ name: 'letters', purpose: '' }],
};

const clock = movableClock(Date.UTC(2026, 10, 29, 12));
const lines: string[] = [];
let cloud: TestCloud;
let dynamodb: DynamoDBClient;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startServingCloud(undefined, blueprint, undefined, undefined, {
    chaosClock: clock,
    report: (line) => lines.push(line),
  });
  const { url: endpoint, credentials } = cloud;
  const client = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  dynamodb = new DynamoDBClient(client);
  sqs = new SQSClient(client);
});
afterAll(async () => {
  dynamodb.destroy();
  sqs.destroy();
  await cloud.remove();
});
afterEach(() => run('stop'));

const run = (...argv: readonly string[]): Promise<Ran> => chorus(cloud, ['chaos', ...argv]);

async function start(...argv: readonly string[]): Promise<void> {
  const { code, err } = await run(...argv);
  expect(code, err).toBe(0);
}

/** Asks all three models. @param timeout in microseconds */
const predict = (timeout = 25_000_000) =>
  post(cloud, '/predict/house-price', { instances: [house], parameters: { timeout } });

const infer = () =>
  post(cloud, '/v2/models/svr/infer', {
    inputs: [{ name: 'features', datatype: 'FP64', shape: [1, 13], data: Object.values(house) }],
  });

const forest = 'random-forest';

describe('a function', () => {
  it('that is slow is left out when the time is up, and answers again when the fault is stopped', async () => {
    await start('slow', 'function:svr', '--by', '10m');
    const { status, body } = await predict(2_000_000);
    expect([status, Object.keys(body.failed)]).toEqual([200, ['svr']]);
    expect(body.failed['svr']?.error).toMatch(/Timeout|DeadlineExceeded/);
    await run('stop');
    expect((await predict()).body.failed).toEqual({});
  });

  it('that fails is left out with the error’s name; without a quorum it is a 503', async () => {
    await start('fail', forest);
    const { status, body } = await predict();
    expect(status).toBe(200);
    expect(Object.keys(body.models)).toEqual(['linear-regression', 'svr']);
    expect(body.failed).toEqual({
      [forest]: { error: 'ChaosError', message: 'The function fails: chaos was told to.' },
    });
    await start('fail', 'function:svr');
    await start('fail', 'linear-regression');
    const none = await predict();
    expect(none.status).toBe(503);
    expect(none.body.error).toContain('0 of 3 models answered');
  });

  it.each(['kill', 'throttle', 'corrupt'])('that has a %s once is asked again', async (fault) => {
    await start(fault, forest, ...onlyTheFirst(fault, forest));
    const { status, body } = await predict();
    expect([status, body.failed, body.models[forest]?.attempts]).toEqual([200, {}, 2]);
  });

  it.each([
    ['kill', 'Runtime.ExitError', /signal: killed/],
    ['corrupt', 'Lambda.Unknown', /did not return an error type/],
  ])('that has a %s each time is left out', async (fault, error, message) => {
    await start(fault, forest);
    const { status, body } = await predict();
    expect(status).toBe(200);
    expect(body.failed[forest]).toEqual({ error, message: expect.stringMatching(message) });
    expect(body.predictions[0]).not.toHaveProperty(forest);
  });

  it.each([
    ['fail', 502],
    ['kill', 502],
    ['throttle', 429],
    ['corrupt', 502],
  ])('behind a route: %s is a %i', async (fault, status) => {
    await start(fault, 'gateway');
    const answer = await infer();
    expect([answer.status, typeof answer.body.error]).toEqual([status, 'string']);
  });

  it.each([
    ['fail', 'model "svr" failed'],
    ['corrupt', 'not an inference response'],
  ])('behind the gateway: %s is an error in JSON', async (fault, message) => {
    await start(fault, 'function:svr');
    const answer = await infer();
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.body.error).toContain(message);
  });
});

describe('a table, asked with the SDK', () => {
  const put = (id: string, TableName = 'chorus-notes') =>
    dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));
  const get = (id: string) =>
    dynamodb.send(
      new GetItemCommand({
        TableName: 'chorus-notes',
        Key: { id: { S: id } },
        ConsistentRead: true,
      }),
    );

  it.each([
    ['fail', 'InternalServerError', 500],
    ['throttle', 'ProvisionedThroughputExceededException', 400],
  ])('%s is AWS’s error, and nothing is written', async (fault, name, status) => {
    await start(fault, 'notes');
    const error = await put(fault).catch((thrown: DynamoDBServiceException) => thrown);
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    await put(fault, 'chorus-svr');
    await run('stop');
    expect((await get(fault)).Item).toBeUndefined();
  });

  it('a connection that is cut tells nothing of whether it was written', async () => {
    await start('kill', 'notes', '--seed', '1');
    const ids = Array.from({ length: 16 }, (_, index) => `cut-${index}`);
    for (const id of ids) await expect(put(id)).rejects.toThrow(/socket hang up|ECONNRESET/);
    await run('stop');
    const found = await Promise.all(ids.map(get));
    const written = found.filter(({ Item }) => Item !== undefined).length;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(ids.length);
  });

  it('a damaged answer is noticed', async () => {
    await put('damaged');
    await start('corrupt', 'notes');
    await expect(get('damaged')).rejects.toThrow(SyntaxError);
  });

  it('a slow one answers as soon as the fault is stopped', async () => {
    await start('slow', 'notes', '--by', '10m');
    const answer = put('released');
    const seen = async () => JSON.parse((await run('list', '--json')).out).running[0].seen;
    await expect.poll(seen).toBe(1);
    await run('stop');
    await answer;
    expect((await get('released')).Item).toEqual({ id: { S: 'released' } });
  });

  it('a slow one answers late, and rightly', async () => {
    await start('slow', 'notes', '--by', '50ms');
    const before = performance.now();
    await put('slow');
    expect(performance.now() - before).toBeGreaterThanOrEqual(49);
    expect((await get('slow')).Item).toEqual({ id: { S: 'slow' } });
  });
});

describe('a queue, asked with the SDK', () => {
  const QueueUrl = () => `${cloud.url}/000000000000/chorus-letters`;
  const send = (MessageBody: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody }));

  /** Receives one message, and deletes it. */
  async function take(): Promise<string | undefined> {
    const receive = new ReceiveMessageCommand({ QueueUrl: QueueUrl(), VisibilityTimeout: 0 });
    const [message] = (await sqs.send(receive)).Messages ?? [];
    const { Body, ReceiptHandle } = message ?? {};
    if (ReceiptHandle !== undefined)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: QueueUrl(), ReceiptHandle }));
    return Body;
  }

  it.each([
    ['fail', 'InternalFailure', 500],
    ['throttle', 'RequestThrottled', 400],
  ])('%s is AWS’s error, and nothing is sent', async (fault, name, status) => {
    await start(fault, 'letters');
    const error = await send(fault).catch((thrown: SQSServiceException) => thrown);
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    await run('stop');
    expect(await take()).toBeUndefined();
  });

  it('a damaged body is not what its checksum says, and the message is there still', async () => {
    await send('a letter');
    await start('corrupt', 'queue:letters');
    await expect(take()).rejects.toThrow('Invalid MD5 checksum on messages');
    await run('stop');
    expect(await take()).toBe('a letter');
  });

  it('so is a damaged acknowledgement, of a message that was sent', async () => {
    await start('corrupt', 'letters');
    await expect(send('twice?')).rejects.toThrow(SyntaxError);
    await run('stop');
    expect(await take()).toBe('twice?');
  });

  it('a connection that is cut may have sent it', async () => {
    await start('kill', 'letters', '--seed', '1');
    const bodies = Array.from({ length: 16 }, (_, index) => `cut-${index}`);
    for (const body of bodies)
      await expect(send(body)).rejects.toThrow(/socket hang up|ECONNRESET/);
    await run('stop');
    const taken: string[] = [];
    for (let body = await take(); body !== undefined; body = await take()) taken.push(body);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(bodies.length);
  });
});

it('a fault ends by itself, and the cloud’s terminal tells what it hit', async () => {
  lines.length = 0;
  await start('fail', forest, '--for', '30s', '--seed', '5');
  await predict();
  const { running } = JSON.parse((await run('list', '--json')).out);
  expect(running).toMatchObject([{ fault: 'fail', seen: 1, hit: 1, seed: 5, forMs: 30_000 }]);
  clock.advance(30_000);
  expect((await predict()).body.failed).toEqual({});
  expect(lines).toEqual([
    expect.stringMatching(
      /^chaos: fail random-forest, every request, for 30 s \(until .*, seed 5\)$/,
    ),
    'chaos: fail random-forest has ended: its time is over; 1 of 1 requests hit',
  ]);
  const { out } = await run('list');
  expect(out).toMatch(
    /^No fault runs\.\n\nEnded, the latest first:\nfault .*\nfail +random-forest/,
  );
});

describe('what a person sees', () => {
  it('when a fault starts, while it runs and when it is stopped', async () => {
    const started = await run('slow', 'table:svr', '--by', '2s', '--for', '90s', '--share', '20%');
    expect(started.out).toMatch(
      /^slow table:svr by 2 s: 20 % of the requests, for 1.5 min, until \d\d:\d\d:\d\d\. --seed \d+ hits the same ones again\.\nNext: /,
    );
    expect((await run('list')).out).toMatch(/^slow +table:svr +2 s +20 % +.*0 +0 +\d+$/m);
    expect((await run('stop', 'table:svr')).out).toBe(
      'slow table:svr has ended: 0 of 0 requests hit\n',
    );
    expect((await run('stop', 'notes')).out).toBe('No fault runs on notes.\n');
    expect(JSON.parse((await run('stop', '--json')).out)).toEqual({ ended: [] });
  });

  it.each([
    [['fail', 'randomforest'], 2, "There is no 'randomforest' that may have a fault, only: "],
    [['fail', 'randomforest'], 2, 'Did you mean random-forest?'],
    [['fail', 'tabel:notes'], 2, 'Did you mean table:notes?'],
    [['fail', 'svr'], 2, 'svr is several: say function:svr or table:svr'],
    [['stop', 'nothing'], 2, "There is no 'nothing' that may have a fault"],
    [['slow', 'notes', '--for', '25h'], 1, 'forMs has to be above 0, at most 86400000 ms (a day)'],
  ])('%j is refused', async (argv, code, message) => {
    const ran = await run(...argv);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toContain(message);
  });
});

it('takes orders only with the folder’s credentials', async () => {
  const order = { fault: 'fail', target: { kind: 'table', name: 'notes' } };
  const unsigned = await post(cloud, '/chaos/start', order);
  expect(unsigned.status).toBe(404);
  const foreign = await signedFetch({
    url: `${cloud.url}/chaos/start`,
    service: 'chorus',
    method: 'POST',
    credentials: { ...cloud.credentials, secretAccessKey: 'another' },
    body: JSON.stringify(order),
  });
  expect(foreign.status).toBe(403);
  const other = await signedFetch({
    url: `${cloud.url}/chaos/pause`,
    service: 'chorus',
    method: 'POST',
    credentials: cloud.credentials,
  });
  expect([other.status, await other.json()]).toEqual([
    400,
    { error: expect.stringContaining('There is no POST /chaos/pause: only POST to /chaos/list') },
  ]);
});
