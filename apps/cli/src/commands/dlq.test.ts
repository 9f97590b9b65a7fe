import { giveUp } from '@chorus/predictions';
import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

let stores: RunningStores;
let env: Record<string, string>;
beforeEach(async () => {
  stores = await startStores();
  env = { AWS_ENDPOINT_URL: stores.url, AWS_REGION: 'us-east-1' };
});
afterEach(() => stores.remove());

const chorus = (...words: readonly string[]) => runCommand(['dlq', ...words], env);

/** Lets a request fail for good. */
async function fail(id: string, workflow = 'price', replays = 0): Promise<void> {
  if (replays === 0) await stores.accept(id, workflow);
  const failure = { statusCode: 503, body: { error: `no model for ${id}` }, attempts: 5 };
  const request = { id, workflow, replays, input: { size: id } };
  await giveUp(request, failure, stores.table, stores.letters);
}

describe('chorus dlq list', () => {
  it('says that there are none', async () => {
    expect(await chorus('list')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No dead letters in'),
    });
  });

  it('shows every letter, more than one batch of them, without inputs, and leaves all where they are', async () => {
    for (let index = 0; index < 12; index += 1) await fail(`id-${index}`);
    for (const _ of [1, 2]) {
      const { code, stdout } = await chorus('list', '--json');
      expect(code).toBe(0);
      const letters: { id: string; input?: unknown; error: string }[] = JSON.parse(stdout);
      expect(letters.map(({ id }) => id).sort()).toEqual(
        Array.from({ length: 12 }, (_, index) => `id-${index}`).sort(),
      );
      expect(letters.every(({ input }) => input === undefined)).toBe(true);
    }
    expect((await chorus('list')).stdout).toMatch(/id-3 +price +503 +no model for id-3 +5/);
  });
});

describe('chorus dlq show', () => {
  it('prints a letter with its input', async () => {
    await fail('a');
    await fail('b');
    const { code, stdout } = await chorus('show', 'b');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'b',
      workflow: 'price',
      input: { size: 'b' },
      error: 'no model for b',
      attempts: 5,
      failedAt: expect.any(String),
    });
  });
});

describe('chorus dlq replay', () => {
  it('sends the requests of some letters once more, and of no others', async () => {
    for (const id of ['a', 'b', 'c']) await fail(id);
    expect(await chorus('replay', 'a', 'c')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^2 replayed in /),
    });
    expect(await stores.drain('requests')).toEqual(
      expect.arrayContaining([
        { id: 'a', workflow: 'price', replays: 1, input: { size: 'a' } },
        { id: 'c', workflow: 'price', replays: 1, input: { size: 'c' } },
      ]),
    );
    expect(await stores.drain('letters')).toMatchObject([{ id: 'b' }]);
  });

  it('empties the queue with --all, or of one workflow', async () => {
    for (const id of ['a', 'b', 'c']) await fail(id, id === 'b' ? 'rent' : 'price');
    expect((await chorus('replay', '--all', '--workflow', 'rent')).stdout).toMatch(/^1 replayed/);
    expect((await chorus('replay', '--all', '--json')).stdout).toContain('"replayed": [');
    expect(await stores.drain('letters')).toEqual([]);
    expect(await stores.drain('requests')).toHaveLength(3);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['was never known', async () => {}, 'no request of this id'],
    ['waits', () => stores.accept('a', 'price'), 'has not failed, it waits for price'],
    [
      'was replayed before',
      async () => {
        await fail('a');
        await chorus('replay', 'a');
      },
      'it was replayed already, and waits for price',
    ],
    [
      'was replayed and answered',
      async () => {
        await fail('a');
        await chorus('replay', 'a');
        await stores.table.end({ id: 'a', replays: 1 }, 'done', {
          statusCode: 200,
          body: {},
          attempts: 1,
        });
      },
      'price has answered the request after it was replayed',
    ],
    [
      'was dropped',
      async () => {
        await fail('a');
        await chorus('drop', 'a');
      },
      'it was dropped. Send the request again',
    ],
  ])('says so of one that %s', async (_, before, message) => {
    await before();
    await stores.drain('requests');
    const { code, stderr } = await chorus('replay', 'a');
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(await stores.drain('requests')).toEqual([]);
    expect((await chorus('show', 'a')).stderr).toContain(message);
  });

  it('takes a letter of a second failure, too', async () => {
    await fail('a');
    await chorus('replay', 'a');
    await fail('a', 'price', 1);
    expect((await chorus('replay', 'a')).code).toBe(0);
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted', replays: 2 });
  });
});

it('chorus dlq removes letters of requests that are further on, and does not show them', async () => {
  await fail('a');
  await stores.letters.send({
    id: 'a',
    workflow: 'price',
    replays: 7,
    input: 1,
    statusCode: 500,
    error: 'one too many',
    attempts: 1,
    failedAt: '2026-11-29T12:00:00.000Z',
  });
  expect((await chorus('replay', '--all')).stdout).toMatch(/^1 replayed/);
  expect((await chorus('list')).stdout).toContain('No dead letters in');
  expect(await stores.drain('letters')).toEqual([]);
});

it('chorus dlq drop removes a letter for good', async () => {
  await fail('a');
  expect(await chorus('drop', 'a')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^1 dropped in /),
  });
  expect(await stores.drain('letters')).toEqual([]);
  expect((await chorus('drop', 'a')).stderr).toContain('it was dropped');
});

it.each([
  [['replay'], 'Which dead letters?'],
  [['drop'], 'Which dead letters?'],
  [['replay', 'a', '--all'], 'Which dead letters?'],
  [['replay', 'a', '--workflow', 'price'], '--workflow is for --all'],
])('chorus dlq %j is wrong usage', async (words, message) => {
  const { code, stderr } = await chorus(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

describe('the dead letter of a webhook', () => {
  const ended = { id: 'a', workflow: 'price', status: 'done', statusCode: 200, replays: 0 };
  const send = () =>
    stores.letters.send({
      id: 'webhook-a',
      workflow: 'price',
      replays: 0,
      webhook: true,
      input: { ...ended, webhook: true },
      statusCode: 502,
      error: 'WebhookFailedError: it answered 500',
      attempts: 10,
      failedAt: '2026-01-01T00:00:00.000Z',
    });
  beforeEach(send);

  it('is listed and shown beside those of requests', async () => {
    await fail('b');
    const { stdout } = await chorus('list');
    expect(stdout).toMatch(/webhook-a +price +502 +WebhookFailedError: it answered 500 +10/);
    expect(JSON.parse((await chorus('show', 'webhook-a')).stdout)).toMatchObject({
      webhook: true,
      input: { id: 'a', status: 'done' },
      attempts: 10,
    });
  });

  it('is replayed by telling of the end again, and is gone', async () => {
    expect(await chorus('replay', '--all')).toMatchObject({ code: 0 });
    await expect.poll(() => stores.told).toEqual([{ ...ended, webhook: true }]);
    expect(await stores.drain('letters')).toEqual([]);
    expect(await stores.drain('requests')).toEqual([]);
  });

  it('stays where the bus is away', async () => {
    // The letter is received and compared with the table, and then the bus is away.
    stores.troubles.push('none', 'none', 'none', 'none', 'refuse', 'refuse', 'refuse', 'refuse');
    expect((await chorus('replay', 'webhook-a')).code).toBe(1);
    stores.troubles.length = 0;
    expect((await chorus('list')).stdout).toContain('webhook-a');
  });

  it('is dropped without a word about the request', async () => {
    await stores.accept('a', 'price');
    expect(await chorus('drop', 'webhook-a')).toMatchObject({ code: 0 });
    expect(await stores.drain('letters')).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted' });
  });
});
