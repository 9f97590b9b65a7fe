import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queue } from '@chorus/blueprint';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { key, startTaskCloud, TableName, type TaskCloud, workflow } from '../testing/task-cloud.ts';
import { draw } from './draw.ts';

/** Sends its input to a queue; its output is the error's name, if there is one. */
const sending = {
  Send: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Arguments: { QueueUrl: `\${LETTERS_QUEUE}`, MessageBody: '{% $states.input %}' },
    Output: '',
    Catch: [
      { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' },
    ],
    End: true,
  },
  Caught: { Type: 'Pass', End: true },
};

let tasks: TaskCloud;
let sqs: SQSClient;
beforeAll(async () => {
  const links = [queue('letters', { access: 'send' })];
  tasks = await startTaskCloud([{ ...workflow('send', sending), links }], {
    queues: [{ name: 'letters', purpose: '' }],
  });
  const { url: endpoint, credentials } = tasks.cloud;
  sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
});
afterAll(() => {
  sqs.destroy();
  return tasks.close();
});
afterEach(() => chaos('stop', {}));

async function chaos(path: string, body: object): Promise<void> {
  const { url, credentials } = tasks.cloud;
  const response = await signedFetch({
    url: `${url}/chaos/${path}`,
    service: 'chorus',
    method: 'POST',
    credentials,
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

/** Lets a table have a fault, unless `more` names another target. */
const start = (fault: string, more: object = {}) =>
  chaos('start', {
    fault,
    target: { kind: 'table', name: 'notes' },
    share: 1,
    forMs: 60_000,
    seed: 0,
    ...more,
  });

const put = (of: string) => tasks.ask('dynamodb:putItem', { TableName, Item: key(of) });
const isThere = async (of: string): Promise<boolean> =>
  'Item' in (await tasks.ask('dynamodb:getItem', { TableName, Key: key(of) }));

/** A seed by which the first connection is cut so late that the work is done, or early. */
function seedOf(isLate: boolean, target = 'table:notes'): number {
  let seed = 0;
  // The draw is of the request that has just been counted.
  while (draw(seed, `late ${target}`, 1) < 0.5 !== isLate) seed += 1;
  return seed;
}

it.each([
  ['fail', {}, 'DynamoDB.InternalServerErrorException', false],
  ['throttle', {}, 'DynamoDB.ProvisionedThroughputExceededException', false],
  ['kill', { seed: seedOf(false) }, 'DynamoDB.SdkClientException', false],
  ['kill', { seed: seedOf(true) }, 'DynamoDB.SdkClientException', true],
  ['corrupt', {}, 'DynamoDB.SdkClientException', true],
] as const)('a task whose table has a %s %j sees %s', async (fault, more, error, isWritten) => {
  const of = `${fault} ${isWritten}`;
  await start(fault, more);
  expect(await put(of)).toMatchObject({ Error: error, Cause: expect.stringContaining('chaos') });
  await chaos('stop', {});
  expect(await isThere(of)).toBe(isWritten);
});

it('a task whose table is slow waits, and has its answer', async () => {
  await start('slow', { byMs: 20 });
  expect(await put('slow')).not.toHaveProperty('Error');
  expect(await isThere('slow')).toBe(true);
});

it.each([
  ['fail', {}, 'SQS.AmazonSQSException', false],
  ['throttle', {}, 'SQS.AmazonSQSException', false],
  ['kill', { seed: seedOf(false, 'queue:letters') }, 'SQS.SdkClientException', false],
  ['kill', { seed: seedOf(true, 'queue:letters') }, 'SQS.SdkClientException', true],
  ['corrupt', {}, 'SQS.SdkClientException', true],
] as const)('a task whose queue has a %s %j sees %s', async (fault, more, error, isSent) => {
  await start(fault, { ...more, target: { kind: 'queue', name: 'letters' } });
  expect(await tasks.run('send', 'a letter')).toMatchObject({ status: 'SUCCEEDED', output: error });
  await chaos('stop', {});
  const receive = new ReceiveMessageCommand({
    QueueUrl: `${tasks.cloud.url}/000000000000/chorus-letters`,
    MaxNumberOfMessages: 10,
  });
  expect((await sqs.send(receive)).Messages?.length ?? 0).toBe(isSent ? 1 : 0);
});
