import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStandard, states, type TestStates } from '../testing/start-standard.ts';
import { type JobCaller, type ServiceData, ServiceError } from './service-callers.ts';

const submit = (pattern: string, more: object = {}) =>
  states({
    Fit: {
      Type: 'Task',
      Resource: `arn:aws:states:::batch:submitJob${pattern}`,
      Arguments: {
        JobName: 'fit',
        JobQueue: 'queue',
        JobDefinition: 'definition',
        Tags: { Of: 'churn' },
        ContainerOverrides: { Environment: [{ Name: 'KEY', Value: '{% $states.input.key %}' }] },
        ...more,
      },
      End: true,
    },
  });

const machines = {
  plain: submit(''),
  sync: submit('.sync'),
  other: submit('.sync', { Colour: 'red' }),
};

/** A job as DescribeJobs tells it. */
const succeeded = {
  jobId: 'j-1',
  status: 'SUCCEEDED',
  attempts: [{ container: { exitCode: 0 }, startedAt: 1 }],
  tags: { of: 'churn' },
};
const failed = {
  ...succeeded,
  status: 'FAILED',
  statusReason: 'Essential container in task exited',
};

let directory: string;
let test: TestStates;
let calls: [string, ServiceData][];
let refusal: ServiceError | undefined;
let end: (job: ServiceData) => void;
let waits: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  calls = [];
  refusal = undefined;
  waits = 0;
  const batch: JobCaller = {
    async call(operation, parameters) {
      calls.push([operation, parameters]);
      if (refusal !== undefined) throw refusal;
      return { jobArn: 'arn', jobId: 'j-1', jobName: 'fit' };
    },
    ended: (_id, signal) =>
      new Promise((resolve, reject) => {
        waits += 1;
        end = resolve;
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  test = await startStandard({ machines, directory, callers: { batch } });
});
afterEach(() => rm(directory, { recursive: true }));

const submitted = {
  jobName: 'fit',
  jobQueue: 'queue',
  jobDefinition: 'definition',
  tags: { Of: 'churn' },
};

it('submits a job by the names of the API, and does not wait for it', async () => {
  const { status, output } = await test.ended(await test.start('plain', { key: 'k' }));
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output ?? '')).toMatchObject({
    JobArn: 'arn',
    JobId: 'j-1',
    JobName: 'fit',
    SdkHttpMetadata: { HttpStatusCode: 200 },
  });
  const containerOverrides = { environment: [{ name: 'KEY', value: 'k' }] };
  expect(calls).toEqual([['SubmitJob', { ...submitted, containerOverrides }]]);
});

describe('with .sync', () => {
  it('gives the job as it ended', async () => {
    const arn = await test.start('sync', { key: 'k' });
    await test.reached(arn, 'TaskSubmitted');
    await expect.poll(() => waits).toBe(1);
    end(succeeded);
    const { output } = await test.ended(arn);
    expect(JSON.parse(output ?? '')).toEqual({
      JobId: 'j-1',
      Status: 'SUCCEEDED',
      Attempts: [{ Container: { ExitCode: 0 }, StartedAt: 1 }],
      Tags: { of: 'churn' },
    });
    expect(calls[0]?.[1]['containerOverrides']).toEqual({
      environment: [
        { name: 'KEY', value: 'k' },
        { name: 'MANAGED_BY_AWS', value: 'STARTED_BY_STEP_FUNCTIONS' },
      ],
    });
  });

  it('fails with the job that failed, as the text of the cause', async () => {
    const arn = await test.start('sync', { key: 'k' });
    await expect.poll(() => waits).toBe(1);
    end(failed);
    const { status, error, cause } = await test.ended(arn);
    expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
    expect(JSON.parse(cause ?? '')).toMatchObject({
      Status: 'FAILED',
      StatusReason: 'Essential container in task exited',
      Attempts: [{ Container: { ExitCode: 0 } }],
    });
  });

  it('goes on waiting after a restart, and submits nothing twice', async () => {
    const arn = await test.start('sync', { key: 'k' });
    await expect.poll(() => waits).toBe(1);
    await test.restart();
    await expect.poll(() => waits).toBe(2);
    end(succeeded);
    expect((await test.ended(arn)).status).toBe('SUCCEEDED');
    expect(calls.map(([operation]) => operation)).toEqual(['SubmitJob']);
  });

  it('ends the job when the execution is stopped', async () => {
    const arn = await test.start('sync', { key: 'k' });
    await expect.poll(() => waits).toBe(1);
    await test.client.send(new StopExecutionCommand({ executionArn: arn }));
    await expect
      .poll(() => calls.at(-1))
      .toEqual([
        'TerminateJob',
        { jobId: 'j-1', reason: 'The task of Step Functions was stopped' },
      ]);
  });
});

it.each([
  ['ClientException', 'Batch.ClientException'],
  ['TooManyRequestsException', 'Batch.AWSBatchException'],
])('fails with %s of Batch as %s', async (name, expected) => {
  refusal = new ServiceError(name, 'no such queue', 400);
  expect(await test.ended(await test.start('sync', { key: 'k' }))).toMatchObject({
    status: 'FAILED',
    error: expected,
    cause: expect.stringMatching(/^no such queue \(Service: AWSBatch; Status Code: 400/),
  });
});

it('refuses a parameter that SubmitJob does not have', async () => {
  expect(await test.ended(await test.start('other', { key: 'k' }))).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringContaining("'Colour' is not supported"),
  });
  expect(calls).toEqual([]);
});
