import {
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { houses } from './fixed-service.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-house-price';
let cloud: TestCloud;
let client: SFNClient;

beforeAll(async () => {
  cloud = await startServingCloud();
  client = new SFNClient({
    endpoint: cloud.url,
    region,
    credentials: cloud.credentials,
    maxAttempts: 1,
    // Else the SDK looks for the host `sync-127.0.0.1`.
    disableHostPrefix: true,
  });
});
afterAll(async () => {
  client.destroy();
  await cloud.remove();
});

it('lists and describes the state machine that runs', async () => {
  const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
  const parts = (houses.machines ?? []).map(({ name }) => `chorus-${name}`);
  expect(stateMachines?.map(({ name, type }) => ({ name, type }))).toEqual(
    ['chorus-house-price', ...parts].map((name) => ({ name, type: 'EXPRESS' })),
  );
  const machine = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const definition = JSON.parse(machine.definition ?? '');
  expect(definition.StartAt).toBe('Read');
  expect(machine.definition).toContain(
    'arn:aws:lambda:us-east-1:000000000000:function:chorus-random-forest',
  );
  expect(machine.definition).not.toContain('${');
});

it('runs it to its end and gives what the door gives', async () => {
  const execution = await client.send(
    new StartSyncExecutionCommand({ stateMachineArn, name: 'mine', input: JSON.stringify(house) }),
  );
  expect(execution.status).toBe('SUCCEEDED');
  expect(execution.executionArn).toContain(':express:chorus-house-price:mine:');
  expect(execution.startDate?.getTime()).toBeLessThanOrEqual(execution.stopDate?.getTime() ?? 0);
  const output = JSON.parse(execution.output ?? '');
  expect(output.statusCode).toBe(200);
  expect(output.body.requestId).toBe('mine');
  const { body } = await post(cloud, '/predict/house-price', house);
  expect(output.body.predictions).toEqual(body.predictions);
});

it('refuses what Step Functions refuses', async () => {
  const start = (change: object) =>
    client.send(new StartSyncExecutionCommand({ stateMachineArn, input: '{}', ...change }));
  await expect(start({ stateMachineArn: `${stateMachineArn}s` })).rejects.toMatchObject({
    name: 'StateMachineDoesNotExist',
  });
  await expect(start({ input: '{' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  await expect(start({ name: 'a/b' })).rejects.toMatchObject({ name: 'InvalidName' });
  await expect(start({ input: `"${'x'.repeat(262_143)}"` })).rejects.toMatchObject({
    name: 'ValidationException',
  });
});
