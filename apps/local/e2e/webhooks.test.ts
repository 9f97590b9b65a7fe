import { createHmac } from 'node:crypto';
import { type Blueprint, idempotent } from '@chorus/blueprint';
import { type Received, type Receiver, startReceiver } from '@chorus/call-webhook/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asynchronousService } from './asynchronous-service.ts';
import { chorus } from './chorus.ts';
import { post, startTestCloud, type TestCloud } from './test-cloud.ts';

/** The service with keys of idempotency, in which a webhook is called again twice, each time within a second. */
function impatient(): Blueprint {
  const { machines = [], tables = [], ...service } = asynchronousService();
  const once = idempotent(service.routes);
  const text = JSON.stringify([...machines, ...once.machines])
    .replace('"IntervalSeconds":5,"BackoffRate":6', '"IntervalSeconds":1,"BackoffRate":1')
    .replace('"MaxAttempts":9', '"MaxAttempts":2');
  return {
    ...service,
    machines: JSON.parse(text),
    tables: [...tables, ...once.tables],
    routes: once.routes,
  };
}

let cloud: TestCloud;
let receiver: Receiver;
let url: string;
let secret: string;

beforeAll(async () => {
  receiver = await startReceiver();
  url = `http://127.0.0.1:${receiver.port}/told`;
  cloud = await startTestCloud(impatient());
  const { out } = await chorus(cloud, ['webhooks', 'add', url, '--json']);
  ({ secret } = JSON.parse(out) as { readonly secret: string });
});
afterAll(async () => {
  await cloud.remove();
  await receiver.close();
});

/** Sends a text to be answered later, and returns its id. */
async function send(text: string, query = '', headers = {}): Promise<string> {
  const path = `/predict/measure?async=1&webhook=${encodeURIComponent(url + query)}`;
  const sent = { 'content-type': 'application/json', ...headers };
  const { status, body } = await post(cloud, path, { text }, sent);
  expect(status, JSON.stringify(body)).toBe(202);
  return (body as unknown as { readonly id: string }).id;
}

const callsOf = (id: string): readonly Received[] =>
  receiver.received.filter(({ headers }) => headers['webhook-id'] === id);

/** Waits until the receiver has got so many calls about a request. */
async function called(id: string, times: number): Promise<readonly Received[]> {
  await expect.poll(() => callsOf(id).length, { interval: 50, timeout: 60_000 }).toBe(times);
  return callsOf(id);
}

/** Waits for the dead letter of a request's webhook. */
async function letterOf(id: string): Promise<Readonly<Record<string, unknown>>> {
  let out = '';
  await expect
    .poll(
      async () => {
        const shown = await chorus(cloud, ['dlq', 'show', `webhook-${id}`]);
        out = shown.out;
        return shown.code;
      },
      { interval: 200, timeout: 60_000 },
    )
    .toBe(0);
  return JSON.parse(out) as Readonly<Record<string, unknown>>;
}

describe('a request with a webhook', () => {
  it('has its answer told, signed, as GET /predictions/{id} gives it', async () => {
    const id = await send('fine', '?order=7');
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = await called(id, 1);
    expect(path).toBe('/told?order=7');
    const answer = await fetch(`${cloud.url}/predictions/${id}`);
    expect([answer.status, JSON.parse(body)]).toEqual([200, await answer.json()]);
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signed = `${id}.${headers['webhook-timestamp']}.${body}`;
    const digest = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${digest}`);
  });

  it('that fails for good has its error told', async () => {
    const id = await send('bad text');
    const [call] = await called(id, 1);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      id,
      status: 'failed',
      workflow: 'measure',
    });
    expect((await chorus(cloud, ['dlq', 'drop', id])).code).toBe(0);
  });

  it('is told again where the receiver fails, and is a dead letter in the end, which can be replayed', async () => {
    receiver.answers.push(500);
    const late = await send('late');
    await called(late, 2);

    receiver.answers.push(500, 302, 503);
    const never = await send('not told');
    await called(never, 3);
    expect(await letterOf(never)).toMatchObject({
      webhook: true,
      input: { id: never, workflow: 'measure', status: 'done', statusCode: 200 },
      error: expect.stringMatching(/^WebhookFailedError: http:\/\/127.*\/told answered 503$/),
      attempts: 3,
    });
    expect((await chorus(cloud, ['dlq', 'replay', `webhook-${never}`])).code).toBe(0);
    await called(never, 4);
    expect((await chorus(cloud, ['dlq', 'list'])).out).not.toContain(never);
    // A redirect was not followed.
    expect(receiver.received.filter(({ path }) => !path.startsWith('/told'))).toEqual([]);
  });

  it('is not told again where the receiver wants no more', async () => {
    receiver.answers.push(410);
    const id = await send('gone');
    expect(await letterOf(id)).toMatchObject({
      error: expect.stringMatching(/^WebhookGoneError/),
      attempts: 1,
    });
    expect(callsOf(id)).toHaveLength(1);
    expect((await chorus(cloud, ['dlq', 'drop', `webhook-${id}`])).code).toBe(0);
  });

  it('that is sent twice with one key is one request, told once', async () => {
    const key = { 'idempotency-key': 'k-1', 'content-type': 'application/json' };
    const id = await send('once', '', key);
    expect(await send('once', '', key)).toBe(id);
    await called(id, 1);
    const other = `/predict/measure?async=1&webhook=${encodeURIComponent(`${url}?other`)}`;
    expect((await post(cloud, other, { text: 'once' }, key)).status).toBe(422);
    expect(callsOf(id)).toHaveLength(1);
  });

  it('is told although the cloud was stopped while it was being told', async () => {
    receiver.answers.push('hang');
    const id = await send('stopped');
    await called(id, 1);
    await cloud.close(0);
    cloud = await startTestCloud(impatient(), cloud.directory);
    await called(id, 2);
  });
});

describe('refused, and started by nothing, is', () => {
  it.each([
    [
      'a URL that is not registered',
      'async=1&webhook=https%3A%2F%2Fexample.com%2F',
      'not registered',
    ],
    ['a path that is not registered', 'async=1&webhook=URL%2Fmore', 'not registered'],
    ['no URL', 'async=1&webhook=told', 'not registered'],
    ['a webhook of an answer at once', 'webhook=URL', 'add async=1, or leave webhook out'],
    ['a webhook with async=0', 'async=0&webhook=URL', 'add async=1, or leave webhook out'],
  ])('%s', async (_, query, why) => {
    const given = query.replace('URL', encodeURIComponent(url));
    const before = receiver.received.length;
    const { status, body } = await post(cloud, `/predict/measure?${given}`, { text: 'a' });
    expect([status, body.error]).toEqual([400, expect.stringMatching(/^webhook: /)]);
    expect(body.error).toContain(why);
    expect(receiver.received).toHaveLength(before);
  });

  it('a URL that was removed since, which leaves a dead letter', async () => {
    receiver.answers.push('hang');
    const id = await send('removed');
    await called(id, 1);
    expect((await chorus(cloud, ['webhooks', 'remove', url])).code).toBe(0);
    const { status } = await post(
      cloud,
      `/predict/measure?async=1&webhook=${encodeURIComponent(url)}`,
      { text: 'a' },
    );
    expect(status).toBe(400);
    receiver.dropConnections();
    expect(await letterOf(id)).toMatchObject({
      error: expect.stringMatching(/^WebhookRefusedError: .* is not registered any more$/),
    });
  });
});
