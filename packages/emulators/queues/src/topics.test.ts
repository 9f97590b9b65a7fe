import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningQueues, startQueues } from './testing/start-queues.ts';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:news';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const queue = (name: string) => ({ name, visibilitySeconds: 0, retentionSeconds: 3600 });
const text = (StringValue: string) => ({ DataType: 'String', StringValue });

let queues: RunningQueues;
beforeEach(async () => {
  queues = await startQueues();
  queues.service.ensureQueues([queue('a'), queue('b')]);
  await queues.sns.send(new CreateTopicCommand({ Name: 'news' }));
});
afterEach(() => queues.remove());

async function subscribe(name: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { SubscriptionArn } = await queues.sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(name), Attributes }),
  );
  return String(SubscriptionArn);
}

async function messages(name: string) {
  const { Messages = [] } = await queues.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: `${queues.url}/000000000000/${name}`,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

const bodies = async (name: string) => (await messages(name)).map(({ Body }) => Body);

describe('a topic', () => {
  it('is made once, listed, described and deleted', async () => {
    expect((await queues.sns.send(new CreateTopicCommand({ Name: 'news' }))).TopicArn).toBe(
      TopicArn,
    );
    expect((await queues.sns.send(new ListTopicsCommand())).Topics).toEqual([{ TopicArn }]);
    await queues.sns.send(
      new SetTopicAttributesCommand({
        TopicArn,
        AttributeName: 'DisplayName',
        AttributeValue: '<&>',
      }),
    );
    await subscribe('a');
    const described = await queues.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(described.Attributes).toMatchObject({
      TopicArn,
      DisplayName: '<&>',
      SubscriptionsConfirmed: '1',
    });
    await queues.sns.send(new DeleteTopicCommand({ TopicArn }));
    expect((await queues.sns.send(new ListSubscriptionsCommand())).Subscriptions).toEqual([]);
    const publish = queues.sns.send(new PublishCommand({ TopicArn, Message: 'x' }));
    await expect(publish).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('gives each queue what is published, as it is or in an envelope', async () => {
    await subscribe('a', { RawMessageDelivery: 'true' });
    await subscribe('b');
    const MessageAttributes = {
      kind: text('x & y'),
      raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
    };
    const Message = '{"a": "\u{1F600} <&>"}';
    const { MessageId } = await queues.sns.send(
      new PublishCommand({ TopicArn, Message, Subject: 'hello', MessageAttributes }),
    );
    expect(await messages('a')).toMatchObject([{ Body: Message, MessageAttributes }]);
    const [enveloped] = await messages('b');
    expect(enveloped?.MessageAttributes).toBeUndefined();
    expect(JSON.parse(enveloped?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'hello',
      Message,
      MessageAttributes: {
        kind: { Type: 'String', Value: 'x & y' },
        raw: { Type: 'Binary', Value: 'AQI=' },
      },
    });
  });

  it('takes a batch, and says which entries it cannot', async () => {
    await subscribe('a', { RawMessageDelivery: 'true' });
    const { Successful, Failed } = await queues.sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'one', Message: '1', MessageAttributes: { kind: text('x') } },
          { Id: 'two', Message: '2', Subject: 'line\nbreak' },
          { Id: 'three', Message: '3' },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['one', 'three']);
    expect(Failed).toMatchObject([{ Id: 'two', SenderFault: true }]);
    expect(await bodies('a')).toEqual(['1', '3']);
  });
});

describe('a subscription', () => {
  it('is the same for the same queue, until it is taken away', async () => {
    const arn = await subscribe('a', { RawMessageDelivery: 'true' });
    expect(arn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
    expect(await subscribe('a')).toBe(arn);
    await expect(subscribe('a', { RawMessageDelivery: 'false' })).rejects.toThrow(/different/);
    const { Subscriptions } = await queues.sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn }),
    );
    expect(Subscriptions).toEqual([
      {
        SubscriptionArn: arn,
        Owner: '000000000000',
        Protocol: 'sqs',
        Endpoint: queueArn('a'),
        TopicArn,
      },
    ]);
    await queues.sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await queues.sns.send(new PublishCommand({ TopicArn, Message: 'x' }));
    expect(await bodies('a')).toEqual([]);
  });

  it('can be changed', async () => {
    const SubscriptionArn = await subscribe('a');
    for (const [AttributeName, AttributeValue] of [
      ['RawMessageDelivery', 'true'],
      ['FilterPolicy', '{"kind":["x"]}'],
    ])
      await queues.sns.send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }),
      );
    const shown = await queues.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(shown.Attributes).toMatchObject({
      RawMessageDelivery: 'true',
      FilterPolicy: '{"kind":["x"]}',
    });
    await queues.sns.send(new PublishCommand({ TopicArn, Message: 'no' }));
    const MessageAttributes = { kind: text('x') };
    await queues.sns.send(new PublishCommand({ TopicArn, Message: 'yes', MessageAttributes }));
    expect(await bodies('a')).toEqual(['yes']);
  });

  it.each([
    [{ kind: ['x', 'y'] }, { kind: text('y') }, true],
    [{ kind: ['x'] }, { kind: text('y') }, false],
    [{ kind: ['x'] }, {}, false],
    [
      { kind: ['x'], size: [3] },
      { kind: text('x'), size: { DataType: 'Number', StringValue: '3.0' } },
      true,
    ],
    [{ kind: ['x'], size: [3] }, { kind: text('x') }, false],
    [{ models: ['b'] }, { models: { DataType: 'String.Array', StringValue: '["a","b"]' } }, true],
    [{ models: ['c'] }, { models: { DataType: 'String.Array', StringValue: '["a","b"]' } }, false],
    [{ kind: [{ prefix: 'a-' }] }, { kind: text('a-1') }, true],
    [{ kind: [{ suffix: '-1' }] }, { kind: text('a-2') }, false],
    [{ kind: [{ 'anything-but': ['x', 'y'] }] }, { kind: text('z') }, true],
    [{ kind: [{ 'anything-but': 'x' }] }, { kind: text('x') }, false],
    [{ kind: [{ 'equals-ignore-case': 'ABC' }] }, { kind: text('abc') }, true],
    [{ kind: [{ exists: true }] }, { kind: text('z') }, true],
    [{ kind: [{ exists: false }] }, { kind: text('z') }, false],
    [{ kind: [{ exists: false }] }, {}, true],
  ])(
    'with the filter %j, of a message with %j: %j',
    async (policy, MessageAttributes, isWanted) => {
      await subscribe('a', { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(policy) });
      await queues.sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageAttributes }));
      expect(await bodies('a')).toEqual(isWanted ? ['x'] : []);
    },
  );

  it.each([
    [{ Protocol: 'email' }, /does not do subscriptions by email/],
    [{ Endpoint: queueArn('nowhere') }, /no queue/],
    [{ Attributes: { FilterPolicy: '{"a":[{"cidr":"10.0.0.0/8"}]}' } }, /does not do \{"cidr"/],
    [{ Attributes: { FilterPolicy: '{"a":"x"}' } }, /must be a list/],
    [{ Attributes: { FilterPolicy: 'x' } }, /parse JSON/],
    [
      { Attributes: { FilterPolicyScope: 'MessageBody' } },
      /FilterPolicyScope of a subscription as MessageBody/,
    ],
    [{ Attributes: { RedrivePolicy: '{}' } }, /RedrivePolicy/],
  ])('is refused with %j', async (strange, message) => {
    const right = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('a') };
    const command = new SubscribeCommand({ ...right, ...strange });
    await expect(queues.sns.send(command)).rejects.toThrow(message);
  });
});

describe('a topic of a blueprint', () => {
  it('has the subscriptions that it is described with, and no others', async () => {
    const { service } = queues;
    service.ensureTopic({ name: 'news', subscriptions: [{ queue: 'a' }, { queue: 'b' }] });
    const filter = { kind: ['x'] };
    service.ensureTopic({ name: 'news', subscriptions: [{ queue: 'b', filter }] });
    await queues.sns.send(new PublishCommand({ TopicArn, Message: 'no' }));
    const MessageAttributes = { kind: text('x') };
    await queues.sns.send(new PublishCommand({ TopicArn, Message: 'yes', MessageAttributes }));
    expect([await bodies('a'), await bodies('b')]).toEqual([[], ['yes']]);
  });
});
