import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createStoreHandler } from './handler.ts';
import { expireDays, type StoredReview } from './review-store.ts';

/** How the server in front of the table answers its next requests, instead of the table. */
type Trouble = 'refuse' | 'hang' | 'forget';

let folder: string;
let database: DynamodbEmulator;
let server: Server;
let troubles: Trouble[];
let requests: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-reviews-'));
  database = createDynamodb({ directory: folder, credentials: testCredentials });
  await database.service.ensureTable({
    name: 'kept',
    key: { name: 'id', type: 'S' },
    ttl: 'expires',
  });
  troubles = [];
  requests = 0;
  server = createServer((request, response) => {
    requests += 1;
    const trouble = troubles.shift();
    if (trouble === 'hang') return;
    if (trouble === 'refuse') {
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
      response.end('{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}');
      return;
    }
    // It is written, but its answer is lost on the way.
    if (trouble === 'forget') response.end = () => response.destroy();
    void database.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', testCredentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', testCredentials.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('REVIEWS_TABLE', 'kept');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  await rm(folder, { recursive: true });
});

const good = {
  id: 'order-17',
  text: 'A delight. 😍',
  result: { label: 'positive', probability: 0.1 + 0.2, summary: ['A delight.'], large: 1e300 },
};

async function store(event: unknown, clock?: () => number, leftMs = 60_000): Promise<StoredReview> {
  const deadlineMs = (clock ?? Date.now)() + leftMs;
  const context = { requestId: 'r', deadlineMs, functionArn: 'arn', notes: {} };
  return (await createStoreHandler(readSettings(), clock)(event, context)) as StoredReview;
}

/** Returns an item as it is in the table. */
async function kept(id = good.id) {
  const { Item } = await new DynamoDBClient({}).send(
    new GetItemCommand({ TableName: 'kept', Key: { id: { S: id } } }),
  );
  return Item;
}

async function count(): Promise<number | undefined> {
  return (await new DynamoDBClient({}).send(new ScanCommand({ TableName: 'kept' }))).Count;
}

describe('a review', () => {
  it('is kept as one item, with the time at which it expires', async () => {
    const at = Date.parse('2026-11-29T12:00:00.000Z');
    const stored = await store(good, () => at);
    expect(stored).toEqual({
      id: good.id,
      result: good.result,
      storedAt: '2026-11-29T12:00:00.000Z',
    });
    const item = await kept();
    expect(item).toMatchObject({
      text: { S: good.text },
      expires: { N: String(at / 1000 + expireDays * 86_400) },
    });
    expect(JSON.parse(item?.['result']?.S ?? '')).toEqual(good.result);
  });

  it('of the same id and text is what was kept first', async () => {
    const first = await store(good);
    const again = await store({ ...good, result: { label: 'another' } }, () => Date.now() + 1000);
    expect(again).toEqual(first);
    expect(await count()).toBe(1);
  });

  it('of the same id and another text is a conflict, and changes nothing', async () => {
    const { storedAt } = await store(good);
    await expect(store({ ...good, text: 'A bore.' })).rejects.toMatchObject({
      name: 'ConflictError',
      status: 409,
      message: expect.stringContaining(`id: order-17 is that of another text, kept at ${storedAt}`),
    });
    expect((await kept())?.['text']?.S).toBe(good.text);
  });

  it('replaces one that has expired, though it is still there', async () => {
    const later = Date.now() + (expireDays * 86_400 + 1) * 1000;
    await store(good);
    await store({ ...good, text: 'A bore.' }, () => later);
    expect((await kept())?.['text']?.S).toBe('A bore.');
  });

  it('that many send at once is kept once, and all hear the same', async () => {
    const events = Array.from({ length: 8 }, (_, index) => ({ ...good, result: { index } }));
    const answers = await Promise.all(events.map((event) => store(event)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count()).toBe(1);
  });
});

describe('a table that cannot be written', () => {
  it('is asked again by the SDK, and the review is kept once', async () => {
    troubles = ['refuse'];
    expect(await store(good)).toMatchObject({ id: good.id });
    expect(requests).toBe(2);
  });

  it('that wrote and could not say so is no conflict', async () => {
    troubles = ['forget'];
    expect(await store(good)).toMatchObject({ id: good.id, result: good.result });
    expect(await count()).toBe(1);
  });

  it.each<[string, readonly Trouble[]]>([
    ['fails', Array.from({ length: 10 }, () => 'refuse' as const)],
    ['hangs', ['hang']],
  ])('and %s is 503, with the cause, and nothing is kept', async (_name, some) => {
    troubles = [...some];
    await expect(store(good, Date.now, 1000)).rejects.toMatchObject({
      name: 'UnavailableError',
      message: 'the review cannot be kept right now; send it again',
      cause: expect.any(Error),
    });
    troubles = [];
    expect(await kept()).toBeUndefined();
  });

  it('is not asked when the deadline is past', async () => {
    const late = { ...good, deadlineMs: Date.now() - 1 };
    await expect(store(late)).rejects.toMatchObject({ name: 'DeadlineExceededError' });
    expect(requests).toBe(0);
  });
});

describe('refused is', () => {
  it.each<[string, unknown, string]>([
    ['nothing', null, 'id: expected'],
    ['no id', { ...good, id: undefined }, 'id: expected'],
    ['an empty id', { ...good, id: '' }, 'id: expected'],
    ['an id that is a path', { ...good, id: '../a' }, 'id: expected'],
    ['a long id', { ...good, id: 'a'.repeat(81) }, 'id: expected'],
    ['no text', { ...good, text: 7 }, 'text: expected'],
    ['an empty text', { ...good, text: '' }, 'text: expected'],
    ['half of a surrogate pair', { ...good, text: 'a\ud83d' }, 'text: expected'],
    ['no result', { ...good, result: null }, 'result: expected'],
    ['a deadline that is no number', { ...good, deadlineMs: 'soon' }, 'deadlineMs: expected'],
  ])('%s', async (_name, event, message) => {
    await expect(store(event)).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(message),
    });
    expect(requests).toBe(0);
  });

  it('more than an item holds', async () => {
    await expect(store({ ...good, text: 'a'.repeat(390_000) })).rejects.toMatchObject({
      name: 'PayloadTooLargeError',
    });
    expect(requests).toBe(0);
  });

  it('a deployment that does not name the table', () => {
    vi.stubEnv('REVIEWS_TABLE', '');
    expect(readSettings).toThrow('REVIEWS_TABLE is not set');
  });
});

it('takes the largest review', async () => {
  const text = 'a'.repeat(380_000);
  await store({ ...good, text });
  expect((await kept())?.['text']?.S).toBe(text);
});

it('says that it is ready', async () => {
  expect(await store({ chorus: 'ready' })).toEqual({ ready: true });
});
