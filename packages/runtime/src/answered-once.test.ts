import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { requestTable } from '@chorus/resilience';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answeredOnce } from './answered-once.ts';
import type { Handler } from './handler.ts';
import { asRecord, jsonAnswer, type ProxyResult, toProxyResult } from './proxy-event.ts';

let folder: string;
let database: DynamodbEmulator;
let server: Server;
/** Whether the table refuses an operation. */
let refused: (operation: string) => boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-once-'));
  database = createDynamodb({ directory: folder, credentials: testCredentials });
  const { name, key, ttl } = requestTable;
  await database.service.ensureTable({ name, key, ttl });
  refused = () => false;
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    if (!refused(operation)) return void database.handle(request, response);
    request.resume();
    response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
    response.end('{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', testCredentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', testCredentials.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('REQUESTS_TABLE', requestTable.name);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  await rm(folder, { recursive: true });
});

let invocations = 0;

interface Sent {
  readonly key?: string;
  readonly name?: string;
  readonly path?: string;
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
  readonly caller?: object;
  readonly at?: number;
}

const start = 1_700_000_000_000;

/** A function behind the wrapper, at a time that the test says. */
function serve(handler: (body: string, count: number) => Promise<ProxyResult> | ProxyResult) {
  let count = 0;
  let at = start;
  const once = answeredOnce(
    async (event) => {
      count += 1;
      return handler(String(asRecord(event)['body']), count);
    },
    { now: () => at },
  );
  return {
    count: () => count,
    async send({ key = 'k-1', name = 'Idempotency-Key', ...sent }: Sent = {}) {
      at = sent.at ?? start;
      invocations += 1;
      const context = {
        requestId: `i-${invocations}`,
        deadlineMs: at + 6000,
        functionArn: 'arn',
        notes: {} as Record<string, string | number | boolean>,
      };
      const event = {
        path: sent.path ?? '/labels',
        httpMethod: sent.method ?? 'POST',
        headers: {
          ...(key !== '' && { [name]: key }),
          'content-type': sent.type ?? 'application/json',
        },
        body: sent.body ?? '{"a":1}',
        isBase64Encoded: false,
        requestContext: sent.caller ?? {},
      };
      const answer = (await once(event, context)) as ProxyResult;
      return { ...answer, notes: context.notes };
    },
  };
}

const answer = (status: number, value: unknown): ProxyResult =>
  toProxyResult(jsonAnswer(status, value, { 'x-request-id': 'first' }));
const counting = () => serve((_, count) => answer(200, { count }));

describe('requests with the same key', () => {
  it('have the same answer, headers and all, of one call', async () => {
    const { send, count } = counting();
    const { notes: _, ...first } = await send();
    expect(first).toEqual(answer(200, { count: 1 }));
    expect(await send()).toMatchObject({ ...first, notes: { status: 200, repeated: true } });
    expect(await send({ name: 'idempotency-key', key: '"k-1"' })).toMatchObject(first);
    expect(count()).toBe(1);
  });

  it('run once when ten come together', async () => {
    let end = () => {};
    const { send, count } = serve(async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return answer(202, {});
    });
    const all = Array.from({ length: 10 }, () => send());
    const nine: number[] = [];
    for (const each of all) void each.then(({ statusCode }) => nine.push(statusCode));
    await expect.poll(() => nine.length).toBe(9);
    end();
    const answers = await Promise.all(all);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([
      202,
      ...Array.from({ length: 9 }, () => 409),
    ]);
    const busy = answers.find(({ statusCode }) => statusCode === 409);
    expect(busy?.headers['retry-after']).toBe('1');
    expect([count(), (await send()).statusCode]).toEqual([1, 202]);
  });

  it.each<[string, Sent]>([
    ['another body', { body: '{"a": 1}' }],
    ['a body of another kind', { type: 'application/octet-stream' }],
  ])('and %s are 422', async (_, change) => {
    const { send, count } = counting();
    await send();
    expect(await send(change)).toMatchObject({ statusCode: 422 });
    expect(count()).toBe(1);
  });

  it.each<[string, Sent]>([
    ['path', { path: '/uploads' }],
    ['path with spaces', { path: '/labels k-1' }],
    ['key of the API', { caller: { identity: { apiKeyId: 'a' } } }],
    ['user', { caller: { identity: { userArn: 'a' } } }],
    ['token', { caller: { authorizer: { principalId: 'a' } } }],
    ['day', { at: start + 86_400_000 }],
  ])('of another %s are others', async (_, change) => {
    const { send, count } = counting();
    await send();
    await send(change);
    expect(count()).toBe(2);
  });

  it.each([500, 503, 429])('may be tried again after %i', async (status) => {
    const { send } = serve((_, count) => answer(count === 1 ? status : 200, {}));
    expect((await send()).statusCode).toBe(status);
    expect((await send({ body: '{"a":2}' })).statusCode).toBe(200);
  });

  it('may be tried again after the function threw', async () => {
    const { send } = serve((_, count) => {
      if (count === 1) throw new RangeError('no');
      return answer(200, {});
    });
    await expect(send()).rejects.toThrow('no');
    expect((await send()).statusCode).toBe(200);
  });

  it('may be tried again when the first was killed, once its time is over', async () => {
    const { send, count } = serve((_, called) =>
      called === 1 ? new Promise(() => {}) : answer(200, {}),
    );
    void send();
    await expect.poll(count).toBe(1);
    expect((await send({ at: start + 6999 })).statusCode).toBe(409);
    expect((await send({ at: start + 7000, body: '{}' })).statusCode).toBe(422);
    expect((await send({ at: start + 7000 })).statusCode).toBe(200);
  });

  it('have a large answer too; of one that no item holds they are told', async () => {
    const large = (length: number) =>
      serve(() =>
        answer(
          200,
          Array.from({ length }, () => Math.random()),
        ),
      );
    const fits = large(20_000);
    const { notes: _, ...first } = await fits.send({ key: 'fits' });
    expect(first.body.length).toBeGreaterThan(300_000);
    expect(await fits.send({ key: 'fits' })).toMatchObject(first);
    const { send, count } = large(100_000);
    expect((await send()).statusCode).toBe(200);
    const again = await send();
    expect([again.statusCode, again.body]).toEqual([409, expect.stringContaining('too large')]);
    expect(count()).toBe(1);
  });
});

describe('untouched is', () => {
  it.each<[string, Sent]>([
    ['a request without a key', { key: '' }],
    ['one that only reads', { method: 'GET' }],
  ])('%s', async (_, sent) => {
    refused = () => true;
    const { send, count } = counting();
    await send(sent);
    await send(sent);
    expect(count()).toBe(2);
  });

  it('an event that is none of an API', async () => {
    const seen: unknown[] = [];
    const handler: Handler = async (event) => seen.push(event);
    const context = { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes: {} };
    for (const event of [null, { chorus: 'ready' }, 5]) await answeredOnce(handler)(event, context);
    expect(seen).toEqual([null, { chorus: 'ready' }, 5]);
  });
});

describe('refused is', () => {
  it.each(['a b', '"a', 'é', 'a'.repeat(129), '""'])('the key %j', async (key) => {
    const { send, count } = counting();
    expect(await send({ key })).toMatchObject({
      statusCode: 400,
      body: expect.stringContaining('Idempotency-Key: expected'),
    });
    expect(count()).toBe(0);
  });

  it('every key where there is no table', async () => {
    vi.stubEnv('REQUESTS_TABLE', '');
    const { send, count } = counting();
    expect(await send()).toMatchObject({ statusCode: 501 });
    expect((await send({ key: '' })).statusCode).toBe(200);
    expect(count()).toBe(1);
  });
});

describe('a table that', () => {
  it('cannot be written lets nothing run', async () => {
    refused = () => true;
    const { send, count } = counting();
    const { statusCode, notes } = await send();
    expect([statusCode, count()]).toEqual([503, 0]);
    expect(notes['reason']).toContain('InternalServerError');
  });

  it('cannot keep the answer takes none away, and the log says so', async () => {
    refused = (operation) => operation !== 'PutItem';
    const { send } = counting();
    expect(await send()).toMatchObject({
      statusCode: 200,
      notes: { idempotencyLost: 'InternalServerError' },
    });
  });
});
