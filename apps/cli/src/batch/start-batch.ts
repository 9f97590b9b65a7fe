import { CliError, isCausedBy } from '../errors.ts';
import type { BatchCloud } from './batch-cloud.ts';

/** The input of the state machine, and where the answers go in the end. */
export interface BatchInput {
  readonly key: string;
  readonly prefix: string;
  /** Batches that are asked at once. */
  readonly concurrency: number;
  /** Percent of the rows that may fail. */
  readonly tolerated: number;
  /** A folder, or `s3://bucket/folder/`, for whatever command goes on with it. @default that command says it */
  readonly to?: string;
}

/** Starts a batch. @returns the ARN of its execution */
export async function startBatch(
  { sfn, machineArn }: BatchCloud,
  name: string,
  input: BatchInput,
): Promise<string> {
  const { StartExecutionCommand } = await import('@aws-sdk/client-sfn');
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }),
  );
  return executionArn;
}

/**
 * Goes on with a batch: one that failed or was stopped asks again about what has no answer; one that runs, or has ended well, is
 * only followed.
 *
 * @returns its execution's ARN, and its input
 * @throws {CliError} if there is none of this name, or it cannot go on
 */
export async function resumeBatch(
  { sfn, machineArn }: BatchCloud,
  name: string,
): Promise<{ readonly executionArn: string; readonly input: BatchInput }> {
  const { DescribeExecutionCommand, RedriveExecutionCommand } = await import('@aws-sdk/client-sfn');
  const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    const { status, input = '{}' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING' && status !== 'SUCCEEDED')
      await sfn.send(new RedriveExecutionCommand({ executionArn }));
    return { executionArn, input: JSON.parse(input) };
  } catch (cause) {
    if (isCausedBy(cause, 'ExecutionDoesNotExist', 'InvalidArn'))
      throw new CliError(`There is no batch ${name}`, { cause });
    throw cause;
  }
}
