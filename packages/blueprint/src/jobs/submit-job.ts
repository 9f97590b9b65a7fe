/** How a state machine has a job run and waits for its end: by AWS Batch, or by SageMaker. */

import { jsonata } from '../jsonata.ts';
import {
  bucketVariable,
  jobImageVariable,
  jobQueueVariable,
  jobRoleVariable,
  jobVariable,
} from '../names.ts';
import type { State } from '../outcome.ts';
import type { JobSpec } from './job-spec.ts';

/** The parts of a step that say how its job is run. */
export interface SubmittedJob {
  /** The job, by its name in the blueprint. */
  readonly job: string;
  /** The bucket by which state machine and program tell each other, by its name in the blueprint. */
  readonly bucket: string;
  /** JSONata that gives the start of the keys of what they tell each other; it ends in a slash and is this run's alone. */
  readonly folder: string;
  /** The variable that tells the program the key of its order: `TRAINING_JOB`. */
  readonly variable: string;
  /** How SageMaker runs it. @default Batch does */
  readonly sageMaker?: SageMakerRun;
}

/** A job that SageMaker runs. */
interface SageMakerRun extends Pick<JobSpec, 'spot' | 'timeoutSeconds'> {
  readonly spec: NonNullable<JobSpec['sageMaker']>;
  /** Channels, and JSONata of the key of the object that each has in `/opt/ml/input/data/<channel>/`. */
  readonly channels: Readonly<Record<string, string>>;
}

/** Longest that a run waits for spare capacity, in seconds. */
const longestWait = 24 * 60 * 60;

/** A service's own faults; that a program failed is States.TaskFailed, and is not tried again. */
const retryOf = (errors: readonly string[]): readonly State[] => [
  {
    ErrorEquals: errors,
    IntervalSeconds: 2,
    MaxAttempts: 4,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

const keyOfOrder = ({ folder }: SubmittedJob): string => jsonata(`${folder} & "job.json"`);

/** Returns the members of the task that has Batch run a job. */
function batchTask(step: SubmittedJob): State {
  const { job, variable } = step;
  return {
    Resource: 'arn:aws:states:::batch:submitJob.sync',
    Arguments: {
      JobName: job,
      JobDefinition: `\${${jobVariable(job)}}`,
      JobQueue: `\${${jobQueueVariable(job)}}`,
      ContainerOverrides: { Environment: [{ Name: variable, Value: keyOfOrder(step) }] },
    },
    Retry: retryOf(['Batch.ServerException', 'Batch.AWSBatchException']),
  };
}

/**
 * Returns the members of the task that has SageMaker run a job: the same image, told by the same variables. SageMaker starts it with
 * the argument `train`, copies its channels to `/opt/ml/input/data`, and starts it again where spare capacity was taken away.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
 */
function sageMakerTask(step: SubmittedJob, sageMaker: SageMakerRun): State {
  const { job, variable, folder } = step;
  const { spec, spot = true, timeoutSeconds, channels } = sageMaker;
  const bucket = `\${${bucketVariable(step.bucket)}}`;
  return {
    Resource: 'arn:aws:states:::sagemaker:createTrainingJob.sync',
    Arguments: {
      // Names are of an account, and for ever.
      TrainingJobName: jsonata(`"\${${jobVariable(job)}}-" & $uuid()`),
      RoleArn: `\${${jobRoleVariable(job)}}`,
      AlgorithmSpecification: {
        TrainingImage: `\${${jobImageVariable(job)}}`,
        TrainingInputMode: 'File',
      },
      InputDataConfig: Object.entries(channels).map(([ChannelName, key]) => ({
        ChannelName,
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix',
            S3Uri: jsonata(`"s3://${bucket}/" & ${key}`),
            S3DataDistributionType: 'FullyReplicated',
          },
        },
      })),
      // Of what a program leaves in /opt/ml/model; the pipeline takes what it has written itself.
      OutputDataConfig: { S3OutputPath: jsonata(`"s3://${bucket}/" & ${folder} & "sagemaker"`) },
      ResourceConfig: {
        InstanceType: spec.instance,
        InstanceCount: 1,
        VolumeSizeInGB: spec.diskGb,
      },
      EnableManagedSpotTraining: spot,
      StoppingCondition: {
        MaxRuntimeInSeconds: timeoutSeconds,
        ...(spot && { MaxWaitTimeInSeconds: timeoutSeconds + longestWait }),
      },
      Environment: { [bucketVariable(step.bucket)]: bucket, [variable]: keyOfOrder(step) },
    },
    Retry: retryOf(['SageMaker.AmazonSageMakerException']),
  };
}

/** Returns the members of the task that has a job run, and ends with it. */
export function submitJob(step: SubmittedJob): State {
  return step.sageMaker === undefined ? batchTask(step) : sageMakerTask(step, step.sageMaker);
}

/** JSONata of what a service says of a job that failed, where its program could not: it is no JSON if it was never submitted. */
export const failureOfJob: string = `(
  $cause := $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "";
  $job := $substring($cause, 0, 1) = "{" ? $parse($cause) : {};
  {
    "error": $exists($job.Status) or $exists($job.TrainingJobStatus) ? "JobFailed" : $states.errorOutput.Error,
    "message": $exists($job.StatusReason)
      ? $job.StatusReason & ($exists($job.Container.Reason) ? ": " & $job.Container.Reason : "") & ($exists($job.Container.ExitCode) ? " (exit code " & $string($job.Container.ExitCode) & ")" : "")
      : $exists($job.FailureReason) ? $job.FailureReason : $substring($cause, 0, 2000)
  }
)`;
