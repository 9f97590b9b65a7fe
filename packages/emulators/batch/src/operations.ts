import { describeJob, summariseJob } from './describe-job.ts';
import { invalid, notDone } from './errors.ts';
import type { JobRecord, JobStatus } from './job-record.ts';
import type { JobStore } from './job-store.ts';
import { jobArn, jobQueueArn } from './names.ts';
import {
  checkMembers,
  countOf,
  type Fields,
  fieldsOf,
  required,
  textOf,
  textsOf,
} from './parameters.ts';
import type { JobRunner } from './run-jobs.ts';
import { type Known, submittedJob } from './submit-job.ts';

/** What operations work on. */
export interface Opened extends Known {
  readonly store: JobStore;
  readonly runner: JobRunner;
  now(): number;
}

type Operation = (fields: Fields, opened: Opened) => Fields;

/** The states that a job has on AWS. Those before RUNNABLE pass at once here. */
const statuses = [
  'SUBMITTED',
  'PENDING',
  'RUNNABLE',
  'STARTING',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
] as const;

function jobOf(fields: Fields, { store }: Opened): JobRecord | undefined {
  return store.get(required('jobId', fields['jobId']));
}

const submit: Operation = (fields, opened) => {
  const job = submittedJob(fields, opened, opened.now());
  opened.store.put(job);
  opened.runner.wake();
  return { jobArn: jobArn(job.id), jobId: job.id, jobName: job.name };
};

const describe: Operation = (fields, { store, definitions }) => {
  checkMembers('DescribeJobs', fields, ['jobs']);
  const ids = textsOf('jobs', fields['jobs']);
  if (ids.length === 0 || ids.length > 100) throw invalid('jobs must be 1 to 100 ids');
  const jobs = ids.flatMap((id) => store.get(id.slice(id.lastIndexOf('/') + 1)) ?? []);
  return { jobs: jobs.map((job) => describeJob(job, definitions.get(job.definition))) };
};

const list: Operation = (fields, { store, queues }) => {
  checkMembers('ListJobs', fields, ['jobQueue', 'jobStatus', 'maxResults', 'nextToken']);
  const given = required('jobQueue', fields['jobQueue']);
  const queue = [...queues.keys()].find((name) => [name, jobQueueArn(name)].includes(given));
  if (queue === undefined) throw invalid(`Can not find the job queue ${given}`);
  const status = textOf('jobStatus', fields['jobStatus']) ?? 'RUNNING';
  if (!statuses.some((each) => each === status))
    throw invalid(`jobStatus must be one of ${statuses.join(', ')}`);
  const most = countOf('maxResults', fields['maxResults'], [1, 100]) ?? 100;
  const jobs = store.list(queue, status as JobStatus);
  const token = textOf('nextToken', fields['nextToken']);
  const begin = token === undefined ? 0 : jobs.findIndex(({ id }) => id === token) + 1;
  if (token !== undefined && begin === 0)
    throw invalid('nextToken must be that of an earlier answer');
  const page = jobs.slice(begin, begin + most);
  return {
    jobSummaryList: page.map(summariseJob),
    ...(begin + most < jobs.length && { nextToken: page.at(-1)?.id }),
  };
};

const terminate: Operation = (fields, opened) => {
  checkMembers('TerminateJob', fields, ['jobId', 'reason']);
  const reason = required('reason', fields['reason']);
  const job = jobOf(fields, opened);
  if (job !== undefined) opened.runner.terminate(job, reason);
  return {};
};

/** Of a job that runs nothing comes: it goes on, as on AWS. */
const cancel: Operation = (fields, opened) => {
  checkMembers('CancelJob', fields, ['jobId', 'reason']);
  const reason = required('reason', fields['reason']);
  const job = jobOf(fields, opened);
  if (job?.status === 'RUNNABLE') opened.runner.terminate(job, reason);
  return {};
};

const operations: Readonly<Record<string, Operation>> = {
  submitjob: submit,
  describejobs: describe,
  listjobs: list,
  terminatejob: terminate,
  canceljob: cancel,
};

/**
 * Runs an operation, by its name in the API's path: `submitjob`.
 *
 * @throws {AwsApiError} if it does not succeed
 */
export function runOperation(name: string, fields: unknown, opened: Opened): Fields {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined)
    throw notDone(`${name.slice(0, 80)}; it does ${Object.keys(operations).join(', ')}`);
  return operation(fieldsOf('The body', fields), opened);
}
