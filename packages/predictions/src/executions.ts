/** What runs workflows, without the rest: a function that only ends requests has no right to it. */

import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';

/** What an express state machine answered, or what kept it from answering, as a route to it would say it. */
export interface Execution {
  readonly statusCode: number;
  readonly body: unknown;
  /** Whether the state machine said so itself. */
  readonly hasAnswered: boolean;
}

/** The execution that is wanted. */
interface Wanted {
  readonly stateMachineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
}

/** Runs a state machine, until the signal comes. It never throws. */
type RunMachine = (wanted: Wanted, signal: AbortSignal) => Promise<Execution>;

const failure = (statusCode: number, error: string): Execution => ({
  statusCode,
  body: { error },
  hasAnswered: false,
});

/** Errors of Step Functions that say that it will never take this request. */
const refusals: Readonly<Record<string, Execution>> = {
  InvalidExecutionInput: failure(400, 'Step Functions does not take the input'),
  ValidationException: failure(413, 'the input is larger than a state machine takes'),
};

/** Errors by which it says that there is too much to do. */
const throttling = ['ThrottlingException', 'TooManyRequestsException', 'ExecutionLimitExceeded'];

/** Returns the answer in an execution's output, `{statusCode, body}`. */
function answerIn(output: string | undefined): Execution {
  const noAnswer = failure(500, 'the workflow gave no answer');
  if (output === undefined) return noAnswer;
  const { statusCode, body } = JSON.parse(output) as Partial<Execution>;
  return typeof statusCode === 'number' && body !== undefined
    ? { statusCode, body, hasAnswered: true }
    : noAnswer;
}

/** Opens Step Functions. @param hasOwnEndpoint whether it is somewhere else than at AWS, e.g. on this machine */
export function openExecutions(hasOwnEndpoint: boolean): RunMachine {
  const client = new SFNClient({
    // The queue tries again.
    maxAttempts: 1,
    // At AWS, StartSyncExecution lives at `sync-states.…`; an endpoint of our own has no such second name.
    disableHostPrefix: hasOwnEndpoint,
  });
  return async (wanted, signal) => {
    const command = new StartSyncExecutionCommand({ ...wanted });
    try {
      const { status, output, error } = await client.send(command, { abortSignal: signal });
      if (status === 'SUCCEEDED') return answerIn(output);
      if (status === 'TIMED_OUT') return failure(504, 'the workflow took too long and was stopped');
      return failure(500, `the workflow failed: ${error ?? status}`);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error';
      if (throttling.includes(name)) return failure(429, 'too many workflows ran at once');
      return refusals[name] ?? failure(503, `the workflow could not be started: ${name}`);
    }
  };
}
