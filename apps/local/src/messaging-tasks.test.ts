import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Blueprint, queue, topic } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import { arnOf, startTaskCloud, workflow } from './testing/task-cloud.ts';

/** Stands for a variable of a link in a definition. */
const of = (variable: string): string => `$\{${variable}}`;

const states = {
  Send: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Arguments: { QueueUrl: of('WORK_QUEUE'), MessageBody: { sent: '{% $states.input.n %}' } },
    Output: '{% $states.input %}',
    Next: 'Publish',
  },
  Publish: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Arguments: { TopicArn: of('NEWS_TOPIC'), Message: { published: '{% $states.input.n %}' } },
    Output: 'done',
    End: true,
  },
};

const messaging: Pick<Blueprint, 'queues' | 'topics'> = {
  queues: [{ name: 'work', purpose: '' }],
  topics: [{ name: 'news', purpose: '', subscriptions: [{ queue: 'work' }] }],
};

it('a workflow sends a message to a queue and publishes one to a topic', async () => {
  const links = [queue('work', { access: 'send' }), topic('news')];
  const tasks = await startTaskCloud([{ ...workflow('tell', states), links }], messaging);
  const { url: endpoint, credentials } = tasks.cloud;
  const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  expect(await tasks.run('tell', { n: 0.1 + 0.2 })).toMatchObject({
    status: 'SUCCEEDED',
    output: 'done',
  });
  const QueueUrl = `${endpoint}/000000000000/chorus-work`;
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
  const { Messages = [] } = await sqs.send(command);
  expect(Messages.map(({ Body }) => Body).sort()).toEqual([
    '{"published":0.30000000000000004}',
    '{"sent":0.30000000000000004}',
  ]);
  sqs.destroy();
  await tasks.close();
});

it('a Standard workflow waits until the consumer of its message has sent its token back', async () => {
  const asking = {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: {
        QueueUrl: of('WORK_QUEUE'),
        MessageBody: { n: '{% $states.input.n %}', token: '{% $states.context.Task.Token %}' },
      },
      End: true,
    },
  };
  const links = [queue('work', { access: 'send' })];
  const waiting = { ...workflow('wait', asking, 'standard'), links };
  const tasks = await startTaskCloud([waiting], messaging);
  const { url: endpoint, credentials } = tasks.cloud;
  const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  const { executionArn } = await tasks.client.send(
    new StartExecutionCommand({ stateMachineArn: arnOf('wait'), input: '{"n": 1}' }),
  );
  const QueueUrl = `${endpoint}/000000000000/chorus-work`;
  const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
  const { Messages: [message] = [] } = await sqs.send(command);
  const { n, token } = JSON.parse(message?.Body ?? '{}');
  expect(n).toBe(1);
  const describe = new DescribeExecutionCommand({ executionArn });
  expect((await tasks.client.send(describe)).status).toBe('RUNNING');
  await tasks.client.send(new SendTaskSuccessCommand({ taskToken: token, output: '"thanks"' }));
  await expect
    .poll(() => tasks.client.send(describe))
    .toMatchObject({ status: 'SUCCEEDED', output: '"thanks"' });
  sqs.destroy();
  await tasks.close();
});
