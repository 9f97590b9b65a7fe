import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import type { RequestMessage } from '@chorus/predictions';
import type { RunSettings } from './env.ts';

/** What a workflow answered, or what kept it from answering, as its own route would say it. */
interface Answer {
  readonly statusCode: number;
  readonly body: unknown;
}

/** Runs the workflow of a request, until the signal comes. It never throws. */
export type RunWorkflow = (request: RequestMessage, signal: AbortSignal) => Promise<Answer>;

const failure = (statusCode: number, error: string): Answer => ({ statusCode, body: { error } });

/** Errors of Step Functions that say that it will never take this request. */
const refusals: Readonly<Record<string, Answer>> = {
  InvalidExecutionInput: failure(400, 'Step Functions does not take the input'),
  ValidationException: failure(413, 'the input is larger than a state machine takes'),
};

/** Errors by which it says that there is too much to do. */
const throttling = ['ThrottlingException', 'TooManyRequestsException', 'ExecutionLimitExceeded'];

/** Returns the answer in an execution's output, `{statusCode, body}`. */
function answerIn(output: string | undefined): Answer {
  const noAnswer = failure(500, 'the workflow gave no answer');
  if (output === undefined) return noAnswer;
  const { statusCode, body } = JSON.parse(output) as Partial<Answer>;
  return typeof statusCode === 'number' && body !== undefined ? { statusCode, body } : noAnswer;
}

/** Opens Step Functions for the workflows that there are. */
export function openWorkflows({ workflowArns, hasOwnStatesEndpoint }: RunSettings): RunWorkflow {
  const client = new SFNClient({
    // The queue tries again.
    maxAttempts: 1,
    // At AWS, StartSyncExecution lives at `sync-states.…`; an endpoint of our own has no such second name.
    disableHostPrefix: hasOwnStatesEndpoint,
  });
  return async ({ id, workflow, input }, signal) => {
    const stateMachineArn = Object.hasOwn(workflowArns, workflow)
      ? workflowArns[workflow]
      : undefined;
    if (stateMachineArn === undefined)
      return failure(404, `there is no workflow ${workflow} any more`);
    const command = new StartSyncExecutionCommand({
      stateMachineArn,
      name: id,
      input: JSON.stringify(input),
    });
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
