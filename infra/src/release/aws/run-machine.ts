import { type SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { InvocationError } from '../../errors.ts';

/**
 * Runs an Express state machine to its end.
 *
 * @returns its output
 * @throws {InvocationError} if it fails, with what it said
 */
export async function runMachine(client: SFNClient, arn: string, input: unknown): Promise<unknown> {
  const answer = await client.send(
    new StartSyncExecutionCommand({ stateMachineArn: arn, input: JSON.stringify(input) }),
  );
  const { status, output = 'null', error = status ?? 'no status', cause = '' } = answer;
  if (status === 'SUCCEEDED') return JSON.parse(output);
  throw new InvocationError(`${arn.replace(/^.*:/, '')} failed: ${error}: ${cause}`, error);
}
