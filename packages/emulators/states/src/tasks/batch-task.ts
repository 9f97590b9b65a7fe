import { randomUUID } from 'node:crypto';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { batchParameters } from './known-parameters.ts';
import { operationParameters } from './operation-parameters.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { type JobCaller, type ServiceData, ServiceError } from './service-callers.ts';

/** The integration without its pattern. */
export const submitJobResource = 'arn:aws:states:::batch:submitJob';

/** By these variables Batch's events are told apart whose job Step Functions waits for (seen in jobs of AWS). */
const managed = { Name: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' };

/** Members whose own members have names of the user's. */
const named = ['Parameters', 'Tags', 'parameters', 'tags'];

/** Returns JSON whose members have names with another first letter, in alphabetical order. */
function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, each]) => [
      rename(name),
      named.includes(name) ? each : renamed(each, rename),
    ]),
  );
}

const lower = (name: string): string => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
const upper = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** The exceptions that the SDK for Java has classes of; all others are its general one. */
const classes = ['ClientException', 'ServerException'];

function failure({ name, message, status }: ServiceError, cause: unknown): StatesError {
  const details = `Service: AWSBatch; Status Code: ${status}; Error Code: ${name}; Request ID: ${randomUUID()}; Proxy: null`;
  return new StatesError(
    `Batch.${classes.includes(name) ? name : 'AWSBatchException'}`,
    `${message} (${details})`,
    { cause },
  );
}

/**
 * Submits a job as a task.
 *
 * @throws {StatesError} `Batch.…` for what Batch refuses, States.Runtime for other parameters
 */
export async function submitJobTask(
  jobs: JobCaller,
  task: Pick<TaskRequest, 'arguments' | 'signal'>,
  isWaitedFor = false,
): Promise<ServiceData> {
  const given = operationParameters(task.arguments, batchParameters);
  const overrides = Object(given['ContainerOverrides'] ?? {}) as ServiceData;
  const environment = Array.isArray(overrides['Environment']) ? overrides['Environment'] : [];
  const parameters = isWaitedFor
    ? {
        ...given,
        ContainerOverrides: { ...overrides, Environment: [...environment, managed] },
      }
    : given;
  const requestId = randomUUID();
  try {
    const answer = await jobs.call(
      'SubmitJob',
      renamed(parameters, lower) as ServiceData,
      task.signal,
    );
    const told = renamed(answer, upper) as ServiceData;
    return { ...told, ...sdkMetadata(requestId, { 'x-amzn-RequestId': requestId }) };
  } catch (error) {
    throw error instanceof ServiceError ? failure(error, error) : error;
  }
}

/**
 * Submits a job and waits for its end, as `.sync` does. It goes on waiting after a restart, and ends the job when the task is
 * stopped.
 *
 * @throws {StatesError} States.TaskFailed if the job does not succeed, its description the cause
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 */
export async function submitAndWait(
  jobs: JobCaller,
  { isClosed }: { readonly isClosed: () => boolean },
  { signal, long, ...task }: TaskRequest,
): Promise<unknown> {
  const answer = long?.submitted?.answer ?? (await submitJobTask(jobs, { ...task, signal }, true));
  long?.submit(answer);
  const jobId = String(Object(answer).JobId);
  let job: ServiceData;
  try {
    job = await jobs.ended(jobId, signal);
  } catch (reason) {
    if (!isClosed())
      await jobs.call(
        'TerminateJob',
        { jobId, reason: 'The task of Step Functions was stopped' },
        AbortSignal.timeout(10_000),
      );
    throw reason;
  }
  const description = renamed(job, upper);
  if (job['status'] !== 'SUCCEEDED')
    throw new StatesError('States.TaskFailed', JSON.stringify(description));
  return description;
}
