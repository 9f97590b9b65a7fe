import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  invoke,
  machineArn,
  startStandard,
  states,
  type TestStates,
} from '../testing/start-standard.ts';

const machines = {
  pass: states({ A: { Type: 'Pass', Output: { was: '{% $states.input %}' }, End: true } }),
  wait: states({ A: { Type: 'Wait', Seconds: 100, End: true } }),
  ask: states({ A: invoke('f', { Next: 'B' }), B: { Type: 'Pass', Assign: { b: 1 }, End: true } }),
  fast: states({ A: { Type: 'Pass', End: true } }),
  slow: { ...states({ A: { Type: 'Wait', Seconds: 100, End: true } }), TimeoutSeconds: 10 },
};

let directory: string;
let test: TestStates;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  test = await startStandard({
    machines,
    express: ['fast'],
    directory,
    answer: (event) => {
      if (Object(event).fails) throw new RangeError('asked for');
      return event;
    },
  });
});
afterEach(() => rm(directory, { recursive: true }));

it('runs a machine, and tells its input, output and times', async () => {
  const arn = await test.start('pass', { a: 1 }, 'mine');
  expect(arn).toBe('arn:aws:states:us-east-1:000000000000:execution:pass:mine');
  const { startDate, stopDate, $metadata, ...rest } = await test.ended(arn);
  expect($metadata.httpStatusCode).toBe(200);
  expect(startDate).toEqual(new Date('2026-01-01T00:00:00Z'));
  expect(stopDate).toEqual(startDate);
  expect(rest).toEqual({
    executionArn: arn,
    stateMachineArn: machineArn('pass'),
    name: 'mine',
    status: 'SUCCEEDED',
    input: '{"a":1}',
    inputDetails: { included: true },
    output: '{"was":{"a":1}}',
    outputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  });
  const metadata = await test.client.send(
    new DescribeExecutionCommand({ executionArn: arn, includedData: 'METADATA_ONLY' }),
  );
  expect(metadata).not.toHaveProperty('input');
  expect(metadata).not.toHaveProperty('output');
});

it('starts once by a name and an input, and no other input by that name', async () => {
  const first = await test.start('wait', { a: 1 }, 'one');
  expect(await test.start('wait', { a: 1 }, 'one')).toBe(first);
  await expect(test.start('wait', { a: 2 }, 'one')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
    message: `Execution Already Exists: '${first}'`,
  });
  test.clock.advance(100_000);
  await test.ended(first);
  await expect(test.start('wait', { a: 1 }, 'one')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
  const { executions } = await test.client.send(
    new ListExecutionsCommand({ stateMachineArn: machineArn('wait') }),
  );
  expect(executions).toHaveLength(1);
});

it('tells the history of a task as AWS does', async () => {
  const arn = await test.start('ask', { q: 1 });
  await test.ended(arn);
  const events = await test.history(arn);
  expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
    [1, 0, 'ExecutionStarted'],
    [2, 0, 'TaskStateEntered'],
    [3, 2, 'TaskScheduled'],
    [4, 3, 'TaskStarted'],
    [5, 4, 'TaskSucceeded'],
    [6, 5, 'TaskStateExited'],
    [7, 6, 'PassStateEntered'],
    [8, 7, 'PassStateExited'],
    [9, 8, 'ExecutionSucceeded'],
  ]);
  expect(events[0]?.executionStartedEventDetails).toMatchObject({ input: '{"q":1}' });
  expect(events[1]?.stateEnteredEventDetails).toEqual({
    name: 'A',
    input: '{"q":1}',
    inputDetails: { truncated: false },
  });
  expect(events[2]?.taskScheduledEventDetails).toEqual({
    resourceType: 'lambda',
    resource: 'invoke',
    region: 'us-east-1',
    parameters: '{"FunctionName":"f","Payload":{"q":1}}',
  });
  expect(JSON.parse(events[4]?.taskSucceededEventDetails?.output ?? '')).toMatchObject({
    Payload: { q: 1 },
  });
  expect(events[5]?.stateExitedEventDetails).toMatchObject({ name: 'A', output: '{"q":1}' });
  expect(events[7]?.stateExitedEventDetails?.assignedVariables).toEqual({ b: '1' });
  expect(events[8]?.executionSucceededEventDetails).toMatchObject({ output: '{"q":1}' });
});

it('tells a failed task’s error in its history and its description', async () => {
  const arn = await test.start('ask', { fails: true });
  const cause = '{"errorType":"RangeError","errorMessage":"asked for"}';
  expect(await test.ended(arn)).toMatchObject({ status: 'FAILED', error: 'RangeError', cause });
  const [failed, end] = (await test.history(arn)).slice(-2);
  expect(failed).toMatchObject({
    type: 'TaskFailed',
    taskFailedEventDetails: { error: 'RangeError', cause, resource: 'invoke' },
  });
  expect(end).toMatchObject({
    type: 'ExecutionFailed',
    executionFailedEventDetails: { error: 'RangeError', cause },
    previousEventId: failed?.id,
  });
});

it('gives a history page by page, backwards too, and without data', async () => {
  const executionArn = await test.start('ask', { q: 1 });
  await test.ended(executionArn);
  for (const reverseOrder of [false, true]) {
    const ids: unknown[] = [];
    let nextToken: string | undefined;
    do {
      const page = await test.client.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 2, reverseOrder, nextToken }),
      );
      expect(page.events?.length).toBeLessThanOrEqual(2);
      ids.push(...(page.events ?? []).map(({ id }) => id));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    const all = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(ids).toEqual(reverseOrder ? all.reverse() : all);
  }
  const { events } = await test.client.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
  );
  const text = JSON.stringify(events);
  expect(text).not.toMatch(/"(input|output|parameters|assignedVariables)":/);
  expect(events?.[1]?.stateEnteredEventDetails?.name).toBe('A');
});

it('lists executions, the latest first, by status and page by page', async () => {
  const arns: string[] = [];
  for (const machine of ['wait', 'wait', 'wait', 'pass']) arns.push(await test.start(machine));
  await test.ended(arns[3] ?? '');
  const [first = '', second = '', third = ''] = arns;
  await test.client.send(new StopExecutionCommand({ executionArn: second }));
  const list = async (more: object) => {
    const command = new ListExecutionsCommand({ stateMachineArn: machineArn('wait'), ...more });
    const { executions, nextToken } = await test.client.send(command);
    return { arns: executions?.map(({ executionArn }) => executionArn), nextToken };
  };
  expect((await list({})).arns).toEqual([third, second, first]);
  expect((await list({ statusFilter: 'RUNNING' })).arns).toEqual([third, first]);
  expect((await list({ statusFilter: 'ABORTED' })).arns).toEqual([second]);
  expect((await list({ redriveFilter: 'REDRIVEN' })).arns).toEqual([]);
  const page = await list({ maxResults: 2 });
  // What starts between two pages is on neither.
  await test.start('wait');
  expect(page.arns).toEqual([third, second]);
  expect(await list({ maxResults: 2, nextToken: page.nextToken })).toEqual({
    arns: [first],
    nextToken: undefined,
  });
});

it('stops an execution, whose task hears of it', async () => {
  const arn = await test.start('wait');
  await test.reached(arn, 'WaitStateEntered');
  test.clock.advance(5000);
  const stopped = await test.client.send(
    new StopExecutionCommand({ executionArn: arn, error: 'Enough', cause: 'of it' }),
  );
  expect(stopped.stopDate).toEqual(new Date('2026-01-01T00:00:05Z'));
  expect(await test.describe(arn)).toMatchObject({
    status: 'ABORTED',
    error: 'Enough',
    cause: 'of it',
    redriveStatus: 'REDRIVABLE',
  });
  expect((await test.history(arn)).at(-1)).toMatchObject({
    id: 3,
    previousEventId: 0,
    type: 'ExecutionAborted',
    executionAbortedEventDetails: { error: 'Enough', cause: 'of it' },
  });
  expect(test.clock.sleepers).toEqual([]);
  const again = await test.client.send(new StopExecutionCommand({ executionArn: arn }));
  expect(again.stopDate).toEqual(stopped.stopDate);
});

it('times out as a whole', async () => {
  const arn = await test.start('slow');
  await test.reached(arn, 'WaitStateEntered');
  test.clock.advance(10_000);
  const ended = await test.ended(arn);
  expect(ended.status).toBe('TIMED_OUT');
  expect(ended).not.toHaveProperty('error');
  expect((await test.history(arn)).at(-1)?.type).toBe('ExecutionTimedOut');
});

it('tells the type of each machine', async () => {
  const { stateMachines } = await test.client.send(new ListStateMachinesCommand({}));
  expect(stateMachines?.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'pass STANDARD',
    'wait STANDARD',
    'ask STANDARD',
    'fast EXPRESS',
    'slow STANDARD',
  ]);
  const described = await test.client.send(
    new DescribeStateMachineCommand({ stateMachineArn: machineArn('pass') }),
  );
  expect(described.type).toBe('STANDARD');
  const arn = await test.start('pass');
  const machine = await test.client.send(
    new DescribeStateMachineForExecutionCommand({ executionArn: arn }),
  );
  expect(machine).toMatchObject({ name: 'pass', definition: described.definition });
});

it('keeps the operations of each type from the other, by AWS’s names', async () => {
  const { client } = test;
  const started = await client.send(
    new StartExecutionCommand({ stateMachineArn: machineArn('fast'), name: 'once' }),
  );
  const executionArn = started.executionArn ?? '';
  expect(executionArn).toContain(':express:fast:once:');
  await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
    name: 'InvalidArn',
    message: "Invalid Arn: 'Resource type not valid in this context: express'",
  });
  await expect(client.send(new GetExecutionHistoryCommand({ executionArn }))).rejects.toMatchObject(
    { name: 'InvalidArn' },
  );
  await expect(client.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject({
    name: 'InvalidArn',
  });
  await expect(
    client.send(new ListExecutionsCommand({ stateMachineArn: machineArn('fast') })),
  ).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
  await expect(
    client.send(new StartSyncExecutionCommand({ stateMachineArn: machineArn('pass') })),
  ).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
});

it.each([
  ['arn:aws:states:us-east-1:000000000000:execution:pass:none', 'ExecutionDoesNotExist'],
  ['arn:aws:states:us-east-1:000000000000:execution:pass', 'InvalidArn'],
  ['arn:aws:states:us-east-1:000000000000:stateMachine:pass', 'InvalidArn'],
  ['arn:aws:lambda:us-east-1:000000000000:function:pass', 'InvalidArn'],
  ['none', 'InvalidArn'],
])('refuses the execution %s with %s', async (executionArn, name) => {
  const { client } = test;
  for (const refused of [
    client.send(new DescribeExecutionCommand({ executionArn })),
    client.send(new GetExecutionHistoryCommand({ executionArn })),
    client.send(new StopExecutionCommand({ executionArn })),
    client.send(new RedriveExecutionCommand({ executionArn })),
    client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
  ])
    await expect(refused).rejects.toMatchObject({ name });
});
