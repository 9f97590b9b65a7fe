import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { machineArn, startStandard, states, type TestStates } from '../testing/start-standard.ts';

let directory: string;
let test: TestStates;
/** Takes the database from the service, as a disk does that cannot be written to. */
let block: () => () => void;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  const machines = {
    wait: states({ A: { Type: 'Wait', Seconds: 10, Next: 'B' }, B: { Type: 'Pass', End: true } }),
  };
  test = await startStandard({ machines, directory });
  block = () => {
    const other = new DatabaseSync(join(directory, 'executions.db'));
    other.exec('BEGIN IMMEDIATE');
    return () => other.close();
  };
  vi.spyOn(console, 'error').mockReturnValue(undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true });
});

it('answers that it failed, and has started nothing', async () => {
  const unblock = block();
  await expect(test.start('wait', {}, 'one')).rejects.toMatchObject({ name: 'InternalFailure' });
  unblock();
  const { executions } = await test.client.send(
    new ListExecutionsCommand({ stateMachineArn: machineArn('wait') }),
  );
  expect(executions).toEqual([]);
  expect(await test.start('wait', {}, 'one')).toContain(':wait:one');
});

it('leaves an execution where it is, says so, and goes on with it at the next start', async () => {
  const arn = await test.start('wait');
  await test.reached(arn, 'WaitStateEntered');
  const unblock = block();
  test.clock.advance(10_000);
  await vi.waitFor(() =>
    expect(console.error).toHaveBeenCalledWith(
      expect.stringContaining('cannot go on before the next start'),
      expect.anything(),
    ),
  );
  unblock();
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  await test.restart();
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
});

it('is not stopped when that cannot be kept', async () => {
  const arn = await test.start('wait');
  await test.reached(arn, 'WaitStateEntered');
  const unblock = block();
  const stop = () => test.client.send(new StopExecutionCommand({ executionArn: arn }));
  await expect(stop()).rejects.toMatchObject({ name: 'InternalFailure' });
  unblock();
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  await stop();
  expect(await test.describe(arn)).toMatchObject({ status: 'ABORTED' });
});
