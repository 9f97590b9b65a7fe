import { movableClock } from '@chorus/asl';
import { LambdaError } from '@chorus/emulator-lambda';
import { expect, it } from 'vitest';
import { runTask } from './run-task.ts';

const asked = () => Promise.reject(new Error('asked'));
const services = {
  lambda: { invoke: asked },
  nested: { start: asked, run: asked, ended: asked, stop: asked, isClosed: false },
  callers: {},
  tokens: { wait: asked },
  clock: movableClock(),
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
  'arn:aws:states:::ecs:runTask',
  'arn:aws:states:::glue:startJobRun.sync',
  'arn:aws:states:::aws-sdk:sqs:sendMessageBatch.waitForTaskToken',
  'arn:aws:states:::sns:publish.sync',
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

it.each([
  [true, 3],
  [false, 1],
])('asks a throttled function again if the task is resumed: %s', async (resumed, calls) => {
  const clock = movableClock();
  let count = 0;
  const invoke = async () => {
    count += 1;
    if (count < 3) throw new LambdaError('TooManyRequestsException', 429, 'Rate Exceeded.');
    return { payload: Buffer.from('"done"'), executedVersion: '1' };
  };
  const long = { id: '1', resumed, submit: () => {}, beat: () => {} };
  const request = { ...task('arn:aws:states:::lambda:invoke'), long };
  const result = runTask({ ...services, lambda: { invoke }, clock }, request).then(
    (answer) => Object(answer).Payload,
    ({ name }) => name,
  );
  for (let waited = 1; waited < calls; waited += 1) {
    while (clock.sleepers.length === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
  }
  expect(await result).toBe(resumed ? 'done' : 'Lambda.TooManyRequestsException');
  expect(count).toBe(calls);
});
