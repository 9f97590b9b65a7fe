import { describe, expect, it } from 'vitest';
import { bucket } from '../links/bucket.ts';
import { job } from '../links/job.ts';
import { needsOfWorkflow } from '../links/needs-of-workflow.ts';
import { narrow } from '../narrow.ts';
import { linkedBlueprint } from '../testing/links.ts';
import { checkJobs } from './check-jobs.ts';
import { type JobSpec, retryOf } from './job-spec.ts';

const good: JobSpec = {
  name: 'fit',
  source: 'packages/fit',
  vCpu: 2,
  memoryMb: 5120,
  timeoutSeconds: 60,
};

describe('a job is refused', () => {
  it.each<[string, Partial<JobSpec>, string]>([
    ['processors that Fargate does not have', { vCpu: 3 }, 'Fargate has 0.25, 0.5, 1, 2, 4, 8, 16'],
    ['too little memory', { memoryMb: 2048 }, 'has 4096 to 16384 MB in steps of 1024, not 2048'],
    ['memory between two steps', { memoryMb: 4608 }, 'not 4608'],
    ['memory that only a quarter lacks', { vCpu: 0.25, memoryMb: 1536 }, 'not 1536'],
    ['eleven attempts', { attempts: 11 }, '1 to 10 attempts, not 11'],
    ['half an attempt', { attempts: 0.5 }, 'not 0.5'],
    ['less than a minute', { timeoutSeconds: 59 }, '60 s at least, not 59'],
    ['no time', { timeoutSeconds: Number.NaN }, 'not NaN'],
    [
      'a machine that SageMaker does not have',
      { sageMaker: { instance: 'm5.xlarge', diskGb: 30 } },
      'is called like ml.m5.xlarge, not m5.xlarge',
    ],
    [
      'no disk on SageMaker',
      { sageMaker: { instance: 'ml.m5.xlarge', diskGb: 0 } },
      'disks of 1 to 16384 GB, not 0',
    ],
  ])('with %s', (_name, changes, message) => {
    const check = () => checkJobs({ jobs: [{ ...good, ...changes }] });
    expect(check).toThrow('the job fit: ');
    expect(check).toThrow(message);
  });

  it('with the name of another', () => {
    expect(() => checkJobs({ jobs: [good, { ...good }] })).toThrow('two jobs with the name fit');
  });

  it.each([
    [0.25, 512],
    [0.25, 1024],
    [0.25, 2048],
    [1, 2048],
    [8, 20_480],
    [16, 122_880],
  ])('but not with %d processors and %d MB', (vCpu, memoryMb) => {
    expect(() => checkJobs({ jobs: [{ ...good, vCpu, memoryMb }] })).not.toThrow();
  });
});

it('is tried again for the loss of its capacity alone, which only Spot loses', () => {
  expect(retryOf(good).attempts).toBe(5);
  expect(retryOf({ ...good, attempts: 2 }).attempts).toBe(2);
  expect(retryOf({ ...good, spot: false, attempts: 2 }).attempts).toBe(1);
  expect(retryOf(good).evaluateOnExit.map(({ action }) => action)).toEqual(['RETRY', 'EXIT']);
});

describe('a state machine with a link to a job', () => {
  it('may submit that job, to its queue, and no other', () => {
    const links = [job('big-fit'), job('fit')];
    const { variables, statements } = needsOfWorkflow({ name: 'price', links }, linkedBlueprint);
    expect(variables).toEqual({
      BIG_FIT_JOB: { kind: 'job', job: 'big-fit' },
      BIG_FIT_JOB_QUEUE: { kind: 'job-queue', queue: 'jobs-on-spot' },
      FIT_JOB: { kind: 'job', job: 'fit' },
      FIT_JOB_QUEUE: { kind: 'job-queue', queue: 'jobs' },
    });
    expect(statements).toMatchObject([
      { sid: 'SubmitBigFit', actions: ['batch:SubmitJob'] },
      { sid: 'SubmitFit', actions: ['batch:SubmitJob'] },
    ]);
    expect(statements[0]?.resources).toEqual([
      { kind: 'job', job: 'big-fit', which: 'itself' },
      { kind: 'job', job: 'big-fit', which: 'revisions' },
      { kind: 'job-queue', queue: 'jobs-on-spot' },
    ]);
  });

  it('that SageMaker runs is told its name, image and role, and has no right of Batch', () => {
    const sageMaker = { instance: 'ml.m5.xlarge', diskGb: 30 };
    const blueprint = { ...linkedBlueprint, jobs: [{ ...good, sageMaker }] };
    const needs = needsOfWorkflow({ name: 'price', links: [job('fit')] }, blueprint);
    expect(needs).toEqual({
      variables: {
        FIT_JOB: { kind: 'training-job', job: 'fit', part: 'name' },
        FIT_JOB_IMAGE: { kind: 'training-job', job: 'fit', part: 'image' },
        FIT_JOB_ROLE: { kind: 'training-job', job: 'fit', part: 'role' },
      },
      statements: [],
    });
  });

  it('is refused if there is no such job', () => {
    const needs = () => needsOfWorkflow({ name: 'price', links: [job('none')] }, linkedBlueprint);
    expect(needs).toThrow('price: there is no job none');
  });
});

it('a program has the variables and rights of its links', () => {
  const links = [bucket('photos', { access: 'read', prefix: 'in/' })];
  const { variables } = needsOfWorkflow({ ...good, links }, linkedBlueprint);
  expect(Object.keys(variables)).toEqual(['PHOTOS_BUCKET']);
});

it('a part of the service has the jobs that something in it runs', () => {
  const [price] = linkedBlueprint.workflows;
  if (price === undefined) throw new TypeError('no workflow');
  const machine = { ...price, name: 'trains', of: 'animal-kind', links: [job('fit')] };
  const full = { ...linkedBlueprint, machines: [machine] };
  const jobsOf = (workflows: readonly string[]) =>
    narrow(full, { workflows }).jobs?.map(({ name }) => name);
  // Nothing ever ran the other one.
  expect(jobsOf(['price'])).toEqual(['big-fit']);
  expect(jobsOf(['animal-kind'])).toEqual(['big-fit', 'fit']);
});
