import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListExecutionsCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  invoke,
  machineArn,
  startStandard,
  states,
  type TestStates,
} from '../testing/start-standard.ts';

const Retry = [{ ErrorEquals: ['Down'], MaxAttempts: 1, IntervalSeconds: 1 }];
const machines = {
  two: states({ A: invoke('a', { Next: 'B' }), B: invoke('b', { Retry, End: true }) }),
  late: {
    ...states({ A: { Type: 'Wait', Seconds: 100, End: true } }),
    TimeoutSeconds: 60,
  },
  fails: states({ A: { Type: 'Fail', Error: 'Always' } }),
};

class Down extends Error {
  override readonly name = 'Down';
}

let directory: string;
let test: TestStates;
let isDown: boolean;
let asked: string[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  isDown = true;
  asked = [];
  test = await startStandard({
    machines,
    directory,
    answer: (_event, name) => {
      asked.push(name);
      if (isDown && name === 'b') throw new Down('it is');
      return { name };
    },
  });
});
afterEach(() => rm(directory, { recursive: true }));

const redrive = (executionArn: string, clientToken?: string) =>
  test.client.send(new RedriveExecutionCommand({ executionArn, clientToken }));

async function failed(): Promise<string> {
  const arn = await test.start('two');
  await test.reached(arn, 'TaskFailed');
  test.clock.advance(1000);
  expect(await test.ended(arn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
  return arn;
}

it('goes on at the state that failed, its retries counted anew', async () => {
  const arn = await failed();
  expect(asked).toEqual(['a', 'b', 'b']);
  const { redriveDate } = await redrive(arn);
  await test.reached(arn, 'TaskFailed', 3);
  test.clock.advance(1000);
  expect(await test.ended(arn)).toMatchObject({ status: 'FAILED', redriveCount: 1, redriveDate });
  isDown = false;
  await redrive(arn);
  expect(await test.ended(arn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"name":"b"}',
    redriveCount: 2,
    redriveStatus: 'NOT_REDRIVABLE',
  });
  expect(asked).toEqual(['a', 'b', 'b', 'b', 'b', 'b']);
  const events = await test.history(arn);
  const at = events.findIndex(({ type }) => type === 'ExecutionRedriven');
  expect(events[at]?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
  expect(events[at - 1]?.type).toBe('ExecutionFailed');
  expect(events[at + 1]).toMatchObject({
    type: 'TaskScheduled',
    previousEventId: events[at]?.id,
  });
  const { executions } = await test.client.send(
    new ListExecutionsCommand({ stateMachineArn: machineArn('two'), redriveFilter: 'REDRIVEN' }),
  );
  expect(executions).toMatchObject([{ executionArn: arn, redriveCount: 2 }]);
});

it('survives a restart after a redrive', async () => {
  const arn = await failed();
  await test.restart();
  isDown = false;
  await redrive(arn);
  await test.restart();
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  expect(asked.filter((name) => name === 'a')).toHaveLength(1);
});

it('gives a machine that timed out all of its time again', async () => {
  const arn = await test.start('late');
  await test.reached(arn, 'WaitStateEntered');
  test.clock.advance(60_000);
  expect(await test.ended(arn)).toMatchObject({ status: 'TIMED_OUT' });
  await redrive(arn);
  expect(test.clock.sleepers).toHaveLength(2);
  test.clock.advance(59_000);
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  test.clock.advance(1000);
  expect(await test.ended(arn)).toMatchObject({ status: 'TIMED_OUT', redriveCount: 1 });
});

it('fails again in a Fail state', async () => {
  const arn = await test.start('fails');
  await test.ended(arn);
  await redrive(arn);
  expect(await test.ended(arn)).toMatchObject({ status: 'FAILED', error: 'Always' });
  expect((await test.history(arn)).map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'FailStateEntered',
    'ExecutionFailed',
    'ExecutionRedriven',
    'FailStateEntered',
    'ExecutionFailed',
  ]);
});

it('redrives once by a client token', async () => {
  const arn = await failed();
  const first = await redrive(arn, 'once');
  expect((await redrive(arn, 'once')).redriveDate).toEqual(first.redriveDate);
  expect(await test.describe(arn)).toMatchObject({ redriveCount: 1 });
});

it('redrives nothing that runs, has succeeded, or ended over 14 days ago', async () => {
  const running = await test.start('late');
  await expect(redrive(running)).rejects.toMatchObject({
    name: 'ExecutionNotRedrivable',
    message: 'Execution is RUNNING and cannot be redriven',
  });
  const arn = await failed();
  test.clock.advance(15 * 24 * 3600 * 1000);
  await expect(redrive(arn)).rejects.toMatchObject({
    message: 'Execution redrivable period exceeded',
  });
  expect(await test.describe(arn)).toMatchObject({ redriveStatus: 'NOT_REDRIVABLE' });
});
