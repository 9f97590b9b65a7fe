import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type Blueprint, substitutionKey, type WorkflowSpec } from '@chorus/blueprint';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { houses } from './fixed-service.ts';
import { moodyBlueprint, startTestCloud, type TestCloud } from './test-cloud.ts';

const moody = moodyBlueprint();
const functionName = `$\{${substitutionKey('moody')}}`;

/** Asks the function twice, and waits for someone to say yes in between. */
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: functionName, Payload: { do: 'pid' } },
      Assign: { first: '{% $states.result.Payload.pid %}' },
      Next: 'Approve',
    },
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: functionName,
        Payload: { do: 'echo', token: '{% $states.context.Task.Token %}' },
      },
      Next: 'Second',
    },
    Second: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: functionName, Payload: { do: 'pid' } },
      Output: { first: '{% $first %}', second: '{% $states.result.Payload.pid %}' },
      End: true,
    },
  },
};

function standard(): Blueprint {
  const [house] = houses.workflows;
  if (house === undefined) throw new TypeError('the service has no workflow');
  const night: WorkflowSpec = {
    ...house,
    name: 'night',
    type: 'standard',
    definition,
    functions: moody.functions,
  };
  return { ...moody, workflows: [night] };
}

let cloud: TestCloud;
let client: SFNClient;

function connect(): void {
  const { url: endpoint, credentials } = cloud;
  client = new SFNClient({ endpoint, region, credentials, maxAttempts: 1 });
}

beforeEach(async () => {
  cloud = await startTestCloud(standard());
  connect();
  const { url: endpoint, credentials } = cloud;
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const live = { FunctionName: 'chorus-moody', Name: 'live', FunctionVersion: '$LATEST' };
  await lambda.send(new CreateAliasCommand(live));
  lambda.destroy();
});
afterEach(async () => {
  client.destroy();
  await cloud.remove();
});

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-night';

const describeExecution = (executionArn: string | undefined) =>
  client.send(new DescribeExecutionCommand({ executionArn }));

/** Waits until the history has an event of a type, and returns it. */
async function event(executionArn: string | undefined, type: string) {
  for (;;) {
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    const found = events?.find((each) => each.type === type);
    if (found) return found;
  }
}

it('goes on with a standard workflow after the cloud was started again', async () => {
  const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
  expect(stateMachines).toMatchObject([{ name: 'chorus-night', type: 'STANDARD' }]);
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  const submitted = await event(executionArn, 'TaskSubmitted');
  const { Payload } = JSON.parse(submitted.taskSubmittedEventDetails?.output ?? '');

  const { directory } = cloud;
  await cloud.close(0);
  client.destroy();
  cloud = await startTestCloud(standard(), directory);
  connect();

  expect((await describeExecution(executionArn)).status).toBe('RUNNING');
  const taskToken: string = Payload.token;
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '"yes"' }));
  await event(executionArn, 'ExecutionSucceeded');
  const { status, output } = await describeExecution(executionArn);
  expect(status).toBe('SUCCEEDED');
  const { first, second } = JSON.parse(output ?? '');
  // The variable is of a process that is no more.
  expect([typeof first, typeof second]).toEqual(['number', 'number']);
  expect(first).not.toBe(second);
});

it('starts with no route to a standard workflow', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-e2e-'));
  const routes = [{ method: 'POST', path: '/predict/night', workflow: 'night' }] as const;
  await expect(startTestCloud({ ...standard(), routes }, directory)).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('/predict/night leads to night, a standard workflow'),
  });
  await rm(directory, { recursive: true });
});
