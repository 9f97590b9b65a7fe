import { jsonata } from '../jsonata.ts';
import { bucketVariable } from '../names.ts';
import type { State, States } from '../outcome.ts';
import { failureOfJob, type SubmittedJob, submitJob } from './submit-job.ts';

/** A job as a step of a state machine. */
export interface JobStep extends SubmittedJob {
  /** The name of its first state; the others begin with it. */
  readonly state: string;
  /** What the program is to do: JSON, or JSONata that gives it. */
  readonly order: State | string;
  /** What follows a success, of which `$jobOutcome` in JSONata is what the program wrote: `Output`, `Assign`, `Next` or `End`. */
  readonly success: State;
  /** What follows a failure, of which `$jobFailure` is its `{error, message}`. */
  readonly failure: State;
}

/**
 * Returns the states that run a job and wait for its end. The order goes to the program as an object, `<folder>job.json`, since
 * Batch takes 8 KB of variables; what it made of it comes back as `<folder>outcome.json` or `<folder>failure.json`.
 * The state machine needs links to the job, and to read and write the bucket there.
 */
export function jobStates(step: JobStep): States {
  const { state, folder, order, success, failure } = step;
  const Bucket = `\${${bucketVariable(step.bucket)}}`;
  const key = (name: string) => jsonata(`${folder} & "${name}"`);
  const [submit, outcome, readFailure, failed] = [
    `${state} job`,
    `${state} outcome`,
    `${state} failure`,
    `${state} failed`,
  ];
  const read = (name: string): State => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
    Arguments: { Bucket, Key: key(name) },
  });
  return {
    [state]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
      Arguments: {
        Bucket,
        Key: key('job.json'),
        Body: order,
        ContentType: 'application/json',
      },
      Output: {},
      Next: submit,
    },
    [submit]: {
      Type: 'Task',
      ...submitJob(step),
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Assign: { jobFailure: jsonata(failureOfJob) },
          Output: {},
          Next: readFailure,
        },
      ],
      Output: {},
      Next: outcome,
    },
    [outcome]: {
      ...read('outcome.json'),
      Assign: { jobOutcome: jsonata('$parse($states.result.Body)') },
      Output: {},
      Next: `${state} ended`,
    },
    [`${state} ended`]: { Type: 'Pass', ...success },
    // Where the program could still say why, that tells more than its exit code.
    [readFailure]: {
      ...read('failure.json'),
      Assign: { jobFailure: jsonata('$parse($states.result.Body)') },
      Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, Next: failed }],
      Output: {},
      Next: failed,
    },
    [failed]: { Type: 'Pass', ...failure },
  };
}
