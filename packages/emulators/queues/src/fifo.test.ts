import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { type MovableClock, movableClock } from '@chorus/asl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queueCalls } from './testing/queue-calls.ts';
import { type RunningQueues, startQueues } from './testing/start-queues.ts';

let clock: MovableClock;
let queues: RunningQueues;
beforeEach(async () => {
  clock = movableClock(Date.parse('2026-11-29T12:00:00Z'));
  queues = await startQueues({ clock });
});
afterEach(() => queues.remove());

const { create, send, receive, bodies } = queueCalls(() => queues.sqs);

describe('a FIFO queue', () => {
  const group = (MessageGroupId: string, MessageDeduplicationId: string) => ({
    MessageGroupId,
    MessageDeduplicationId,
  });

  it('gives the messages of a group in their order, and the next when those are done', async () => {
    const url = await create('box.fifo', { FifoQueue: 'true' });
    for (const [index, body] of ['a1', 'a2', 'b1', 'a3'].entries())
      await send(url, body, group(body.slice(0, 1), String(index)));
    const [first] = await receive(url, { MaxNumberOfMessages: 1 });
    expect(first?.Body).toBe('a1');
    expect(await bodies(url)).toEqual(['b1']);
    await queues.sqs.send(
      new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }),
    );
    expect(await bodies(url)).toEqual(['a2', 'a3']);
  });

  it('gives a message whose time is up before those behind it', async () => {
    const url = await create('box.fifo', { FifoQueue: 'true', VisibilityTimeout: '5' });
    await send(url, 'a1', group('a', '1'));
    const [first] = await receive(url);
    await send(url, 'a2', group('a', '2'));
    clock.advance(5000);
    await expect(
      queues.sqs.send(
        new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }),
      ),
    ).rejects.toThrow(/receipt handle has expired/);
    expect(await bodies(url)).toEqual(['a1', 'a2']);
  });

  it('takes a message once within five minutes, also across a restart', async () => {
    const url = await create('box.fifo', { FifoQueue: 'true' });
    const sent = await send(url, 'a', group('g', 'same'));
    await queues.stop();
    const { directory } = queues;
    queues = await startQueues({ directory, clock });
    const again = `${queues.url}/000000000000/box.fifo`;
    expect(await send(again, 'a', group('g', 'same'))).toMatchObject({
      MessageId: sent.MessageId,
      SequenceNumber: sent.SequenceNumber,
    });
    expect(await bodies(again)).toEqual(['a']);
    clock.advance(5 * 60_000);
    await send(again, 'b', group('h', 'same'));
    expect(await bodies(again)).toEqual(['a', 'b']);
  });

  it('tells messages apart by their bodies, where it is asked to', async () => {
    const url = await create('box.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    for (const body of ['a', 'a', 'b']) await send(url, body, { MessageGroupId: 'g' });
    expect(await bodies(url)).toEqual(['a', 'b']);
  });

  it('refuses what it needs and does not get', async () => {
    const url = await create('box.fifo', { FifoQueue: 'true' });
    await expect(send(url, 'a')).rejects.toThrow(/MessageGroupId/);
    await expect(send(url, 'a', { MessageGroupId: 'g' })).rejects.toThrow(/ContentBased/);
    await expect(send(url, 'a', { ...group('g', '1'), DelaySeconds: 1 })).rejects.toThrow(/Delay/);
    await expect(create('other.fifo')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(create('other', { FifoQueue: 'true' })).rejects.toThrow(/\.fifo suffix/);
  });
});
