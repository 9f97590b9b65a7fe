import { createHmac } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { createSecret } from '@chorus/webhooks';
import { openWebhooks, type WebhooksTable } from '@chorus/webhooks/table';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createCallHandler, type Network } from './handler.ts';
import { createCertificate } from './testing/certificate.ts';
import { type Receiver, startReceiver } from './testing/receiver.ts';

const id = '57f4c49d-b320-44db-84dc-45b4bb59c066';
const answer = { predictions: [{ price: 0.1 + 0.2 }], models: {}, failed: {}, requestId: id };
const secret = createSecret();

let stores: RunningStores;
let receiver: Receiver;
let webhooks: WebhooksTable;
/** The URL that is registered. */
let registered: string;
beforeEach(async () => {
  stores = await startStores();
  for (const [name, value] of Object.entries(stores.environment)) vi.stubEnv(name, value);
  receiver = await startReceiver();
  registered = `http://127.0.0.1:${receiver.port}/told`;
  webhooks = openWebhooks(new DynamoDBClient({}), readSettings().webhooks);
  await webhooks.add(registered, secret);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await receiver.close();
  await stores.remove();
});

/** Lets a request end. */
async function end(webhook: string | undefined, replays = 0): Promise<void> {
  if (replays === 0) await stores.accept(id, 'price', webhook === undefined ? {} : { webhook });
  const ending = { statusCode: 200, body: answer, attempts: 1 };
  await stores.table.end({ id, replays }, 'done', ending);
}

/** Calls the URL of the request, as the state machine does. */
async function call(network: Network = {}, settings = {}, event: unknown = { id, replays: 0 }) {
  const handler = createCallHandler({ ...readSettings(), ...settings }, network);
  const notes: Record<string, string | number | boolean> = {};
  return handler(event, { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes });
}

const elsewhere = { isLocal: false };
const told = { told: true };

describe('an answer', () => {
  it('is told with the JSON of GET /predictions/{id}, signed', async () => {
    await end(`${registered}?order=7`);
    expect(await call()).toEqual(told);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = receiver.received;
    expect(path).toBe('/told?order=7');
    expect(JSON.parse(body)).toEqual(answer);
    const stamp = String(headers['webhook-timestamp']);
    expect(Math.abs(Number(stamp) - Date.now() / 1000)).toBeLessThan(300);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const digest = createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-signature': `v1,${digest}`,
    });
  });

  it('that failed for good is told with its error and its id', async () => {
    await stores.accept(id, 'price', { webhook: registered });
    const ending = { statusCode: 503, body: { error: 'no model' }, attempts: 5 };
    await stores.table.end({ id, replays: 0 }, 'failed', ending);
    expect(await call()).toEqual(told);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      id,
      status: 'failed',
      error: 'no model',
      attempts: 5,
    });
  });

  it('that was told is not told again', async () => {
    await end(registered);
    await call();
    expect(await call()).toEqual(told);
    expect(receiver.received).toHaveLength(1);
  });

  it('is told again where it is not known that it was', async () => {
    await end(registered);
    // Prediction and secret are read, and then the table is away.
    stores.troubles.push('none', 'none', 'refuse');
    await expect(call()).rejects.toThrow();
    expect(await call()).toEqual(told);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
  });

  it('of a replay is another message; what it has undone is not told', async () => {
    await stores.accept(id, 'price', { webhook: registered });
    const failed = { statusCode: 503, body: { error: 'no' }, attempts: 5 };
    await stores.table.end({ id, replays: 0 }, 'failed', failed);
    await stores.table.reopen({ id, workflow: 'price', replays: 0 }, 9_999_999_999);
    expect(await call()).toEqual({ told: false });
    await end(registered, 1);
    expect(await call()).toEqual({ told: false });
    expect(await call({}, {}, { id, replays: 1 })).toEqual(told);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([`${id}-1`]);
  });

  it('is told by https to the one that has the certificate of the name', async () => {
    const pair = createCertificate('receiver.test');
    const safe = await startReceiver(pair);
    const url = `https://receiver.test:${safe.port}/told`;
    await webhooks.add(url, secret);
    await end(url);
    const asked: string[] = [];
    const lookup = async (name: string) => {
      asked.push(name);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const other = createCertificate('other.test');
    await expect(call({ lookup, ca: other.cert })).rejects.toThrow('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(safe.received).toEqual([]);
    expect(await call({ lookup, ca: pair.cert })).toEqual(told);
    expect(safe.received).toMatchObject([{ headers: { host: `receiver.test:${safe.port}` } }]);
    // Once for each call: what it is told then is where it goes.
    expect(asked).toEqual(['receiver.test', 'receiver.test']);
    await safe.close();
  });

  it('is not told by https to one with the certificate of another name', async () => {
    const pair = createCertificate('other.test');
    const safe = await startReceiver(pair);
    const url = `https://receiver.test:${safe.port}/told`;
    await webhooks.add(url, secret);
    await end(url);
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    await expect(call({ lookup, ca: pair.cert })).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(safe.received).toEqual([]);
    await safe.close();
  });
});

describe('a receiver that', () => {
  it.each<[string, number | 'hang', string, string]>([
    ['fails', 500, 'WebhookFailedError', 'answered 500'],
    ['has too much to do', 429, 'WebhookFailedError', 'answered 429'],
    ['sends elsewhere', 307, 'WebhookFailedError', 'redirects are not followed'],
    ['sends elsewhere for good', 301, 'WebhookFailedError', 'redirects are not followed'],
    ['does not answer', 'hang', 'WebhookFailedError', 'did not answer in time'],
    ['wants no more', 410, 'WebhookGoneError', 'wants no more calls'],
  ])('%s is an error of its own', async (_, status, name, message) => {
    await end(registered);
    receiver.answers.push(status);
    const longestMs = status === 'hang' ? 200 : 10_000;
    const failed = expect.objectContaining({ name, message: expect.stringContaining(message) });
    await expect(call({ longestMs })).rejects.toEqual(failed);
    // Nothing was followed.
    expect(receiver.received.filter(({ path }) => path !== '/told')).toEqual([]);
    // It is told by the next attempt.
    expect(await call()).toEqual(told);
  });

  it('is away can be told later', async () => {
    await end(registered);
    await receiver.close();
    await expect(call()).rejects.toThrow('ECONNREFUSED');
    expect(await stores.table.read(id)).not.toHaveProperty('isTold');
  });

  it('answers without end is not listened to', async () => {
    await end(registered);
    receiver.answers.push('endless');
    expect(await call()).toEqual(told);
  });

  it('is not registered any more is not called', async () => {
    await end(registered);
    await webhooks.remove(registered);
    await expect(call()).rejects.toMatchObject({ name: 'WebhookRefusedError' });
    expect(receiver.received).toEqual([]);
  });
});

describe('not called is', () => {
  const registeredAs = async (url: string) => {
    await webhooks.add(url, secret);
    await end(url);
  };

  it.each([
    ['this machine', '127.0.0.1'],
    ['a private address', '10.1.2.3'],
    ['where a cloud tells credentials', '169.254.169.254'],
    ['this machine by IPv6', '::1'],
    ['an address of IPv4 in one of IPv6', '::ffff:127.0.0.1'],
    ['a link-local address', 'fe80::1'],
  ])('a name that has the address of %s', async (_, address) => {
    await registeredAs('https://receiver.test/told');
    const lookup = async () => [
      { address: '93.184.216.34', family: 4 },
      { address, family: address.includes(':') ? 6 : 4 },
    ];
    await expect(call({ lookup }, elsewhere)).rejects.toMatchObject({
      name: 'WebhookRefusedError',
      message: expect.stringContaining(address),
    });
  });

  it.each(['http://receiver.test/told', 'https://10.1.2.3/told', 'https://[::1]/told'])(
    '%s, although it is registered',
    async (url) => {
      await registeredAs(url);
      const lookup = async () => [{ address: '93.184.216.34', family: 4 }];
      await expect(call({ lookup }, elsewhere)).rejects.toMatchObject({
        name: 'WebhookRefusedError',
      });
    },
  );

  it('a program of the machine that runs the function on AWS', async () => {
    await end(registered);
    await expect(call({}, elsewhere)).rejects.toMatchObject({ name: 'WebhookRefusedError' });
    expect(receiver.received).toEqual([]);
  });

  it('a name that is not known, or not told in time', async () => {
    await registeredAs('https://receiver.test/told');
    const unknown = async () => Promise.reject(new Error('ENOTFOUND'));
    await expect(call({ lookup: unknown })).rejects.toThrow('the name receiver.test is not known');
    const slow = () => new Promise<never>(() => {});
    await expect(call({ lookup: slow, longestMs: 50 })).rejects.toThrow('not found in time');
    await expect(call({ lookup: async () => [] })).rejects.toThrow('has no address');
  });

  it('a URL without a request, or for an event that names none', async () => {
    await expect(call()).rejects.toThrow('expired');
    await expect(call({}, {}, { id })).rejects.toThrow('expected {"id", "replays"}');
    await end(undefined);
    await expect(call()).rejects.toThrow('has no webhook');
  });
});

it('says that it is ready', async () => {
  expect(await call({}, {}, { chorus: 'ready' })).toEqual({ ready: true });
});

describe('its settings', () => {
  it.each(['PREDICTIONS_TABLE', 'WEBHOOKS_TABLE'])('name %s', (name) => {
    vi.stubEnv(name, '');
    expect(readSettings).toThrow(name);
  });

  it.each<[string | undefined, boolean]>([
    ['http://127.0.0.1:8787', true],
    ['http://localhost:8787', true],
    ['http://10.0.0.1:8787', false],
    ['https://dynamodb.us-east-1.amazonaws.com', false],
    [undefined, false],
  ])('tell by the endpoint %j whether AWS is played by this machine: %j', (endpoint, isLocal) => {
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    expect(readSettings().isLocal).toBe(isLocal);
  });
});
