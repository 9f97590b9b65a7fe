import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drop, giveUp, parseLetter, parseRequest, replay } from './index.ts';
import { type RunningStores, startStores } from './testing/index.ts';

let stores: RunningStores;
beforeEach(async () => {
  stores = await startStores();
});
afterEach(() => stores.remove());

const request = { id: 'a', workflow: 'price', replays: 0, input: { size: 0.1 + 0.2 } };
const failure = {
  statusCode: 503,
  body: { error: 'no model', failed: { line: { error: 'E', message: 'why' } } },
  attempts: 5,
};
const answer = { statusCode: 200, body: { predictions: [0.1 + 0.2, 1e300] }, attempts: 1 };
const later = 9_999_999_999;

const fail = () => giveUp(request, failure, stores.table, stores.letters);

/** Takes the one letter that there is. */
async function take() {
  const [received] = await stores.letters.receive();
  if (received === undefined) throw new TypeError('there is no letter');
  return received;
}

describe('a request', () => {
  it('is done once: what comes second changes nothing, and is told the first', async () => {
    await stores.accept('a', 'price');
    const done = await stores.table.end(request, 'done', answer);
    expect(done).toMatchObject({ status: 'done', body: answer.body, replays: 0 });
    expect(await stores.table.end(request, 'done', { ...answer, body: 'other' })).toEqual(done);
    await fail();
    expect(await stores.table.read('a')).toEqual(done);
    expect(await stores.drain('letters')).toEqual([]);
  });

  it('that is unknown, or expired, is none', async () => {
    expect(await stores.table.read('b')).toBeUndefined();
    expect(await stores.table.end({ id: 'b', replays: 0 }, 'done', answer)).toBeUndefined();
    expect(await stores.items()).toEqual([]);
  });

  it('that fails for good is one letter with its input and its error, however often that is tried', async () => {
    await stores.accept('a', 'price');
    await fail();
    await fail();
    expect(await stores.table.read('a')).toMatchObject({ status: 'failed', letter: 'sent' });
    expect(await stores.drain('letters')).toEqual([
      {
        ...request,
        statusCode: 503,
        error: 'no model',
        failed: failure.body.failed,
        attempts: 5,
        failedAt: expect.any(String),
      },
    ]);
  });

  it('ends once, wherever its consumer is stopped', async () => {
    const trouble = fc.constantFrom('none', 'refuse', 'forget') as fc.Arbitrary<
      'none' | 'refuse' | 'forget'
    >;
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { maxLength: 8 }),
        fc.boolean(),
        async (troubles, isFailure) => {
          count += 1;
          const mine = { ...request, id: `id-${count}` };
          await stores.accept(mine.id, 'price');
          stores.troubles.push(...troubles);
          for (;;) {
            try {
              if (isFailure) await giveUp(mine, failure, stores.table, stores.letters);
              else await stores.table.end(mine, 'done', answer);
              break;
            } catch {
              // It was stopped; its message comes again.
            }
          }
          stores.troubles.length = 0;
          const known = await stores.table.read(mine.id);
          expect(known?.status).toBe(isFailure ? 'failed' : 'done');
          expect(await stores.drain('letters')).toHaveLength(isFailure ? 1 : 0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a dead letter', () => {
  beforeEach(async () => {
    await stores.accept('a', 'price');
    await fail();
  });

  it('that is replayed is a request again, and gone', async () => {
    expect(await replay(await take(), stores, later)).toEqual({ isDone: true });
    expect(await stores.drain('requests')).toEqual([{ ...request, replays: 1 }]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted', replays: 1 });
    expect(await stores.drain('letters')).toEqual([]);
    // What was under way before the replay has nothing to say any more.
    await stores.table.end(request, 'done', answer);
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted', replays: 1 });
  });

  it('that fails again is another letter', async () => {
    await replay(await take(), stores, later);
    await giveUp({ ...request, replays: 1 }, failure, stores.table, stores.letters);
    expect(await stores.drain('letters')).toMatchObject([{ id: 'a', replays: 1 }]);
  });

  it('is replayed once, wherever the replay is stopped', async () => {
    const received = await take();
    stores.troubles.push('forget');
    await expect(replay(received, stores, later)).rejects.toThrow();
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted', replays: 1 });
    expect(await stores.drain('requests')).toEqual([]);
    expect(await replay(received, stores, later)).toEqual({ isDone: true });
    expect(await stores.drain('requests')).toEqual([{ ...request, replays: 1 }]);
  });

  it('of a request that was answered since is removed, and not replayed', async () => {
    const received = await take();
    await replay(received, stores, later);
    await stores.table.end({ ...request, replays: 1 }, 'done', answer);
    expect(await replay(received, stores, later)).toMatchObject({
      isDone: false,
      prediction: { status: 'done', replays: 1 },
    });
    expect(await stores.drain('requests')).toHaveLength(1);
  });

  it('that is dropped is gone, and cannot be replayed', async () => {
    const received = await take();
    await drop(received, stores);
    expect(await stores.drain('letters')).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'failed', letter: 'dropped' });
    expect(await replay(received, stores, later)).toMatchObject({
      isDone: false,
      prediction: { letter: 'dropped' },
    });
    expect(await stores.drain('requests')).toEqual([]);
  });

  it('of a request that has expired can be replayed still', async () => {
    const letter = { ...(await take()).letter, id: 'old' };
    await stores.letters.send(letter);
    expect(await replay(await take(), stores, later)).toEqual({ isDone: true });
    expect(await stores.table.read('old')).toMatchObject({ status: 'accepted', replays: 1 });
  });
});

describe('a message', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.string({ minLength: 1 }),
          workflow: fc.string(),
          replays: fc.nat(),
          input: fc.jsonValue(),
        }),
        (sent) => {
          const json = JSON.stringify(sent);
          expect(parseRequest(json)).toEqual(JSON.parse(json));
        },
      ),
    );
  });

  it.each([
    '',
    '[]',
    '7',
    '{}',
    '{"id":"","workflow":"a","replays":0,"input":1}',
    '{"id":"a","replays":0,"input":1}',
    '{"id":"a","workflow":"a","replays":-1,"input":1}',
    '{"id":"a","workflow":"a","replays":0}',
  ])('%j is refused', (body) => {
    expect(() => parseRequest(body)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError' }),
    );
    expect(() => parseLetter(body)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError' }),
    );
  });
});
