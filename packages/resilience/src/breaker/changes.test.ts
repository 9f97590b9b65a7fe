import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type BreakerState,
  breakerTable,
  close,
  countFailure,
  type Known,
  readBreakers,
  settingsOf,
  stateOf,
  takeTurn,
  turnMs,
} from '../index.ts';

let folder: string;
let database: DynamodbEmulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-breakers-'));
  database = createDynamodb({ directory: folder, credentials: testCredentials });
  await database.service.ensureTable(breakerTable);
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const table = breakerTable.name;
const settings = settingsOf({ failures: 3, openSeconds: 30 });
const expires = '9999999999';

interface Item {
  readonly target: { readonly S: string };
  readonly failures: { readonly N: string };
  readonly retryAt: { readonly N: string };
}

async function read(target: string): Promise<Known | undefined> {
  const { Items } = await database.service.run('Query', readBreakers(table));
  const found = (Items as readonly Item[]).find((item) => item.target.S === target);
  return found && { failures: Number(found.failures.N), retryAt: Number(found.retryAt.N) };
}

/** Makes a change; false when its condition does not hold. */
async function change(operation: string, parameters: object): Promise<boolean> {
  try {
    await database.service.run(operation, { ...parameters });
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

/** A world of one target: its requests go by the rules, at a time that the test moves. */
function world(target: string) {
  const log: { readonly turn: number }[] = [];
  const turns = new Set<{ readonly ends: number }>();
  /** Most turns that were taken at once and had not ended. */
  let most = 0;
  const clock = { now: 1_700_000_000_000 };
  let writes = 0;
  const count = (turn: number, failures = 1) => {
    writes += 1;
    const retryAt = failures === 1 ? clock.now + settings.openSeconds * 1000 : clock.now;
    const of = { table, target, most: settings.failures, expires };
    const numbers = { failures: String(failures), turn: String(turn), retryAt: String(retryAt) };
    return change('UpdateItem', countFailure({ ...of, ...numbers }));
  };
  return {
    log,
    clock,
    writes: () => writes,
    mostTurns: () => most,
    state: async (): Promise<BreakerState> => stateOf(await read(target), settings, clock.now),
    async request(outcome: 'answers' | 'fails' | 'says nothing', meanwhile?: () => Promise<void>) {
      const known = await read(target);
      const state = stateOf(known, settings, clock.now);
      let turn = 0;
      if (known && state === 'half-open') {
        turn = clock.now + turnMs;
        const retryAt = String(known.retryAt);
        writes += 1;
        const mine = takeTurn({ table, target, retryAt, turn: String(turn), expires });
        if (!(await change('UpdateItem', mine))) return 'open';
      }
      if (state === 'open') return 'open';
      log.push({ turn });
      const taken = { ends: turn };
      if (turn > 0) turns.add(taken);
      most = Math.max(most, [...turns].filter(({ ends }) => ends > clock.now).length);
      await meanwhile?.();
      turns.delete(taken);
      if (outcome === 'fails') await count(turn);
      else if (outcome === 'answers' && state !== 'closed') {
        writes += 1;
        const of = { table, target, most: settings.failures, turn: String(turn) };
        await change('DeleteItem', close(of));
      } else if (outcome === 'says nothing' && turn > 0) await count(turn, 0);
      return 'asked';
    },
  };
}

let targets = 0;
function newWorld() {
  targets += 1;
  return world(`target-${targets}`);
}

it('writes nothing while the target answers, or says nothing against it', async () => {
  const { request, writes, state } = newWorld();
  await Promise.all(Array.from({ length: 20 }, () => request('answers')));
  await request('says nothing');
  expect([writes(), await state()]).toEqual([0, 'closed']);
});

it('opens after so many failures in a row; an answer in between takes them back', async () => {
  const { request, state } = newWorld();
  await request('fails');
  await request('fails');
  expect(await state()).toBe('suspect');
  await request('answers');
  expect(await state()).toBe('closed');
  for (const expected of ['suspect', 'suspect', 'open']) {
    await request('fails');
    expect(await state()).toBe(expected);
  }
  expect(await request('answers')).toBe('open');
});

it('opens once for 200 requests at once, until the same moment, and all agree', async () => {
  const { request, clock, state } = newWorld();
  const opened = clock.now + 30_000;
  await Promise.all(
    Array.from({ length: 200 }, () =>
      request('fails', async () => {
        clock.now += 1;
      }),
    ),
  );
  const seen = await Promise.all(Array.from({ length: 200 }, () => read(`target-${targets}`)));
  expect(new Set(seen.map((known) => JSON.stringify(known))).size).toBe(1);
  expect(seen[0]?.failures).toBe(settings.failures);
  // By one of the first; those that came late did not move it.
  expect(seen[0]?.retryAt).toBeLessThan(opened + 201);
  expect(await state()).toBe('open');
});

async function opened() {
  const one = newWorld();
  for (let count = 0; count < settings.failures; count += 1) await one.request('fails');
  one.log.length = 0;
  return one;
}

it('lets one of 200 through when it is time, and closes when that is answered', async () => {
  const { request, clock, log, state } = await opened();
  clock.now += 29_999;
  expect(await request('answers')).toBe('open');
  clock.now += 1;
  const all = await Promise.all(Array.from({ length: 200 }, () => request('answers')));
  expect(all.filter((each) => each === 'asked')).toHaveLength(1);
  expect(log).toHaveLength(1);
  expect(await state()).toBe('closed');
});

it('opens again when the one that tries fails, and is tried again after the same time', async () => {
  const { request, clock, log, state } = await opened();
  clock.now += 30_000;
  await Promise.all(Array.from({ length: 50 }, () => request('fails')));
  expect(log).toHaveLength(1);
  expect(await state()).toBe('open');
  clock.now += 30_000;
  await request('answers');
  expect(await state()).toBe('closed');
});

it('hands the turn on at once when the try says nothing about the target', async () => {
  const { request, clock, state } = await opened();
  clock.now += 30_000;
  await request('says nothing');
  expect(await state()).toBe('half-open');
  await request('answers');
  expect(await state()).toBe('closed');
});

it('hands the turn on after its time when the one that tries is killed', async () => {
  const { request, clock, log } = await opened();
  clock.now += 30_000;
  const killed = request('answers', () => new Promise(() => {}));
  void killed;
  await expect.poll(() => log.length).toBe(1);
  expect(await request('answers')).toBe('open');
  clock.now += turnMs;
  expect(await request('answers')).toBe('asked');
});

it('is not closed by an answer to a request that was sent before it opened', async () => {
  const one = newWorld();
  await one.request('fails');
  await one.request('answers', async () => {
    await one.request('fails');
    await one.request('fails');
  });
  expect(await one.state()).toBe('open');
});

it('has one turn at a time, in any order of any requests', async () => {
  const steps = fc.array(
    fc.record({
      outcome: fc.constantFrom('answers' as const, 'fails' as const, 'says nothing' as const),
      later: fc.integer({ min: 0, max: 40_000 }),
      atOnce: fc.integer({ min: 1, max: 6 }),
    }),
    { minLength: 3, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(steps, fc.scheduler(), async (all, scheduler) => {
      const one = newWorld();
      const wait = scheduler.scheduleFunction(async () => {});
      const sent = all.flatMap(({ outcome, later, atOnce }) =>
        Array.from({ length: atOnce }, (_, index) =>
          scheduler.schedule(Promise.resolve()).then(() => {
            if (index === 0) one.clock.now += later;
            return one.request(outcome, wait);
          }),
        ),
      );
      const done = Promise.all(sent);
      await scheduler.waitFor(done);
      expect(one.mostTurns()).toBeLessThanOrEqual(1);
      // Left alone, it closes by itself.
      one.clock.now += 60_000;
      await one.request('answers');
      expect(await one.state()).toBe('closed');
    }),
    { numRuns: 40 },
  );
});

it.each([
  [{ failures: 0 }, '1 failure or more, got 0'],
  [{ failures: 1.5 }, '1 failure or more, got 1.5'],
  [{ openSeconds: 0 }, '1 to 3600 seconds, got 0'],
  [{ openSeconds: 3601 }, '1 to 3600 seconds, got 3601'],
])('is refused with %j', (breaker, said) => {
  expect(() => settingsOf(breaker)).toThrow(said);
});
