import type { RequestMessage } from '@chorus/predictions';
import { openExecutions } from '@chorus/predictions/executions';
import type { RunSettings } from './env.ts';

/** What a workflow answered, or what kept it from answering, as its own route would say it. */
interface Answer {
  readonly statusCode: number;
  readonly body: unknown;
}

/** Runs the workflow of a request, until the signal comes. It never throws. */
export type RunWorkflow = (request: RequestMessage, signal: AbortSignal) => Promise<Answer>;

/** Opens Step Functions for the workflows that there are. */
export function openWorkflows({ workflowArns, hasOwnStatesEndpoint }: RunSettings): RunWorkflow {
  const run = openExecutions(hasOwnStatesEndpoint);
  return async ({ id, workflow, input }, signal) => {
    const stateMachineArn = Object.hasOwn(workflowArns, workflow)
      ? workflowArns[workflow]
      : undefined;
    if (stateMachineArn === undefined)
      return { statusCode: 404, body: { error: `there is no workflow ${workflow} any more` } };
    const wanted = { stateMachineArn, name: id, input: JSON.stringify(input) };
    const { statusCode, body } = await run(wanted, signal);
    return { statusCode, body };
  };
}
