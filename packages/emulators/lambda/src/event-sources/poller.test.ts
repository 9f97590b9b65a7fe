import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VirtualClock, virtualClock } from '@chorus/asl';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createQueues, type QueuesEmulator } from '@chorus/emulator-queues';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { throttled } from '../errors.ts';
import type { EventQueues, EventSource } from './event-source.ts';
import { type Invoker, type Poller, startPoller } from './poller.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-poller-'));
});
afterEach(() => rm(directory, { recursive: true }));

const visibilitySeconds = 30;
const receives = 3;
const functionName = 'worker';

/** What becomes of one attempt of a message. */
type Fate = 'done' | 'fails' | 'whole batch fails' | 'throttled' | 'killed';

interface Record {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

const recordsOf = (payload: Uint8Array): readonly Record[] =>
  JSON.parse(Buffer.from(payload).toString()).Records;

const answer = (body: unknown) => ({ payload: Buffer.from(JSON.stringify(body)) });

/** Queues and a poller that can be killed: the file stays as it is. */
interface World {
  readonly clock: VirtualClock;
  queues: QueuesEmulator;
  poller: Poller;
}

async function counted(queues: QueuesEmulator, queue: string): Promise<number> {
  const parameters = {
    QueueUrl: `/000000000000/${queue}`,
    AttributeNames: ['All'],
  };
  const signal = new AbortController().signal;
  const { Attributes } = await queues.service.sqs('GetQueueAttributes', parameters, '', signal);
  const all = Attributes as Readonly<globalThis.Record<string, string>>;
  return ['', 'NotVisible', 'Delayed'].reduce(
    (sum, which) => sum + Number(all[`ApproximateNumberOfMessages${which}`]),
    0,
  );
}

function source(fifo: boolean, more: Partial<EventSource> = {}): EventSource {
  return {
    queue: fifo ? 'work.fifo' : 'work',
    functionName,
    qualifier: 'live',
    batchSize: 10,
    windowSeconds: 0,
    visibilitySeconds,
    ...more,
  };
}

/** @param onRemoved called with the body of each message that is deleted */
function openWorld(
  fifo: boolean,
  lambda: Invoker,
  clock: VirtualClock = virtualClock(1e12),
  more: Partial<EventSource> = {},
  onRemoved: (body: string) => void = () => {},
): World {
  const queues = createQueues({ directory, clock, credentials: testCredentials });
  const queue = { visibilitySeconds, retentionSeconds: 86_400 };
  const dead = fifo ? 'dead.fifo' : 'dead';
  const { queue: name } = source(fifo);
  queues.service.ensureQueues([
    { ...queue, name, deadLetters: { queue: dead, receives } },
    { ...queue, name: dead },
  ]);
  const bodies = new Map<string, string>();
  const watched: EventQueues = {
    ...queues.service,
    async receive(...call) {
      const received = await queues.service.receive(...call);
      for (const { receiptHandle, body } of received) bodies.set(receiptHandle, body);
      return received;
    },
    remove(from, handles) {
      queues.service.remove(from, handles);
      for (const handle of handles) onRemoved(bodies.get(handle) ?? '');
    },
  };
  const options = { queues: watched, lambda, clock, report: () => {} };
  return { clock, queues, poller: startPoller(source(fifo, more), options) };
}

async function closeWorld({ poller, queues }: World): Promise<void> {
  await poller.stop();
  await queues.close();
}

/** Waits, on the clock, until a queue is empty. */
async function emptied({ clock, queues }: World, queue: string): Promise<void> {
  const signal = new AbortController().signal;
  while ((await counted(queues, queue)) > 0) await clock.sleep(1000, signal);
}

describe('a poller', () => {
  it('gives the function batches of at most its size, in Lambda’s form', async () => {
    const events: (readonly Record[])[] = [];
    const world = openWorld(
      false,
      {
        concurrencyOf: () => 1,
        async invoke({ payload, functionName: name, qualifier }) {
          expect([name, qualifier]).toEqual(['worker', 'live']);
          events.push(recordsOf(payload));
          return answer({});
        },
      },
      virtualClock(1e12),
      { batchSize: 2 },
    );
    const attributes = {
      kind: { DataType: 'String', StringValue: 'x' },
      raw: { DataType: 'Binary', BinaryValue: 'AQI=' },
    };
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    for (const body of ['1', '2', '3'])
      world.queues.service.send('work', { body, attributes, trace });
    await emptied(world, 'work');
    await closeWorld(world);
    expect(events.flat().map(({ body }) => body)).toEqual(['1', '2', '3']);
    expect(Math.max(...events.map((records) => records.length))).toBeLessThanOrEqual(2);
    expect(events[0]?.[0]).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: '1',
      attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: '000000000000',
        AWSTraceHeader: trace,
      },
      messageAttributes: {
        kind: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' },
        raw: {
          binaryValue: 'AQI=',
          stringListValues: [],
          binaryListValues: [],
          dataType: 'Binary',
        },
      },
      md5OfBody: 'c4ca4238a0b923820dcc509a6f75849b',
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
      awsRegion: 'us-east-1',
    });
  });

  it('gathers messages for as long as the window is', async () => {
    const sizes: number[] = [];
    const clock = virtualClock(1e12);
    const invoke: Invoker['invoke'] = async ({ payload }) => {
      sizes.push(recordsOf(payload).length);
      return answer({});
    };
    const more = { batchSize: 100, windowSeconds: 5 };
    const world = openWorld(false, { concurrencyOf: () => 1, invoke }, clock, more);
    const { signal } = new AbortController();
    for (let index = 0; index < 4; index++) {
      world.queues.service.send('work', { body: `${index}` });
      await clock.sleep(1000, signal);
    }
    await emptied(world, 'work');
    await closeWorld(world);
    expect(sizes).toEqual([4]);
  });

  it('makes several events of messages that do not fit into one', async () => {
    const sizes: number[] = [];
    const invoke: Invoker['invoke'] = async ({ payload }) => {
      expect(payload.byteLength).toBeLessThanOrEqual(6_291_556);
      sizes.push(recordsOf(payload).length);
      return answer({});
    };
    const world = openWorld(false, { concurrencyOf: () => 1, invoke });
    for (let index = 0; index < 8; index++)
      world.queues.service.send('work', { body: 'a'.repeat(1_000_000) });
    await emptied(world, 'work');
    await closeWorld(world);
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(8);
    expect(sizes.length).toBeGreaterThan(1);
  });

  it.each([
    ['the function has', 3, undefined, 3],
    ['the mapping allows', 8, 2, 2],
  ])('has no more events at once than %s', async (_, environments, concurrency, most) => {
    let atOnce = 0;
    let highest = 0;
    const clock = virtualClock(1e12);
    const world = openWorld(
      false,
      {
        concurrencyOf: () => environments,
        async invoke() {
          atOnce += 1;
          highest = Math.max(highest, atOnce);
          await clock.sleep(1000, new AbortController().signal);
          atOnce -= 1;
          return answer({});
        },
      },
      clock,
      { batchSize: 1, concurrency },
    );
    for (let index = 0; index < 20; index++) world.queues.service.send('work', { body: 'a' });
    await emptied(world, 'work');
    await closeWorld(world);
    expect(highest).toBe(most);
  });

  it('gives back at once what the function did not get to when it is stopped', async () => {
    const asked = Promise.withResolvers<void>();
    const world = openWorld(false, {
      concurrencyOf: () => 1,
      async invoke() {
        asked.resolve();
        throw throttled(functionName, 1);
      },
    });
    world.queues.service.send('work', { body: 'a' });
    await asked.promise;
    await world.poller.stop();
    const { signal } = new AbortController();
    const again = await world.queues.service.receive('work', { most: 1, waitMs: 0 }, signal);
    expect(again.map(({ body }) => body)).toEqual(['a']);
    await world.queues.close();
  });
});

const fate = fc.constantFrom<Fate>('done', 'fails', 'whole batch fails', 'throttled', 'killed');

describe('whatever becomes of messages', () => {
  it.each([
    ['a standard queue', false],
    ['a FIFO queue', true],
  ])(
    'of %s, each is done once or is a dead letter, and none comes again once it is deleted',
    async (_, fifo) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(fate, { maxLength: 4 }), { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 10 }),
          fc.integer({ min: 1, max: 3 }),
          async (fates, batchSize, environments) => {
            await rm(directory, { recursive: true });
            directory = await mkdtemp(join(tmpdir(), 'chorus-poller-'));
            const attempts = new Map<string, number>();
            const deleted = new Set<string>();
            const problems: string[] = [];
            let killing: PromiseWithResolvers<void> | undefined;
            const lambda: Invoker = {
              concurrencyOf: () => environments,
              async invoke({ payload }) {
                // A killed process hears nothing.
                if (killing !== undefined) return new Promise(() => {});
                const records = recordsOf(payload);
                const outcomes = records.map(({ body, messageId, attributes }) => {
                  if (deleted.has(body)) problems.push(`${body} came again`);
                  if (Number(attributes.ApproximateReceiveCount) > receives)
                    problems.push(`${body} was received too often`);
                  const attempt = attempts.get(body) ?? 0;
                  attempts.set(body, attempt + 1);
                  return { body, messageId, fate: fates[Number(body)]?.[attempt] ?? 'done' };
                });
                const fails = (which: Fate) => outcomes.some((each) => each.fate === which);
                if (fails('throttled')) throw throttled(functionName, environments);
                if (fails('killed')) {
                  killing = Promise.withResolvers();
                  restart.resolve();
                  return new Promise(() => {});
                }
                if (fails('whole batch fails'))
                  return { ...answer({ errorMessage: 'no' }), functionError: 'Unhandled' };
                const failed = outcomes.filter((each) => each.fate === 'fails');
                return answer({
                  batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })),
                });
              },
            };
            let restart = Promise.withResolvers<void>();
            const clock = virtualClock(1e12);
            let world = openWorld(fifo, lambda, clock, { batchSize }, (body) => deleted.add(body));
            const { queue } = source(fifo);
            for (const index of fates.keys())
              world.queues.service.send(queue, {
                body: `${index}`,
                ...(fifo && { groupId: `${index % 3}`, deduplicationId: `${index}` }),
              });
            for (;;) {
              const isKilled = await Promise.race([
                restart.promise.then(() => true),
                emptied(world, queue).then(
                  () => false,
                  () => true,
                ),
              ]);
              if (!isKilled) break;
              // As SIGKILL does: nothing is told, the file is as it was.
              await world.queues.close();
              void world.poller.stop();
              restart = Promise.withResolvers();
              killing = undefined;
              world = openWorld(fifo, lambda, clock, { batchSize }, (body) => deleted.add(body));
            }
            const dead = await counted(world.queues, fifo ? 'dead.fifo' : 'dead');
            await closeWorld(world);
            expect(problems).toEqual([]);
            expect(deleted.size + dead).toBe(fates.length);
          },
        ),
        { numRuns: 40 },
      );
    },
  );
});
