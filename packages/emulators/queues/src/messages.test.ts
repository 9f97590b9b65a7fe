import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
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

describe('a message', () => {
  it('comes with what was sent with it, and with what SQS knows of it', async () => {
    const url = await create('box');
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    const { MessageId } = await send(url, 'naïve \u{1F600} مرحبا', {
      MessageAttributes: {
        workflow: { DataType: 'String', StringValue: 'some' },
        size: { DataType: 'Number.int', StringValue: '3' },
        raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } },
    });
    clock.advance(1500);
    const [message] = await receive(url, {
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    expect(message).toMatchObject({
      MessageId,
      Body: 'naïve \u{1F600} مرحبا',
      Attributes: {
        SentTimestamp: String(start),
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: String(start + 1500),
        AWSTraceHeader: trace,
      },
      MessageAttributes: {
        workflow: { DataType: 'String', StringValue: 'some' },
        size: { DataType: 'Number.int', StringValue: '3' },
        raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
      },
    });
  });

  it('has of its attributes only those that are asked for', async () => {
    const url = await create('box', { VisibilityTimeout: '0' });
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await send(url, 'a', {
      MessageAttributes: { 'a.one': text('1'), 'a.two': text('2'), b: text('3') },
    });
    const asked = async (...MessageAttributeNames: string[]) => {
      const [message] = await receive(url, { MessageAttributeNames });
      return Object.keys(message?.MessageAttributes ?? {}).sort();
    };
    expect(await asked()).toEqual([]);
    expect(await asked('b')).toEqual(['b']);
    expect(await asked('a.*')).toEqual(['a.one', 'a.two']);
    expect(await asked('All')).toHaveLength(3);
  });

  it.each([
    ['a control character', '\u0007'],
    ['half of a surrogate pair', '\uD83D'],
  ])('is refused for %s', async (_, body) => {
    const url = await create('box');
    const { status, body: answer } = await queues.askSqs(
      'SendMessage',
      JSON.stringify({ QueueUrl: url, MessageBody: body }),
    );
    expect([status, answer]).toEqual([
      400,
      {
        __type: 'com.amazonaws.sqs#InvalidMessageContents',
        message: expect.stringContaining('#x10000 to #x10FFFF'),
      },
    ]);
  });

  it('may have a mebibyte, and not a byte more', async () => {
    const url = await create('box');
    await send(url, 'é'.repeat(524_288));
    await expect(send(url, `${'é'.repeat(524_288)}a`)).rejects.toThrow(/shorter than 1048576/);
  });

  it('is hidden while it is worked on, and is back when its time is up', async () => {
    const url = await create('box', { VisibilityTimeout: '30' });
    await send(url, 'a');
    expect(await bodies(url)).toEqual(['a']);
    expect(await counts(url)).toEqual([0, 1, 0]);
    clock.advance(29_999);
    expect(await bodies(url)).toEqual([]);
    clock.advance(1);
    const [again] = await receive(url, {
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  it('can be given back, or kept longer', async () => {
    const url = await create('box');
    await send(url, 'a');
    const change = async (VisibilityTimeout: number) => {
      const [message] = await receive(url);
      const { ReceiptHandle } = message ?? {};
      await queues.sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }),
      );
    };
    await change(0);
    await change(60);
    clock.advance(59_999);
    expect(await bodies(url)).toEqual([]);
    clock.advance(1);
    expect(await bodies(url)).toEqual(['a']);
  });

  it('cannot be kept longer once its time is up', async () => {
    const url = await create('box', { VisibilityTimeout: '1' });
    await send(url, 'a');
    const [message] = await receive(url);
    clock.advance(1000);
    await expect(
      queues.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout: 5,
        }),
      ),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('is deleted by the handle of its last receipt only', async () => {
    const url = await create('box', { VisibilityTimeout: '0' });
    await send(url, 'a');
    const remove = (ReceiptHandle: string | undefined) =>
      queues.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    const [first] = await receive(url);
    const [second] = await receive(url);
    await remove(first?.ReceiptHandle);
    expect(await bodies(url)).toEqual(['a']);
    await remove(second?.ReceiptHandle);
    expect(await bodies(url)).toEqual(['a']);
    const [last] = await receive(url);
    await remove(last?.ReceiptHandle);
    await remove(last?.ReceiptHandle);
    expect(await bodies(url)).toEqual([]);
    await expect(remove('nonsense')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('waits as long as it is delayed', async () => {
    const url = await create('box');
    await send(url, 'a', { DelaySeconds: 10 });
    expect(await counts(url)).toEqual([0, 0, 1]);
    clock.advance(9_999);
    expect(await bodies(url)).toEqual([]);
    clock.advance(1);
    expect(await bodies(url)).toEqual(['a']);
  });

  it('is gone when the queue has kept it for as long as it does', async () => {
    const url = await create('box', { MessageRetentionPeriod: '60' });
    await send(url, 'old');
    clock.advance(30_000);
    await send(url, 'new');
    clock.advance(30_000);
    expect(await counts(url)).toEqual([1, 0, 0]);
    expect(await bodies(url)).toEqual(['new']);
  });
});

describe('a batch', () => {
  it('sends what it can, and says which entries it cannot', async () => {
    const url = await create('box');
    const { Successful, Failed } = await queues.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'one', MessageBody: 'a' },
          { Id: 'two', MessageBody: 'b', DelaySeconds: 1000 },
          { Id: 'three', MessageBody: 'c' },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['one', 'three']);
    expect(Failed).toEqual([
      expect.objectContaining({ Id: 'two', SenderFault: true, Code: 'InvalidParameterValue' }),
    ]);
    const received = await receive(url);
    await queues.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: received.map(({ ReceiptHandle }, index) => ({ Id: `e${index}`, ReceiptHandle })),
      }),
    );
    expect(await counts(url)).toEqual([0, 0, 0]);
  });

  it.each([
    [[], 'EmptyBatchRequest'],
    [
      Array.from({ length: 11 }, (_, index) => ({ Id: `${index}`, MessageBody: 'a' })),
      'TooManyEntriesInBatchRequest',
    ],
    [[{ Id: 'a b', MessageBody: 'a' }], 'InvalidBatchEntryId'],
    [
      [
        { Id: 'a', MessageBody: 'a' },
        { Id: 'a', MessageBody: 'a' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [
      [
        { Id: 'a', MessageBody: 'a'.repeat(600_000) },
        { Id: 'b', MessageBody: 'a'.repeat(600_000) },
      ],
      'BatchRequestTooLong',
    ],
  ])('is refused as a whole when it is none (%#)', async (Entries, name) => {
    const url = await create('box');
    const command = new SendMessageBatchCommand({ QueueUrl: url, Entries });
    await expect(queues.sqs.send(command)).rejects.toMatchObject({ name });
    expect(await counts(url)).toEqual([0, 0, 0]);
  });
});
