import { checkName } from '../check-name.ts';
import { parseInput } from '../execution-input.ts';
import type { SyncExecution } from '../sync-execution.ts';
import { type Call, machineOf, seconds, traceHeaderOf } from './call.ts';

export async function startExecution(call: Call): Promise<unknown> {
  const { name, input = '{}' } = call.parameters;
  checkName(name);
  const machine = machineOf(call);
  parseInput(input);
  const { arn, started } = await call.states.start(machine.arn, input, {
    ...(name !== undefined && { name }),
    ...traceHeaderOf(call),
  });
  return { executionArn: arn, startDate: seconds(started) };
}

export async function startSyncExecution(call: Call): Promise<unknown> {
  const { name, input = '{}' } = call.parameters;
  checkName(name);
  const machine = machineOf(call);
  const execution = await call.states.startSync(machine.arn, parseInput(input), name);
  return describe(execution, machine.arn, input, call);
}

function describe(
  { arn, name, result }: SyncExecution,
  stateMachineArn: string,
  input: string,
  call: Call,
): unknown {
  const included = call.parameters.includedData !== 'METADATA_ONLY';
  const { startTime: started, stopTime: stopped } = result;
  return {
    executionArn: arn,
    stateMachineArn,
    name,
    startDate: seconds(started.getTime()),
    stopDate: seconds(stopped.getTime()),
    status: result.status,
    ...(included && { input }),
    inputDetails: { included },
    ...(result.status === 'SUCCEEDED'
      ? {
          ...(included && { output: JSON.stringify(result.output) }),
          outputDetails: { included },
        }
      : { error: result.error, cause: result.cause }),
    ...traceHeaderOf(call),
    billingDetails: {
      billedMemoryUsedInMB: 64,
      billedDurationInMilliseconds: Math.ceil((stopped.getTime() - started.getTime()) / 100) * 100,
    },
  };
}
