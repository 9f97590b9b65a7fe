import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionHost, processes } from '../src/index.ts';
import { asynchronousService } from './asynchronous-service.ts';
import { chorus } from './chorus.ts';
import { makeModelsLive } from './live-version.ts';
import { compileCache, post, root, startTestCloud, type TestCloud } from './test-cloud.ts';

const patient = asynchronousService({ fanOut: true, patienceSeconds: 12 });

/** Three models, each asked by a queue of its own, which is soon asked again about what failed. */
const service: Blueprint = {
  ...patient,
  functions: patient.functions.map((each) =>
    each.kind === 'model' ? { ...each, timeoutSeconds: 2 } : each,
  ),
  queues: (patient.queues ?? []).map((each) =>
    each.name.startsWith('ask-') ? { ...each, visibilitySeconds: 3 } : each,
  ),
};

let folder: string;
let cloud: TestCloud;
/** Ids of the requests, by case. All are sent at once, because some of them are retried often. */
let ids: Readonly<Record<string, string>>;

const mended = () => join(folder, 'mended');

/** Processes that know the file with which they stop failing. */
async function openHost(): Promise<FunctionHost> {
  const host = processes({ root, path: '', compileCache });
  return {
    ...host,
    program(source, start) {
      const program = host.program(source, start);
      return { ...program, environment: { ...program.environment, CHAOS_MENDED: mended() } };
    },
  };
}

async function start(): Promise<void> {
  cloud = await startTestCloud(service, join(folder, 'cloud'), openHost);
  await makeModelsLive(cloud, service);
}

/** Sends a text to be answered later, and returns its id. */
async function send(text: string): Promise<string> {
  const { status, body } = await post(cloud, '/predict/measure?async=1', { text });
  expect(status).toBe(202);
  return (body as unknown as { readonly id: string }).id;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-fan-out-'));
  await start();
  const texts = ['once', 'never tall', 'never all', 'bad', 'hang tall'];
  ids = Object.fromEntries(
    await Promise.all(texts.map(async (text) => [text, await send(text)] as const)),
  );
});
afterAll(async () => {
  await cloud.close(0);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Waits for the end of a request. */
async function ending(id = '') {
  const get = () => fetch(`${cloud.url}/predictions/${id}`);
  await expect.poll(async () => (await get()).status, { interval: 200 }).not.toBe(202);
  const response = await get();
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a request whose models are asked by messages', () => {
  it('success: is answered by all of them', async () => {
    expect(await ending(await send('fine'))).toMatchObject({
      status: 200,
      body: { predictions: [{ ensemble: 4 }], failed: {} },
    });
  });

  it('retry-then-success: is answered by models that failed at first', async () => {
    expect(await ending(ids['once'])).toMatchObject({ status: 200, body: { failed: {} } });
  });

  it('failure: is answered by the others, and names the one that failed every time', async () => {
    expect(await ending(ids['never tall'])).toMatchObject({
      status: 200,
      body: { failed: { tall: { error: 'RangeError' } } },
    });
  });

  it('time-out: is answered by the others, and names the one that was too slow every time', async () => {
    expect(await ending(ids['hang tall'])).toMatchObject({
      status: 200,
      body: { failed: { tall: { error: 'Sandbox.Timedout' } } },
    });
  });

  it('failure of all: is a dead letter, and is answered once it is replayed', async () => {
    const id = ids['never all'] ?? '';
    expect(await ending(id)).toMatchObject({ status: 503, body: { id, status: 'failed' } });
    expect(await ending(ids['bad'])).toMatchObject({ status: 400, body: { status: 'failed' } });
    const { out } = await chorus(cloud, ['dlq', 'show', id]);
    expect(JSON.parse(out)).toMatchObject({ id, input: { text: 'never all' } });
    await writeFile(mended(), '');
    expect((await chorus(cloud, ['dlq', 'replay', id])).code).toBe(0);
    expect(await ending(id)).toMatchObject({ status: 200, body: { failed: {} } });
  });

  it('restart in the middle: is answered by the next cloud', async () => {
    const sent = await Promise.all(Array.from({ length: 6 }, (_, index) => send(`text ${index}`)));
    await cloud.close(0);
    await start();
    for (const id of sent)
      expect(await ending(id)).toMatchObject({ status: 200, body: { failed: {} } });
  });
});
