import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchClient, DescribeJobsCommand, ListJobsCommand } from '@aws-sdk/client-batch';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type Blueprint, bucket, type JobSpec, job, jobStates } from '@chorus/blueprint';
import { parseManifest } from '@chorus/registry';
import { job as order, parquetOf, recipe } from '@chorus/train/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const links = [
  bucket('training', { access: 'read', prefix: 'pipelines/' }),
  bucket('training', { access: 'write', prefix: 'pipelines/' }),
];

const size = { vCpu: 1, memoryMb: 2048, timeoutSeconds: 600, links };

/**
 * The same job by two programs: of this repository, and one that knows nothing of it. The first once more, on capacity that is
 * taken away in the middle of it.
 */
const jobs: readonly JobSpec[] = [
  { name: 'fit', source: 'packages/functions/train', ...size },
  {
    name: 'other-fit',
    source: 'apps/local/e2e/jobs',
    command: [process.execPath, 'fit.ts'],
    ...size,
  },
  {
    name: 'lost-fit',
    source: 'packages/functions/train',
    command: [
      process.execPath,
      '--import',
      join(import.meta.dirname, 'jobs/lose-capacity.ts'),
      'src/main.ts',
    ],
    ...size,
  },
];

const machineOf = ({ name }: JobSpec) => ({
  name,
  type: 'standard' as const,
  definition: {
    QueryLanguage: 'JSONata',
    StartAt: 'Train',
    States: jobStates({
      state: 'Train',
      job: name,
      bucket: 'training',
      folder: '$states.context.Execution.Input.output',
      variable: 'TRAINING_JOB',
      order: '{% $states.context.Execution.Input %}',
      success: { Output: '{% $jobOutcome %}', End: true },
      failure: { Output: '{% $jobFailure %}', End: true },
    }),
  },
  functions: [],
  links: [...links, job(name)],
  timeoutSeconds: 600,
});

const blueprint: Blueprint = {
  functions: [],
  workflows: [],
  machines: jobs.map(machineOf),
  routes: [],
  buckets: [{ name: 'training', purpose: 'rows, and what is made of them' }],
  jobs,
};

let cloud: TestCloud;
let s3: S3Client;
let sfn: SFNClient;
let batch: BatchClient;
let run = 0;
let prefix: string;

beforeAll(async () => {
  cloud = await startTestCloud(blueprint);
  const { url: endpoint, credentials } = cloud;
  const client = { endpoint, region, credentials };
  s3 = new S3Client({ ...client, forcePathStyle: true });
  sfn = new SFNClient(client);
  batch = new BatchClient(client);
});
afterAll(async () => {
  for (const client of [s3, sfn, batch]) client.destroy();
  await cloud.remove();
});

const Bucket = 'chorus-training';
const put = (Key: string, Body: string | Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));

async function read(Key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

beforeEach(async () => {
  run += 1;
  prefix = `pipelines/houses/run-${run}/`;
  await put(`${prefix}train.parquet`, parquetOf(0, 40));
  await put(`${prefix}test.parquet`, parquetOf(40, 50));
});

/** Runs a job by its state machine, and returns what that gives. */
async function runJob(name: string, changes: Partial<typeof recipe> = {}, more: object = {}) {
  const input = {
    ...more,
    recipe: { ...recipe, ...changes },
    data: { ...order.data, train: `${prefix}train.parquet`, test: `${prefix}test.parquet` },
    output: `${prefix}candidates/houses/`,
  };
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:chorus-${name}`,
      input: JSON.stringify(input),
    }),
  );
  const ended = await cloud.states.executions.ended(executionArn, AbortSignal.timeout(120_000));
  expect(ended).toMatchObject({ status: 'SUCCEEDED' });
  return JSON.parse(ended.output ?? '');
}

/** The jobs of a name that ended so, the latest first. */
async function jobsOf(name: string, jobStatus: 'SUCCEEDED' | 'FAILED') {
  const { jobSummaryList = [] } = await batch.send(
    new ListJobsCommand({ jobQueue: 'chorus-jobs-on-spot', jobStatus }),
  );
  const ids = jobSummaryList.flatMap(({ jobId, jobName }) => (jobName === name && jobId) || []);
  return (await batch.send(new DescribeJobsCommand({ jobs: ids }))).jobs ?? [];
}

describe.each(['fit', 'other-fit'])('the job %s', (name) => {
  it('leaves a candidate, and its outcome is that of the state machine', async () => {
    const outcome = await runJob(name);
    expect(outcome).toMatchObject({ model: 'houses', output: `${prefix}candidates/houses/` });
    const manifest = JSON.parse(
      Buffer.from(await read(`${outcome.output}manifest.json`)).toString(),
    );
    const { file } = parseManifest({ ...manifest, version: 'v1' });
    expect(file.sha256).toBe(outcome.sha256);
    expect((await read(`${outcome.output}model.onnx`)).length).toBe(file.bytes);
  });

  it('that fails tells why, as its program says it', async () => {
    await put(`${prefix}train.parquet`, 'a,b\n1,2\n');
    expect(await runJob(name)).toEqual({
      error: expect.stringMatching(/Parquet/),
      message: expect.stringMatching(/(?:is no|is not) Parquet/),
    });
    const [failed] = await jobsOf(name, 'FAILED');
    expect(failed?.attempts).toHaveLength(1);
  });
});

it('a program that cannot say why it failed is told by its exit code', async () => {
  expect(await runJob('other-fit', { options: { exit: 7 } })).toEqual({
    error: 'JobFailed',
    message: 'Essential container in task exited (exit code 7)',
  });
});

it('capacity that is taken away is replaced, and the job comes to its end', async () => {
  expect(await runJob('other-fit', { options: { kill: 3 } })).toMatchObject({ model: 'houses' });
  const ended = await jobsOf('other-fit', 'SUCCEEDED');
  expect(ended.map(({ attempts = [] }) => attempts.length)).toContain(3);
});

it('capacity that is lost in the middle of a forest costs what was growing: the next attempt goes on, to the same bytes', async () => {
  const forest = { trainer: 'random-forest', options: { trees: 5 } };
  const keptAt = (name: string) => ({ divided: true, checkpoints: `${prefix}kept/${name}/` });
  const whole = await runJob('fit', forest, keptAt('whole'));
  const resumed = await runJob('lost-fit', forest, keptAt('lost'));
  expect(resumed).toEqual(whole);
  const [job] = await jobsOf('lost-fit', 'SUCCEEDED');
  expect(job?.attempts?.map(({ statusReason }) => statusReason)).toEqual([
    'Your Spot Task was interrupted.',
    'Essential container in task exited',
  ]);
  const log = readFileSync(
    `${cloud.directory}/batch/logs/chorus-lost-fit.${job?.jobId}.log`,
    'utf8',
  );
  // Three trees were kept before.
  expect(log).toMatch(/attempt 2 kept 2 trees/);
});

it('the program has a log', async () => {
  await runJob('fit');
  const [ended] = await jobsOf('fit', 'SUCCEEDED');
  const file = `${cloud.directory}/batch/logs/chorus-fit.${ended?.jobId}.log`;
  expect(readFileSync(file, 'utf8')).toContain('"message":"trained"');
});
