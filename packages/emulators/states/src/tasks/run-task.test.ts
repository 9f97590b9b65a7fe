import { expect, it } from 'vitest';
import { runTask } from './run-task.ts';

const asked = () => Promise.reject(new Error('asked'));
const services = {
  lambda: { invoke: asked },
  nested: { start: asked, ended: asked, stop: asked, isClosed: false },
  tokens: { wait: asked },
};

const task = (resource: string): Parameters<typeof runTask>[1] => ({
  resource,
  arguments: { FunctionName: 'f' },
  signal: new AbortController().signal,
  path: ['A'],
  retryCount: 0,
  context: {
    Execution: { Id: 'e', Input: {}, Name: 'e', RoleArn: 'r', StartTime: 't', RedriveCount: 0 },
    State: { EnteredTime: 't', Name: 'A' },
    StateMachine: { Id: 'm', Name: 'm' },
  },
});

it.each([
  'arn:aws:states:::sqs:sendMessage',
  'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  'arn:aws:states:::lambda:invoke.sync',
  'arn:aws:states:::lambda:invoke.sync:2',
  'arn:aws:states:::aws-sdk:sfn:startExecution',
  'arn:aws:lambda:us-east-1:000000000000:function:f',
  'toString',
  '',
])('refuses %j by name', async (resource) => {
  await expect(runTask(services, task(resource))).rejects.toMatchObject({
    name: 'States.Runtime',
    message: expect.stringContaining(`not ${resource}`),
  });
});

it('waits for no token where there is none', async () => {
  await expect(
    runTask(services, task('arn:aws:states:::lambda:invoke.waitForTaskToken')),
  ).rejects.toMatchObject({ name: 'States.Runtime', message: expect.stringContaining('Standard') });
});
