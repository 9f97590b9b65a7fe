import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ask,
  type Blueprint,
  type FunctionSpec,
  http,
  idempotent,
  output,
  requestLink,
  routesTo,
  task,
  text,
  workflow,
} from '@chorus/blueprint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const source = 'apps/local/e2e/functions/moody';
/** Does as the text of the request says. */
const told: FunctionSpec = { ...task('told', { timeoutSeconds: 6 }), source };
/** Answers a route with its own event, and is told nothing. */
const route: FunctionSpec = {
  ...http('labels', { links: [requestLink] }),
  source: 'apps/local/e2e/functions/noted',
};

const obey = workflow({
  name: 'obey',
  request: text({ maxBytes: 1000 }),
  steps: ask(told, { input: '$parse($text)', outputs: { pid: '$states.result.Payload.pid' } }),
  answer: output('pid'),
  example: { text: '{"do":"pid"}' },
});
const once = idempotent([
  ...routesTo([obey]),
  { method: 'POST', path: '/noted', function: route.name },
]);
const service: Blueprint = {
  functions: [told, route],
  workflows: [obey],
  machines: once.machines,
  routes: once.routes,
  tables: once.tables,
  buckets: [],
};

let cloud: TestCloud;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-keys-'));
  file = join(folder, 'calls');
  cloud = await startTestCloud(service);
});
afterEach(async () => {
  await cloud.remove();
  await rm(folder, { recursive: true });
});

/** How often the function has been called. */
const calls = () =>
  readFile(file, 'utf8').then(
    ({ length }) => length,
    () => 0,
  );

async function post(path: string, body: object, key: string) {
  const response = await fetch(`${cloud.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    text: await response.text(),
    retryAfter: response.headers.get('retry-after'),
  };
}

const tell = (order: object, key = 'k-1') =>
  post('/predict/obey', { text: JSON.stringify(order) }, key);
const append = (milliseconds = 0) => ({ do: 'append', file, milliseconds });
const note = (milliseconds = 0, key = 'k-1') => post('/noted', { file, milliseconds }, key);

describe.each([
  ['a workflow', (milliseconds?: number, key?: string) => tell(append(milliseconds), key)],
  ['a function', note],
])('the route to %s', (_, send) => {
  it('answers ten requests at once by one execution, and then all alike', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => send(300)));
    // Those that come before the first is answered are told to come again; a function may have no time for them before.
    const busy = all.filter(({ status }) => status === 409);
    expect(
      busy.every(({ retryAfter, text }) => retryAfter === '1' && text.includes('running')),
    ).toBe(true);
    const answered = all.filter((each) => !busy.includes(each));
    const again = await Promise.all(Array.from({ length: 10 }, () => send(300)));
    expect(answered[0]?.status).toBe(200);
    expect(new Set([...answered, ...again].map(({ text }) => text)).size).toBe(1);
    expect(await calls()).toBe(1);
  });

  it('refuses another body, another kind of key, and runs none of them', async () => {
    await send(0);
    expect((await send(1)).status).toBe(422);
    expect((await send(0, 'a b')).status).toBe(400);
    expect((await send(0, 'k'.repeat(129))).status).toBe(400);
    expect(await calls()).toBe(1);
    expect((await send(0, '"k-1"')).status).toBe(200);
    expect(await calls()).toBe(1);
    expect((await send(0, 'k-2')).status).toBe(200);
    expect(await calls()).toBe(2);
  });

  it('gives the same answer after a restart', async () => {
    const { text } = await send(0);
    const { directory } = cloud;
    await cloud.close(0);
    cloud = await startTestCloud(service, directory);
    expect((await send(0)).text).toBe(text);
    expect(await calls()).toBe(1);
  });
});

describe('the route to a workflow', () => {
  it('keeps what was wrong with a request, and lets one that failed be tried again', async () => {
    expect((await tell({ do: 'refuse' })).status).toBe(400);
    expect((await tell({ do: 'pid' })).status).toBe(422);
    expect((await tell({ do: 'throw' }, 'k-2')).status).toBe(503);
    expect((await tell({ do: 'pid' }, 'k-2')).status).toBe(200);
  });

  it.each([
    ['half of a surrogate pair', { text: '\ud83d' }, 400, /half of a surrogate pair/],
    // As a text in JSON it is twice as large.
    [
      'a body that fits only by itself',
      { text: '"'.repeat(80_000) },
      413,
      /in JSON.*send it without/,
    ],
  ])('says what is wrong with %s', async (_, body, status, message) => {
    const answer = await post('/predict/obey', body, 'k-1');
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(message)]);
  });

  it('does not share keys with another route', async () => {
    await tell(append());
    expect((await note()).status).toBe(200);
    expect(await calls()).toBe(2);
  });

  it('needs no key, and then answers each', async () => {
    await tell(append(), '');
    await tell(append(), '');
    expect(await calls()).toBe(2);
  });
});
