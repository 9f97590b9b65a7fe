import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { type MovableClock, movableClock } from '@chorus/asl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningQueues, startQueues } from './testing/start-queues.ts';

const start = Date.parse('2026-11-29T12:00:00Z');
let clock: MovableClock;
let queues: RunningQueues;
beforeEach(async () => {
  clock = movableClock(start);
  queues = await startQueues({ clock });
});
afterEach(() => queues.remove());

async function create(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl } = await queues.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return String(QueueUrl);
}

const send = (QueueUrl: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  queues.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

async function receive(QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
  const { Messages = [] } = await queues.sqs.send(command);
  return Messages;
}

const bodies = async (QueueUrl: string): Promise<readonly (string | undefined)[]> =>
  (await receive(QueueUrl)).map(({ Body }) => Body);

async function counts(QueueUrl: string): Promise<readonly number[]> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await queues.sqs.send(command);
  const names = ['', 'NotVisible', 'Delayed'] as const;
  return names.map((which) => Number(Attributes[`ApproximateNumberOfMessages${which}`]));
}

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
