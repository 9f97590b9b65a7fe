import { describe, expect, it } from 'vitest';
import { createStates } from './create-states.ts';

const task = (Resource: string) => ({ Type: 'Task', Resource, End: true });
const graph = (state: object, name = 'A') => ({ StartAt: name, States: { [name]: state } });
const inner = graph(task('arn:aws:states:::sqs:send'), 'B');

/** Starts the service with a machine of one state. */
function start(state: object): void {
  const states = createStates({
    credentials: { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' },
    machines: [{ name: 'm', definition: graph(state), substitutions: {}, type: 'STANDARD' }],
    lambda: { invoke: () => Promise.reject(new Error('asked')) },
  });
  void states.close();
}

describe('a machine is refused at its start, by name, for a task of', () => {
  it.each([
    'arn:aws:states:::sqs:sendMessage.sync',
    'arn:aws:states:::aws-sdk:sqs:sendMessageBatch',
    'arn:aws:states:::ecs:runTask',
    'arn:aws:states:::glue:startJobRun.sync',
    'arn:aws:states:::dynamodb:putItem.waitForTaskToken',
    'arn:aws:states:::dynamodb:query',
    'arn:aws:states:::aws-sdk:s3:deleteObject',
    'arn:aws:lambda:us-east-1:000000000000:function:f',
    'arn:aws:states:us-east-1:000000000000:activity:a',
  ])('%s', (resource) => {
    expect(() => start(task(resource))).toThrow(`/States/A/Resource: `);
    expect(() => start(task(resource))).toThrow(`not ${resource}`);
    expect(() => start(task(resource))).toThrow('arn:aws:states:::dynamodb:putItem,');
  });
});

it.each([
  ['a branch', { Type: 'Parallel', Branches: [inner], End: true }, 'Branches/0'],
  ['a Map', { Type: 'Map', ItemProcessor: inner, End: true }, 'ItemProcessor'],
  ['an old Map', { Type: 'Map', Iterator: inner, End: true }, 'Iterator'],
])('also in %s', (_where, state, at) => {
  expect(() => start(state)).toThrow(`/States/A/${at}/States/B/Resource: `);
});

it.each([
  'arn:aws:states:::lambda:invoke.waitForTaskToken',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::dynamodb:updateItem',
  'arn:aws:states:::sqs:sendMessage',
  'arn:aws:states:::sns:publish.waitForTaskToken',
  'arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken',
])('a task of %s is there', (resource) => {
  expect(() => start(task(resource))).not.toThrow();
});
