import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-sfn';
import { SendTaskSuccessCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  invoke,
  machineArn,
  startStandard,
  states,
  type TestStates,
} from '../testing/start-standard.ts';
import { startExecutionParameters } from './start-execution-task.ts';

const starting = (pattern: string, target: string, more: object = {}): Record<string, unknown> =>
  states({
    A: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Arguments: {
        StateMachineArn: machineArn(target),
        Input: {
          given: '{% $states.input %}',
          AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
        },
        ...more,
      },
      End: true,
    },
  });

const machines = {
  inner: states({ I: { Type: 'Wait', Seconds: 10, End: true } }),
  broken: states({ I: { Type: 'Fail', Error: 'Inside', Cause: 'it is broken' } }),
  fast: states({ I: { Type: 'Pass', End: true } }),
  starts: starting('', 'inner', { Name: 'child' }),
  startsFast: starting('', 'fast'),
  sync: starting('.sync', 'inner'),
  sync2: starting('.sync:2', 'inner'),
  syncBroken: starting('.sync:2', 'broken'),
  syncFast: starting('.sync:2', 'fast'),
  syncNone: starting('.sync:2', 'none'),
  other: starting('', 'inner', { Novelty: 1 }),
  token: starting('.waitForTaskToken', 'forwards', {
    Input: { token: '{% $states.context.Task.Token %}' },
  }),
  forwards: states({ I: invoke('take', { End: true }) }),
};

let directory: string;
let test: TestStates;
let taken: unknown;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  test = await startStandard({
    machines,
    express: ['fast'],
    directory,
    answer: (event) => {
      taken = event;
      return null;
    },
  });
});
afterEach(() => rm(directory, { recursive: true }));

/** Waits until an execution has started another, and returns that one's ARN. */
async function childOf(arn: string, event = 'TaskSubmitted'): Promise<string> {
  await test.reached(arn, event);
  const found = (await test.history(arn)).find(({ type }) => type === event);
  const details = found?.taskSubmittedEventDetails ?? found?.taskSucceededEventDetails;
  return JSON.parse(details?.output ?? '{}').ExecutionArn;
}

it('has decided about each parameter of the SDK, and about no others', () => {
  const model: unknown = Reflect.get(sdk, 'StartExecution$');
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError('the SDK has another form of model');
  expect(Object.keys(startExecutionParameters).sort()).toEqual(input[4].map(String).sort());
});

it('starts an execution and does not wait for it, and hands on who started it', async () => {
  const arn = await test.start('starts', { a: 1 });
  const { status, output } = await test.ended(arn);
  expect(status).toBe('SUCCEEDED');
  const { ExecutionArn, StartDate, SdkHttpMetadata } = JSON.parse(output ?? '');
  expect(ExecutionArn).toContain(':execution:inner:child');
  expect(StartDate).toBe(Date.parse('2026-01-01T00:00:00Z'));
  expect(SdkHttpMetadata.HttpStatusCode).toBe(200);
  const child = await test.describe(ExecutionArn);
  expect(child).toMatchObject({ status: 'RUNNING' });
  expect(JSON.parse(child.input ?? '')).toEqual({
    given: { a: 1 },
    AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: arn,
  });
  expect(await test.ended(await test.start('startsFast'))).toMatchObject({ status: 'SUCCEEDED' });
});

it.each([
  ['sync', 'string'],
  ['sync2', 'object'],
])('waits for its end by %s, whose output is a %s', async (machine, type) => {
  const arn = await test.start(machine, { a: 1 });
  const child = await childOf(arn);
  await test.reached(child, 'WaitStateEntered');
  test.clock.advance(10_000);
  const { output } = await test.ended(arn);
  const result = JSON.parse(output ?? '');
  expect(result).toMatchObject({
    ExecutionArn: child,
    StateMachineArn: machineArn('inner'),
    Status: 'SUCCEEDED',
    StopDate: Date.parse('2026-01-01T00:00:10Z'),
    InputDetails: { Included: true },
  });
  expect([typeof result.Input, typeof result.Output]).toEqual([type, type]);
  expect((await test.history(arn)).map(({ type: event }) => event)).toContain('TaskSubmitted');
});

it('waits on after restarts, for the same execution', async () => {
  const arn = await test.start('sync2');
  const child = await childOf(arn);
  await test.reached(child, 'WaitStateEntered');
  await test.restart();
  test.clock.advance(10_000);
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await test.describe(child)).toMatchObject({ status: 'SUCCEEDED' });
});

it('stops the execution that it waits for when it is stopped', async () => {
  const arn = await test.start('sync2');
  const child = await childOf(arn);
  await test.client.send(new StopExecutionCommand({ executionArn: arn }));
  expect(await test.ended(child)).toMatchObject({ status: 'ABORTED' });
});

it('fails with the description of an execution that fails', async () => {
  const { status, error, cause } = await test.ended(await test.start('syncBroken'));
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse(cause ?? '')).toMatchObject({
    Status: 'FAILED',
    Error: 'Inside',
    Cause: 'it is broken',
  });
});

it.each([
  [
    'syncNone',
    'StepFunctions.StateMachineDoesNotExistException',
    /State Machine Does Not Exist: '/,
  ],
  ['syncFast', 'StepFunctions.StateMachineTypeNotSupportedException', /not supported by this type/],
  ['other', 'States.Runtime', /Novelty/],
])('refuses what StartExecution refuses: %s', async (machine, error, cause) => {
  expect(await test.ended(await test.start(machine))).toMatchObject({
    status: 'FAILED',
    error,
    cause: expect.stringMatching(cause),
  });
});

it('refuses a name that is taken', async () => {
  await test.ended(await test.start('starts', { a: 1 }));
  expect(await test.ended(await test.start('starts', { a: 2 }))).toMatchObject({
    status: 'FAILED',
    error: 'StepFunctions.ExecutionAlreadyExistsException',
  });
});

it('waits for the token that it hands to the execution', async () => {
  const arn = await test.start('token');
  const child = await childOf(arn);
  await test.ended(child);
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  const { token } = Object(taken);
  await test.client.send(new SendTaskSuccessCommand({ taskToken: token, output: '"back"' }));
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"back"' });
});
