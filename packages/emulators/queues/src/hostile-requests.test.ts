import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningQueues, startQueues } from './testing/start-queues.ts';

let queues: RunningQueues;
beforeAll(async () => {
  queues = await startQueues();
  queues.service.ensureQueues([{ name: 'box', visibilitySeconds: 0, retentionSeconds: 3600 }]);
  queues.service.ensureTopic({ name: 'news', subscriptions: [{ queue: 'box' }] });
});
afterAll(() => queues.remove());

const QueueUrl = '/000000000000/box';
const TopicArn = 'arn:aws:sns:us-east-1:000000000000:news';

const operation = fc.constantFrom(
  ...['SendMessage', 'SendMessageBatch', 'DeleteMessage', 'DeleteMessageBatch', 'CreateQueue'],
  ...['ChangeMessageVisibility', 'GetQueueAttributes', 'SetQueueAttributes', 'ListQueues'],
);
const parameter = fc.constantFrom(
  ...['MessageBody', 'DelaySeconds', 'MessageAttributes', 'MessageSystemAttributes', 'Entries'],
  ...['MessageGroupId', 'ReceiptHandle', 'VisibilityTimeout', 'AttributeNames', 'Attributes'],
  ...['QueueName', 'MaxResults', 'NextToken', '__proto__', 'constructor'],
);

it('any JSON in any parameter of SQS is answered: done, or what is wrong with it', async () => {
  await fc.assert(
    fc.asyncProperty(
      operation,
      fc.dictionary(parameter, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }),
      async (name, parameters) => {
        const { status } = await queues.askSqs(name, JSON.stringify({ QueueUrl, ...parameters }));
        expect([200, 400]).toContain(status);
      },
    ),
    { numRuns: 150 },
  );
  expect((await queues.askSqs('GetQueueUrl', '{"QueueName":"box"}')).status).toBe(200);
});

it.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['nothing', ''],
])('a body that is %s is refused', async (_, body) => {
  expect(await queues.askSqs('ListQueues', body)).toMatchObject({
    status: 400,
    body: { __type: 'com.amazonaws.sqs#SerializationException' },
  });
});

const key = fc.constantFrom(
  ...['Message', 'Subject', 'MessageAttributes.entry.1.Name', 'MessageAttributes.entry.1.Value'],
  ...['MessageAttributes.entry.1.Value.DataType', 'MessageAttributes.entry.1.Value.StringValue'],
  ...['MessageAttributes', 'MessageAttributes.entry', 'PublishBatchRequestEntries.member.1.Id'],
  ...['PublishBatchRequestEntries.member.1', 'PublishBatchRequestEntries', '__proto__', '.', ''],
  ...['Attributes.entry.1.key', 'Attributes.entry.1.value', 'Attributes.entry.x.key', 'Protocol'],
);

it('any parameters of SNS are answered: done, or what is wrong with them', async () => {
  const action = fc.constantFrom('Publish', 'PublishBatch', 'Subscribe', 'SetTopicAttributes');
  await fc.assert(
    fc.asyncProperty(
      action,
      fc.array(fc.tuple(key, fc.string()), { maxLength: 5 }),
      async (Action, pairs) => {
        const query = new URLSearchParams([['Action', Action], ['TopicArn', TopicArn], ...pairs]);
        const { status } = await queues.askSns(String(query));
        expect([200, 400, 404, 501]).toContain(status);
      },
    ),
    { numRuns: 150 },
  );
  expect((await queues.askSns('Action=ListTopics')).status).toBe(200);
});
