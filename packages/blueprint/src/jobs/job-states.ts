import { jsonata } from '../jsonata.ts';
import { bucketVariable, jobQueueVariable, jobVariable } from '../names.ts';
import type { State, States } from '../outcome.ts';

/** A job as a step of a state machine. */
export interface JobStep {
  /** The name of its first state; the others begin with it. */
  readonly state: string;
  /** The job, by its name in the blueprint. */
  readonly job: string;
  /** The bucket by which state machine and program tell each other, by its name in the blueprint. */
  readonly bucket: string;
  /** JSONata that gives the start of the keys of what they tell each other; it ends in a slash and is this run's alone. */
  readonly folder: string;
  /** The variable that tells the program the key of its order: `TRAINING_JOB`. */
  readonly variable: string;
  /** What the program is to do: JSON, or JSONata that gives it. */
  readonly order: State | string;
  /** What follows a success, of which `$jobOutcome` in JSONata is what the program wrote: `Output`, `Assign`, `Next` or `End`. */
  readonly success: State;
  /** What follows a failure, of which `$jobFailure` is its `{error, message}`. */
  readonly failure: State;
}

/** Batch's own faults; that a program failed is States.TaskFailed, and is not tried again. */
const retry: readonly State[] = [
  {
    ErrorEquals: ['Batch.ServerException', 'Batch.AWSBatchException'],
    IntervalSeconds: 2,
    MaxAttempts: 4,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

/** What a job says of itself where its program could not: it is no JSON if the job was never submitted. */
const failureOfJob = `(
  $cause := $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "";
  $job := $substring($cause, 0, 1) = "{" ? $parse($cause) : {};
  {
    "error": $exists($job.Status) ? "JobFailed" : $states.errorOutput.Error,
    "message": $exists($job.StatusReason)
      ? $job.StatusReason & ($exists($job.Container.Reason) ? ": " & $job.Container.Reason : "") & ($exists($job.Container.ExitCode) ? " (exit code " & $string($job.Container.ExitCode) & ")" : "")
      : $substring($cause, 0, 2000)
  }
)`;

/**
 * Returns the states that run a job and wait for its end. The order goes to the program as an object, `<folder>job.json`, since
 * Batch takes 8 KB of variables; what it made of it comes back as `<folder>outcome.json` or `<folder>failure.json`.
 * The state machine needs links to the job, and to read and write the bucket there.
 */
export function jobStates(step: JobStep): States {
  const { state, job, folder, variable, order, success, failure } = step;
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
      Resource: 'arn:aws:states:::batch:submitJob.sync',
      Arguments: {
        JobName: job,
        JobDefinition: `\${${jobVariable(job)}}`,
        JobQueue: `\${${jobQueueVariable(job)}}`,
        ContainerOverrides: { Environment: [{ Name: variable, Value: key('job.json') }] },
      },
      Retry: retry,
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
