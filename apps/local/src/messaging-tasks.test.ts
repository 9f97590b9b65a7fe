import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Blueprint, queue, topic } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import { startTaskCloud, workflow } from './testing/task-cloud.ts';

const states = {
  Send: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Arguments: { QueueUrl: '${WORK_QUEUE}', MessageBody: { sent: '{% $states.input.n %}' } },
    Output: '{% $states.input %}',
    Next: 'Publish',
  },
  Publish: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Arguments: { TopicArn: '${NEWS_TOPIC}', Message: { published: '{% $states.input.n %}' } },
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
