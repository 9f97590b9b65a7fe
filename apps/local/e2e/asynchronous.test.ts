import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionHost, processes } from '../src/index.ts';
import { asynchronousService } from './asynchronous-service.ts';
import { chorus } from './chorus.ts';
import { compileCache, post, root, startTestCloud, type TestCloud } from './test-cloud.ts';

let folder: string;
let mended: string;
let cloud: TestCloud;
/** Ids of requests that need all attempts, sent first: others are answered meanwhile. */
let failing: string;
let hanging: string;

/** Processes that know the file with which they stop failing. */
async function openHost(): Promise<FunctionHost> {
  const host = processes({ root, path: '', compileCache });
  return {
    ...host,
    program(source, start) {
      const program = host.program(source, start);
      return { ...program, environment: { ...program.environment, CHAOS_MENDED: mended } };
    },
  };
}

const startIn = (directory: string) =>
  startTestCloud(asynchronousService({ patienceSeconds: 12 }), directory, openHost);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-asynchronous-'));
  mended = join(folder, 'mended');
  cloud = await startIn(join(folder, 'cloud'));
  failing = await send('never mind');
  hanging = await send('hang on');
});
afterAll(async () => {
  await cloud.close(0);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const path = '/predict/measure?async=1';

interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function get(at: string): Promise<Told> {
  const response = await fetch(`${cloud.url}${at}`);
  const body = (await response.json()) as Told['body'];
  return { status: response.status, body };
}

/** Sends a text to be answered later, and returns its id. */
async function send(text: string): Promise<string> {
  const { status, body } = await post(cloud, path, { text });
  expect(status).toBe(202);
  const { id, url } = body as unknown as { readonly id: string; readonly url: string };
  expect(body).toMatchObject({ status: 'accepted', url: `/predictions/${id}` });
  expect(url).toBe(`/predictions/${id}`);
  return id;
}

/** Waits for the end of a request. */
async function ending(id: string): Promise<Told> {
  await expect
    .poll(async () => (await get(`/predictions/${id}`)).status, { interval: 200 })
    .not.toBe(202);
  return get(`/predictions/${id}`);
}

describe('a request with ?async=1', () => {
  it('is answered later as it is answered at once', async () => {
    const [now, id] = [await post(cloud, '/predict/measure', { text: 'fine' }), await send('fine')];
    const { status, body } = await ending(id);
    expect(status).toBe(200);
    expect(body).toEqual({ ...now.body, requestId: id });
    expect(body['predictions']).toEqual([4]);
  });

  it('is tried again when it fails, and answered then', async () => {
    expect((await post(cloud, '/predict/measure', { text: 'once now' })).status).toBe(503);
    const { status, body } = await ending(await send('once later'));
    expect([status, body['predictions']]).toEqual([200, [10]]);
  });

  it('that fails for good is a dead letter with its input, and is answered when it is replayed', async () => {
    const refused = await send('bad text');
    expect(await ending(refused)).toMatchObject({
      status: 400,
      body: { id: refused, status: 'failed', error: expect.stringContaining('refuse') },
    });
    expect(await ending(failing)).toMatchObject({
      status: 503,
      body: { id: failing, status: 'failed', workflow: 'measure', attempts: 5 },
    });
    const { out } = await chorus(cloud, ['dlq', 'show', failing]);
    expect(JSON.parse(out)).toMatchObject({
      id: failing,
      workflow: 'measure',
      input: { text: 'never mind' },
      attempts: 5,
      failed: { shaky: { error: 'RangeError' } },
    });
    await writeFile(mended, '');
    expect((await chorus(cloud, ['dlq', 'replay', failing])).code).toBe(0);
    expect(await ending(failing)).toMatchObject({ status: 200, body: { predictions: [10] } });
    expect((await chorus(cloud, ['dlq', 'replay', failing])).err).toContain(
      'measure has answered the request after it was replayed',
    );
    expect((await chorus(cloud, ['dlq', 'drop', refused])).code).toBe(0);
    expect((await chorus(cloud, ['dlq', 'replay', refused])).err).toContain('it was dropped');
  });

  it('whose function hangs fails with its time-out', async () => {
    expect(await ending(hanging)).toMatchObject({
      status: 504,
      body: { status: 'failed', id: hanging },
    });
    expect((await chorus(cloud, ['dlq', 'list'])).out).toContain(hanging);
    expect((await chorus(cloud, ['dlq', 'drop', '--all'])).code).toBe(0);
    expect((await chorus(cloud, ['dlq', 'list'])).out).toContain('No dead letters');
  });

  it('is answered although the cloud was stopped meanwhile', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => send(`text ${index}`)));
    await cloud.close(0);
    cloud = await startIn(cloud.directory);
    for (const id of ids) expect((await ending(id)).status).toBe(200);
  });
});

describe('refused at once is', () => {
  it.each<[string, string, unknown, number, string]>([
    ['no JSON', path, '{', 400, 'not valid JSON'],
    ['no text', path, {}, 400, 'missing text'],
    ['an empty text', path, { text: '' }, 400, 'got an empty one'],
    ['half of a surrogate pair', path, { text: 'a\ud83d' }, 400, 'surrogate'],
    ['a text over the limit', path, { text: 'a'.repeat(101) }, 413, 'at most 100'],
    ['a member too many', path, { text: 'a', more: 1 }, 400, 'unknown more'],
    ['another value of async', '/predict/measure?async=yes', { text: 'a' }, 400, 'async: expected'],
    ['an unknown workflow', '/predict/nothing?async=1', { text: 'a' }, 404, 'nothing at'],
  ])('%s', async (_, at, body, status, error) => {
    expect(await post(cloud, at, body)).toMatchObject({
      status,
      body: { error: expect.stringContaining(error) },
    });
  });

  it('a question for what nobody sent', async () => {
    expect((await get('/predictions/57f4c49d-b320-44db-84dc-45b4bb59c066')).status).toBe(404);
    expect((await get('/predictions/..%2f')).status).toBe(404);
    expect((await post(cloud, '/predictions/a', {})).status).toBe(405);
  });
});

it.each(['', '?async=0', '?async='])('%j is answered at once', async (query) => {
  expect((await post(cloud, `/predict/measure${query}`, { text: 'a' })).status).toBe(200);
});
