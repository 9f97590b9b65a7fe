/** The states of a pipeline ask functions for its steps; this is how they ask, and how they tell what became of a run. */

import { jsonata } from '../jsonata.ts';
import { substitutionKey } from '../names.ts';
import type { State } from '../outcome.ts';
import type { FunctionSpec } from '../types.ts';
import { recordRun } from './pipeline-functions.ts';

/** Each step may be run again with the same input, so what may end otherwise is tried again. */
const retry: readonly State[] = [
  {
    // Another process changes what the model serves, or no other environment is to be had: a promotion by hand may take an hour.
    ErrorEquals: ['LockedError', 'Lambda.TooManyRequestsException'],
    IntervalSeconds: 5,
    BackoffRate: 1.5,
    MaxDelaySeconds: 15,
    MaxAttempts: 240,
  },
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.Unknown',
      'Runtime.ExitError',
      'UnavailableError',
      'RegistryUnavailableError',
      'TimeoutError',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 3,
    BackoffRate: 2,
  },
];

/** The cause of a failure that a state has caught; it is shortened, since a state's result holds 256 KiB. */
export const causeOfFailure: string = jsonata(
  '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 4000) : ""',
);

/** The models of which the run has made a version live; a comparison that follows leaves them out. */
export const liveModels = '$promoted[outcome = "live"].model';

/** The evaluations of new versions that are better and not live yet. */
export const betterVersions: string = `$evaluation[chosen = true and $not(model in ${liveModels})]`;

/** Returns what follows a failure: the report says which step failed and why. */
export const reportFailure = (step: string): readonly State[] => [
  {
    ErrorEquals: ['States.ALL'],
    Assign: {
      failure: {
        step,
        error: jsonata('$states.errorOutput.Error'),
        cause: causeOfFailure,
      },
    },
    Output: {},
    Next: 'Report failure',
  },
];

/** The answer of the function that a state has asked, in JSONata. */
export const payload: string = '$states.result.Payload';

/** Returns the state that asks a function for a step, and asks again where that may end otherwise. */
export function askStep({ name }: FunctionSpec, event: State | string): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: `\${${substitutionKey(name)}}`,
      Payload: event,
    },
    Retry: retry,
  };
}

/** The run, as `claim` has described it. */
export const run: string = jsonata('$run');

/** Returns the state that writes down how a run ended. */
export const report = (status: string, more: State, next: State): State => ({
  ...askStep(recordRun, {
    step: 'report',
    run,
    status,
    validation: jsonata('$validation'),
    data: jsonata('$data'),
    trained: jsonata('$trained'),
    evaluation: jsonata('$evaluation'),
    published: jsonata('$published'),
    approval: jsonata('$approval'),
    promoted: jsonata('$promoted'),
    ...more,
  }),
  Output: jsonata(payload),
  ...next,
});
