import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineArn, startStandard, states, type TestStates } from '../testing/start-standard.ts';

const machines = {
  asks: states({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sfn:startSyncExecution',
      Arguments: '{% $states.input %}',
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'End' }],
      End: true,
    },
    End: { Type: 'Pass', End: true },
  }),
  echo: states({ I: { Type: 'Pass', End: true } }),
  broken: states({ I: { Type: 'Fail', Error: 'Inside', Cause: 'it is broken' } }),
  standard: states({ I: { Type: 'Pass', End: true } }),
};

let directory: string;
let test: TestStates;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  test = await startStandard({ machines, express: ['asks', 'echo', 'broken'], directory });
});
afterEach(() => rm(directory, { recursive: true }));

async function ask(parameters: object): Promise<unknown> {
  const { result } = await test.emulator.service.startSync(machineArn('asks'), parameters);
  return result.status === 'SUCCEEDED' ? result.output : result.error;
}

describe('a task that runs an Express state machine', () => {
  it('has its output as the text it is, each number as it was', async () => {
    const Input = '{"a": [0.30000000000000004, 1e300], "b": "é"}';
    expect(await ask({ StateMachineArn: machineArn('echo'), Name: 'mine', Input })).toEqual({
      ExecutionArn: expect.stringContaining(':express:echo:mine:'),
      StateMachineArn: machineArn('echo'),
      Name: 'mine',
      StartDate: expect.stringMatching(/Z$/),
      StopDate: expect.stringMatching(/Z$/),
      Status: 'SUCCEEDED',
      Input,
      InputDetails: { Included: true },
      Output: '{"a":[0.30000000000000004,1e+300],"b":"é"}',
      OutputDetails: { Included: true },
    });
  });

  it('is answered, too, by one that fails', async () => {
    expect(await ask({ StateMachineArn: machineArn('broken') })).toMatchObject({
      Status: 'FAILED',
      Error: 'Inside',
      Cause: 'it is broken',
    });
  });

  it.each([
    ['no such machine', { StateMachineArn: machineArn('none') }, 'StateMachineDoesNotExist'],
    ['a standard one', { StateMachineArn: machineArn('standard') }, 'StateMachineTypeNotSupported'],
    ['no ARN', { StateMachineArn: 'echo' }, 'InvalidArn'],
    ['no JSON', { StateMachineArn: machineArn('echo'), Input: '{' }, 'InvalidExecutionInput'],
    ['another name', { StateMachineArn: machineArn('echo'), Name: 'a/b?' }, 'InvalidName'],
  ])('refuses %s as the SDK does', async (_, parameters, error) => {
    expect(await ask(parameters)).toMatchObject({ Error: `Sfn.${error}Exception` });
  });

  it.each([
    { StateMachineArn: machineArn('echo'), Input: { a: 1 } },
    { StateMachineArn: machineArn('echo'), IncludedData: 'METADATA_ONLY' },
    { StateMachineArn: machineArn('echo'), Novelty: 1 },
  ])('fails for parameters that it does not take: %j', async (parameters) => {
    expect(await ask(parameters)).toBe('States.Runtime');
  });
});
