import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningQueues, startQueues } from './testing/start-queues.ts';

let queues: RunningQueues;
beforeAll(async () => {
  queues = await startQueues();
});
afterAll(() => queues.remove());

/** The parameters that each operation honours. */
const honouredBySqs: Readonly<Record<string, readonly string[]>> = {
  ChangeMessageVisibility: ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'],
  ChangeMessageVisibilityBatch: ['QueueUrl', 'Entries'],
  CreateQueue: ['QueueName', 'Attributes'],
  DeleteMessage: ['QueueUrl', 'ReceiptHandle'],
  DeleteMessageBatch: ['QueueUrl', 'Entries'],
  DeleteQueue: ['QueueUrl'],
  GetQueueAttributes: ['QueueUrl', 'AttributeNames'],
  GetQueueUrl: ['QueueName'],
  ListDeadLetterSourceQueues: ['QueueUrl', 'MaxResults', 'NextToken'],
  ListQueues: ['QueueNamePrefix', 'MaxResults', 'NextToken'],
  PurgeQueue: ['QueueUrl'],
  ReceiveMessage: [
    ...['QueueUrl', 'MaxNumberOfMessages', 'VisibilityTimeout', 'WaitTimeSeconds'],
    ...['AttributeNames', 'MessageSystemAttributeNames', 'MessageAttributeNames'],
  ],
  SendMessage: [
    ...['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageAttributes', 'MessageSystemAttributes'],
    ...['MessageDeduplicationId', 'MessageGroupId'],
  ],
  SendMessageBatch: ['QueueUrl', 'Entries'],
  SetQueueAttributes: ['QueueUrl', 'Attributes'],
};

const honouredBySns: Readonly<Record<string, readonly string[]>> = {
  CreateTopic: ['Name'],
  DeleteTopic: ['TopicArn'],
  GetSubscriptionAttributes: ['SubscriptionArn'],
  GetTopicAttributes: ['TopicArn'],
  ListSubscriptions: ['NextToken'],
  ListSubscriptionsByTopic: ['TopicArn', 'NextToken'],
  ListTopics: ['NextToken'],
  Publish: ['TopicArn', 'Message', 'Subject', 'MessageAttributes'],
  PublishBatch: ['TopicArn', 'PublishBatchRequestEntries'],
  SetSubscriptionAttributes: ['SubscriptionArn', 'AttributeName', 'AttributeValue'],
  SetTopicAttributes: ['TopicArn', 'AttributeName', 'AttributeValue'],
  Subscribe: ['TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn'],
  Unsubscribe: ['SubscriptionArn'],
};

/** Returns the members of an operation's input in the SDK's model. */
function inputOf(sdk: object, operation: string): readonly string[] {
  const model: unknown = Reflect.get(sdk, `${operation}$`);
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError(`the SDK's model of ${operation} has another form`);
  return input[4].map(String);
}

const commandsOf = (sdk: object): readonly string[] =>
  Object.keys(sdk).flatMap(
    (name) => /^(?<operation>[A-Z]\w*)Command$/.exec(name)?.groups?.['operation'] ?? [],
  );

describe.each(Object.entries(honouredBySqs))('SQS %s', (operation, names) => {
  it('honours parameters that the SDK has, and refuses every other one by name', async () => {
    const all = inputOf(sqs, operation);
    expect(all).toEqual(expect.arrayContaining([...names]));
    for (const name of all) {
      const { status, body } = await queues.askSqs(operation, JSON.stringify({ [name]: 'x' }));
      const text = JSON.stringify(body);
      if (names.includes(name)) expect(text).not.toContain('does not do');
      else expect([status, text]).toEqual([400, expect.stringContaining(`does not do ${name} in`)]);
    }
  });
});

describe.each(Object.entries(honouredBySns))('SNS %s', (operation, names) => {
  it('honours parameters that the SDK has, and refuses every other one by name', async () => {
    const all = inputOf(sns, operation);
    expect(all).toEqual(expect.arrayContaining([...names]));
    for (const name of all) {
      const { status, text } = await queues.askSns(`Action=${operation}&${name}=x`);
      if (names.includes(name)) expect(text).not.toContain('does not do');
      else expect([status, text]).toEqual([501, expect.stringContaining(`does not do ${name} in`)]);
    }
  });
});

it('refuses every other operation of the SDKs by name', async () => {
  const strange = (all: readonly string[], known: object) =>
    all.filter((each) => !Object.hasOwn(known, each));
  expect(commandsOf(sqs)).toEqual(expect.arrayContaining(Object.keys(honouredBySqs)));
  expect(commandsOf(sns)).toEqual(expect.arrayContaining(Object.keys(honouredBySns)));
  for (const operation of strange(commandsOf(sqs), honouredBySqs)) {
    const { status, body } = await queues.askSqs(operation, '{}');
    expect([status, body]).toEqual([
      400,
      {
        __type: 'com.amazonaws.sqs#UnsupportedOperation',
        message: expect.stringContaining(`does not do ${operation}:`),
      },
    ]);
  }
  for (const operation of strange(commandsOf(sns), honouredBySns)) {
    const { status, text } = await queues.askSns(`Action=${operation}`);
    expect([status, text]).toEqual([501, expect.stringContaining(`does not do ${operation}:`)]);
  }
});

it('refuses SQS in the older query protocol, and says what speaks JSON', async () => {
  const response = await signedFetch({
    url: `${queues.url}/`,
    service: 'sqs',
    credentials: testCredentials,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=ListQueues',
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    {
      __type: 'com.amazonaws.sqs#UnsupportedOperation',
      message: expect.stringMatching(/query protocol: use an SDK or AWS CLI of 2023 or later/),
    },
  ]);
});

it('refuses other keys, in the form of each service', async () => {
  const credentials = { ...testCredentials, accessKeyId: 'another' };
  const options = { endpoint: queues.url, region: 'us-east-1', credentials, maxAttempts: 1 };
  const clients = [new sqs.SQSClient(options), new sns.SNSClient(options)] as const;
  const failures = await Promise.all([
    clients[0].send(new sqs.ListQueuesCommand()).catch((error: unknown) => error),
    clients[1].send(new sns.ListTopicsCommand()).catch((error: unknown) => error),
  ]);
  for (const failure of failures)
    expect(failure).toMatchObject({
      name: 'UnrecognizedClientException',
      message: expect.stringContaining('another is not known'),
    });
  for (const client of clients) client.destroy();
});
