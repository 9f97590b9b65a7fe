import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { type MovableClock, movableClock } from '@chorus/asl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queueCalls } from './testing/queue-calls.ts';
import { type RunningQueues, startQueues } from './testing/start-queues.ts';

const start = Date.parse('2026-11-29T12:00:00Z');
let clock: MovableClock;
let queues: RunningQueues;
beforeEach(async () => {
  clock = movableClock(start);
  queues = await startQueues({ clock });
});
afterEach(() => queues.remove());

const { create, send, receive, bodies, counts } = queueCalls(() => queues.sqs);

describe('a queue', () => {
  it('has a URL with the address that its caller used, and an ARN of this account', async () => {
    const url = await create('box');
    expect(url).toBe(`${queues.url}/000000000000/box`);
    const { QueueUrl } = await queues.sqs.send(new GetQueueUrlCommand({ QueueName: 'box' }));
    expect(QueueUrl).toBe(url);
    // Another name of the same machine.
    await send(url.replace('127.0.0.1', 'localhost'), 'a');
    const names = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
    expect((await queues.sqs.send(names)).Attributes).toEqual({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:box',
    });
  });

  it('is listed by prefix, page by page', async () => {
    for (const name of ['a-1', 'a-2', 'a-3', 'b']) await create(name);
    const first = await queues.sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: 'a-', MaxResults: 2 }),
    );
    expect(first.QueueUrls).toHaveLength(2);
    const rest = await queues.sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: 'a-', MaxResults: 2, NextToken: first.NextToken }),
    );
    expect([rest.QueueUrls, rest.NextToken]).toEqual([
      [`${queues.url}/000000000000/a-3`],
      undefined,
    ]);
  });

  it('is made once; with other attributes it is refused', async () => {
    await create('box', { VisibilityTimeout: '5' });
    await create('box', { VisibilityTimeout: '5' });
    await expect(create('box', { VisibilityTimeout: '6' })).rejects.toMatchObject({
      name: 'QueueNameExists',
      message: expect.stringContaining('VisibilityTimeout'),
    });
  });

  it('is gone with its messages once it is deleted', async () => {
    const url = await create('box');
    await send(url, 'a');
    await queues.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await expect(send(url, 'b')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
    await create('box');
    expect(await bodies(url)).toEqual([]);
  });

  it('is emptied when it is purged', async () => {
    const url = await create('box');
    await send(url, 'a');
    await queues.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(await counts(url)).toEqual([0, 0, 0]);
  });
});

describe('waiting for messages', () => {
  it('ends with the first one', async () => {
    const url = await create('box');
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    await expect.poll(() => clock.sleepers).toHaveLength(1);
    await send(url, 'a');
    expect((await waiting).map(({ Body }) => Body)).toEqual(['a']);
    expect(clock.sleepers).toEqual([]);
  });

  it('ends with one that was hidden, as soon as its time is up', async () => {
    const url = await create('box', { VisibilityTimeout: '5' });
    await send(url, 'a');
    await receive(url);
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    await expect.poll(() => clock.sleepers).toEqual([start + 5000]);
    clock.advance(5000);
    expect(await waiting).toHaveLength(1);
  });

  it('ends without one when the time is up', async () => {
    const url = await create('box', { ReceiveMessageWaitTimeSeconds: '20' });
    const waiting = receive(url);
    await expect.poll(() => clock.sleepers).toEqual([start + 20_000]);
    clock.advance(20_000);
    expect(await waiting).toEqual([]);
  });

  it('ends with an error when the queue is deleted', async () => {
    const url = await create('box');
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    const outcome = expect(waiting).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect.poll(() => clock.sleepers).toHaveLength(1);
    await queues.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await outcome;
  });
});

describe('a queue of dead letters', () => {
  const policy = (receives: number, queue = 'dead') =>
    JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
      maxReceiveCount: receives,
    });

  it('gets what was received too often, in one step', async () => {
    const dead = await create('dead');
    const url = await create('box', { VisibilityTimeout: '0', RedrivePolicy: policy(2) });
    await send(url, 'poison');
    await send(url, 'other');
    expect(await bodies(url)).toEqual(['poison', 'other']);
    expect(await bodies(url)).toEqual(['poison', 'other']);
    await send(url, 'late');
    expect(await bodies(url)).toEqual(['late']);
    const moved = await receive(dead, { MessageSystemAttributeNames: ['All'] });
    expect(moved.map(({ Body }) => Body)).toEqual(['poison', 'other']);
    expect(moved[0]?.Attributes).toMatchObject({
      DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:box',
    });
    const sources = new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead });
    expect((await queues.sqs.send(sources)).queueUrls).toEqual([url]);
  });

  it('wakes who waits for dead letters', async () => {
    const dead = await create('dead');
    const url = await create('box', { VisibilityTimeout: '0', RedrivePolicy: policy(1) });
    await send(url, 'poison');
    await receive(url);
    const waiting = receive(dead, { WaitTimeSeconds: 20 });
    await expect.poll(() => clock.sleepers).toHaveLength(1);
    await receive(url);
    expect((await waiting).map(({ Body }) => Body)).toEqual(['poison']);
  });

  it.each([
    ['that is not there', policy(2, 'nowhere'), 'no dead letter queue'],
    ['of another type', policy(2, 'dead.fifo'), 'the same type'],
    ['after no receive', policy(0), 'between 1 and 1000'],
    ['in no JSON', 'nonsense', 'JSON'],
  ])('is refused %s', async (_, RedrivePolicy, message) => {
    await create('dead');
    await create('dead.fifo', { FifoQueue: 'true' });
    await expect(create('box', { RedrivePolicy })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message: expect.stringContaining(message),
    });
  });

  it('can be taken away from a queue', async () => {
    await create('dead');
    const url = await create('box', { VisibilityTimeout: '0', RedrivePolicy: policy(1) });
    await queues.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy: '' } }),
    );
    await send(url, 'a');
    await receive(url);
    expect(await bodies(url)).toEqual(['a']);
  });
});
