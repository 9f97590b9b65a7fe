import { randomUUID } from 'node:crypto';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { StatesApiError } from '../errors.ts';
import type { Parameters } from './known-parameters.ts';
import { operationParameters } from './operation-parameters.ts';
import type { ServiceData } from './service-callers.ts';
import type { NestedExecutions } from './start-execution-task.ts';

/** Every parameter of StartSyncExecution in the SDK's model, as tasks name them; a test finds those that are missing. */
export const startSyncParameters: Parameters = {
  StateMachineArn: 'text',
  Name: 'text',
  Input: 'text',
  TraceHeader: 'text',
  IncludedData: 'none',
};

/** The exceptions that the SDK for Java has classes of, by Step Functions' names. All others are its general exception. */
const classes: readonly string[] = [
  'InvalidArn',
  'InvalidExecutionInput',
  'InvalidName',
  'StateMachineDeleting',
  'StateMachineDoesNotExist',
  'StateMachineTypeNotSupported',
];

/**
 * Runs an Express state machine as a task, `aws-sdk:sfn:startSyncExecution`. An execution that fails is an answer too: its
 * `Status` says so.
 *
 * @throws {StatesError} `Sfn.…Exception` for what StartSyncExecution refuses, States.Runtime for other parameters
 */
export async function startSyncTask(
  nested: Pick<NestedExecutions, 'run'>,
  task: Pick<TaskRequest, 'arguments'>,
): Promise<ServiceData> {
  const given = operationParameters(task.arguments, startSyncParameters);
  const text = (name: string): string | undefined =>
    given[name] === undefined ? undefined : String(given[name]);
  const input = text('Input') ?? '{}';
  try {
    const { arn, name, result } = await nested.run(
      text('StateMachineArn') ?? '',
      input,
      text('Name'),
    );
    const { status, startTime, stopTime } = result;
    return {
      ExecutionArn: arn,
      StateMachineArn: text('StateMachineArn'),
      Name: name,
      StartDate: startTime.toISOString(),
      StopDate: stopTime.toISOString(),
      Status: status,
      Input: input,
      InputDetails: { Included: true },
      ...(result.status === 'SUCCEEDED'
        ? { Output: JSON.stringify(result.output), OutputDetails: { Included: true } }
        : { Error: result.error, Cause: result.cause }),
    };
  } catch (reason) {
    if (!(reason instanceof StatesApiError)) throw reason;
    const { name, message } = reason;
    const known = classes.includes(name) ? name : 'Sfn';
    throw new StatesError(
      `Sfn.${known}Exception`,
      `${message} (Service: Sfn, Status Code: 400, Request ID: ${randomUUID()})`,
      { cause: reason },
    );
  }
}
