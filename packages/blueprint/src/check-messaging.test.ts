import { describe, expect, it } from 'vitest';
import { checkMessaging } from './check-messaging.ts';
import type { ConsumerSpec, QueueSpec, TopicSpec } from './messaging.ts';
import type { FunctionSpec } from './types.ts';

const worker = {
  name: 'worker',
  kind: 'task',
  source: 'packages/worker',
  memoryMb: 128,
  timeoutSeconds: 20,
  concurrency: 1,
} as const satisfies FunctionSpec;

const queue = (name: string, more: Partial<QueueSpec> = {}): QueueSpec => ({
  name,
  purpose: '',
  ...more,
});
const topic = (subscriptions: TopicSpec['subscriptions']): TopicSpec => ({
  name: 'news',
  purpose: '',
  subscriptions,
});
const consumed = (consumer: Partial<ConsumerSpec>, more: Partial<QueueSpec> = {}) =>
  queue('work', { consumer: { function: 'worker', ...consumer }, ...more });
const dead = queue('dead');

function check(
  queues: readonly QueueSpec[],
  topics: readonly TopicSpec[] = [],
  asynchronous: FunctionSpec['asynchronous'] = {},
): void {
  const links = [{ kind: 'queue', queue: 'work', access: 'receive' }] as const;
  checkMessaging({ functions: [{ ...worker, links, asynchronous }], queues, topics });
}

describe('queues and topics that fit each other', () => {
  it.each([
    ['none', []],
    ['dead letters', [queue('work', { deadLetters: { queue: 'dead', receives: 3 } }), dead]],
    [
      'dead letters in order',
      [
        queue('work', { fifo: true, deadLetters: { queue: 'dead', receives: 3 } }),
        queue('dead', { fifo: true }),
      ],
    ],
    ['a consumer', [consumed({ batchSize: 10_000, windowSeconds: 300, concurrency: 1000 })]],
    ['a consumer that takes at times', [consumed({ every: 'rate(1 minute)' })]],
    ['a consumer in order', [consumed({ batchSize: 10 }, { fifo: true })]],
  ])('are taken: %s', (_, queues) => {
    expect(() => check(queues)).not.toThrow();
  });

  it('are taken: a subscription with a filter, and a queue for what fails', () => {
    const filter = { kind: ['a', 'b'] };
    expect(() =>
      check([dead], [topic([{ queue: 'dead', filter }])], { onFailure: { queue: 'dead' } }),
    ).not.toThrow();
  });
});

describe('queues that do not', () => {
  it.each([
    [[consumed({ every: 'each minute' })], 'queue work: '],
    [
      [queue('other', { consumer: { function: 'worker', every: 'rate(1 minute)' } })],
      "queue other: worker takes its messages by itself, so it needs the link queue('other', { access: 'receive' })",
    ],
    [[dead, dead], 'two queues with the name dead'],
    [[queue('Dead.fifo')], 'Dead.fifo: the name of one of the queues may have small letters'],
    [
      [queue('work', { visibilitySeconds: 43_201 })],
      'visibilitySeconds must be a whole number from 0 to 43200 s',
    ],
    [
      [queue('work', { retentionDays: 15 })],
      'retentionDays must be a whole number from 1 to 14 days',
    ],
    [
      [queue('work', { deadLetters: { queue: 'gone', receives: 3 } })],
      'queue work: there is no queue gone',
    ],
    [[queue('work', { deadLetters: { queue: 'work', receives: 3 } })], 'of its own dead letters'],
    [[queue('work', { deadLetters: { queue: 'dead', receives: 0 } }), dead], 'receives must be'],
    [
      [queue('work', { fifo: true, deadLetters: { queue: 'dead', receives: 3 } }), dead],
      'must be of one kind',
    ],
    [[consumed({ function: 'gone' })], 'queue work: there is no function gone'],
    [[consumed({ batchSize: 10_001, windowSeconds: 1 })], 'from 1 to 10000, not 10001'],
    [[consumed({ batchSize: 11 }, { fifo: true })], 'from 1 to 10 for a FIFO queue'],
    [[consumed({ batchSize: 11 })], 'above 10 needs windowSeconds'],
    [[consumed({ windowSeconds: 301 })], 'windowSeconds must be'],
    [[consumed({ windowSeconds: 1 }, { fifo: true })], 'a FIFO queue has no windowSeconds'],
    [[consumed({ concurrency: 1 })], 'concurrency must be a whole number from 2 to 1000'],
    [
      [consumed({}, { visibilitySeconds: 19 })],
      'must not be less than the 20 s that its consumer worker may take',
    ],
  ])('are refused by name (%#)', (queues, message) => {
    expect(() => check(queues)).toThrow(
      expect.objectContaining({
        name: 'BlueprintError',
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe('topics that do not', () => {
  const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, ['x']]));
  it.each([
    [[topic([]), topic([])], 'two topics with the name news'],
    [[topic([{ queue: 'gone' }])], 'topic news: there is no queue gone'],
    [[topic([{ queue: 'ordered' }])], 'ordered is FIFO'],
    [[topic([{ queue: 'dead' }, { queue: 'dead' }])], 'dead is subscribed twice'],
    [[topic([{ queue: 'dead', filter: { kind: [] } }])], 'lets nothing through: kind is empty'],
    [[topic([{ queue: 'dead', filter: many }])], 'has 6 attributes'],
  ])('are refused by name (%#)', (topics, message) => {
    expect(() => check([dead, queue('ordered', { fifo: true })], topics)).toThrow(message);
  });
});

describe('functions whose failures go nowhere', () => {
  it.each([
    [{ onFailure: { queue: 'gone' } }, 'worker: there is no queue gone'],
    [{ onFailure: { queue: 'ordered' } }, 'ordered is FIFO'],
    [{ maxAgeSeconds: 59 }, 'from 60 to 21600'],
  ])('are refused by name (%#)', (asynchronous, message) => {
    expect(() => check([queue('ordered', { fifo: true })], [], asynchronous)).toThrow(message);
  });
});
