import { describe, expect, it } from 'vitest';
import { RefusedError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import { type Client, createClient } from './client.ts';
import { failureOf } from './failures.ts';
import type { Incoming, Send } from './send.ts';

const settings: Settings = {
  api: '/public',
  routes: { predict: '/predict/tool', uploads: '/uploads', labels: '/labels' },
  workflow: 'tool',
  inlineBytes: 10,
  uploadBytes: 1000,
  expireDays: 1,
  words: {
    title: '',
    lead: '',
    subject: 'tool',
    known: '',
    plurals: {},
    kept: { label: '', hint: '', field: 'shed' },
    noneHint: '',
  },
};

const upload = {
  url: 'https://box.test/k?signed',
  key: 'k',
  headers: { 'content-type': 'image/jpeg' },
};
const ok = (body: unknown): Incoming => ({ status: 200, retryAfter: undefined, body });
const failed = (status: number, retryAfter?: number): Incoming => ({
  status,
  retryAfter,
  body: { error: 'so' },
});

/** A client whose requests are answered in turn, and what they were. */
function open(...answers: readonly Incoming[]) {
  const left = [...answers];
  const sent: string[] = [];
  const bodies: unknown[] = [];
  const send: Send = async ({ method, url, body, onProgress }) => {
    sent.push(`${method} ${url}`);
    bodies.push(typeof body === 'string' ? JSON.parse(body) : body);
    onProgress?.(1);
    return left.shift() ?? failed(599);
  };
  return { client: createClient(settings, send), sent, bodies };
}

const following = { signal: new AbortController().signal, onProgress: () => {} };
const large = (): { readonly blob: Blob; key?: string } => ({
  blob: new Blob(['x'.repeat(20)], { type: 'image/jpeg' }),
});
const nowhere = { place: null, kept: false };

const ask = (client: Client, photo = large(), about = nowhere) =>
  client.ask(photo, about, following);

describe('a photo that has to be uploaded', () => {
  it('is, straight to the URL that is given, and is named by its key', async () => {
    const { client, sent, bodies } = open(ok(upload), ok(''), ok({ requestId: 'r' }));
    const place = { lat: 1, lon: 2, source: 'map' };
    expect(await client.ask(large(), { place, kept: true }, following)).toEqual({ requestId: 'r' });
    expect(sent).toEqual([
      'POST /public/uploads',
      `PUT ${upload.url}`,
      'POST /public/predict/tool',
    ]);
    expect(bodies[0]).toEqual({ contentType: 'image/jpeg', bytes: 20 });
    expect(bodies[2]).toEqual({ key: 'k', location: { lat: 1, lon: 2 }, shed: true });
  });

  it('is not uploaded again when it is asked about again', async () => {
    const { client, sent } = open(ok(upload), ok(''), ok({}), ok({}));
    const photo = large();
    await ask(client, photo);
    await ask(client, photo);
    expect(sent.filter((each) => each.startsWith('PUT'))).toHaveLength(1);
  });

  it('gets another URL when the first is not valid any more, once', async () => {
    const again = open(ok(upload), failed(403), ok(upload), ok(''), ok({}));
    await ask(again.client);
    expect(again.sent).toHaveLength(5);
    const never = open(ok(upload), failed(403), ok(upload), failed(403));
    await expect(ask(never.client)).rejects.toMatchObject({ status: 403 });
    expect(never.sent).toHaveLength(4);
  });

  it('is uploaded again when it has expired since', async () => {
    const { client, sent } = open(failed(404), ok(upload), ok(''), ok({ requestId: 'r' }));
    expect(await ask(client, { ...large(), key: 'gone' })).toEqual({ requestId: 'r' });
    expect(sent).toHaveLength(4);
    const missing = open(ok(upload), ok(''), failed(404));
    await expect(ask(missing.client)).rejects.toBeInstanceOf(RefusedError);
  });
});

describe('a failure', () => {
  it.each([
    [400, false],
    [403, true],
    [413, false],
    [415, false],
    [422, false],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
  ])('%i is in words, and says whether to try again: %s', async (status, canRetry) => {
    const { client } = open(ok(upload), ok(''), failed(status, status === 429 ? 3 : undefined));
    const error = await ask(client).catch((thrown: unknown) => thrown);
    const failure = failureOf(error);
    expect(failure).toMatchObject({ canRetry, ...(status === 429 && { retryAfter: 3 }) });
    expect(failure.title).toMatch(/^[A-Z].+[^.]$/);
    expect(failure.hint).toMatch(/[.]$/);
    expect(failure.title + failure.hint).not.toMatch(/\d{3}|undefined|Error/);
  });

  it('of the page itself says what it was', () => {
    expect(failureOf(new TypeError('x is undefined')).hint).toContain('(x is undefined)');
  });
});
