import type { ExecutionResult, HistoryEvent } from '@chorus/asl';
import type { ExecutionEnd } from '../store/records.ts';

/** The role that every execution names. */
export const roleArn = 'arn:aws:iam::000000000000:role/local';

const whole = { truncated: false };

export function startedEvent(input: string): HistoryEvent {
  return {
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input, inputDetails: whole, roleArn },
  };
}

/** What went wrong, without what was not said, as AWS has it. */
function failure(
  error: string | undefined,
  cause: string | undefined,
): Pick<ExecutionEnd, 'error' | 'cause'> {
  return { ...(error && { error }), ...(cause && { cause }) };
}

/** Returns the end of an execution that ended by itself. Of one that timed out AWS says nothing more (recorded). */
export function endOf(result: ExecutionResult): ExecutionEnd {
  if (result.status === 'SUCCEEDED')
    return { status: 'SUCCEEDED', output: JSON.stringify(result.output) ?? 'null' };
  if (result.status === 'TIMED_OUT') return { status: 'TIMED_OUT' };
  return { status: result.status, ...failure(result.error, result.cause) };
}

/** Returns the end of an execution that was stopped. */
export function stoppedEnd(error: string | undefined, cause: string | undefined): ExecutionEnd {
  return { status: 'ABORTED', ...failure(error, cause) };
}

const endTypes = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** Returns the last event of an execution. */
export function endEvent({ status, output, error, cause }: ExecutionEnd): HistoryEvent {
  const details = output === undefined ? failure(error, cause) : { output, outputDetails: whole };
  const type = endTypes[status];
  const name = `e${type.slice(1)}EventDetails` as const;
  return { type, [name]: details };
}
