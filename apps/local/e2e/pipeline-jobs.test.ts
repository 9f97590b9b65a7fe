import { BatchClient, DescribeJobsCommand, ListJobsCommand } from '@aws-sdk/client-batch';
import { type Blueprint, pipelines } from '@chorus/blueprint';
import { bostonSchema } from '@chorus/training/boston';
import { bostonRecipes, bostonTarget } from '@chorus/training/boston-recipes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { moreHouses } from './pipeline/houses.ts';
import { pipelineService } from './pipeline/pipeline-service.ts';
import { followRuns, type Runs } from './pipeline/runs.ts';
import { startServingCloud, type TestCloud } from './test-cloud.ts';

const size = { vCpu: 1, memoryMb: 2048, timeoutSeconds: 600 };

const shares = { of: 2, rows: 1 };

const names = ['linear-regression', 'random-forest', 'svr'] as const;

/**
 * The pipeline, in which one model is trained by a job, and another by one that fails; the third by the function, which tries options
 * and does its work in shares. Shares of the first are refused: its work cannot be divided.
 */
function withJobs(): Blueprint {
  const [workflow] = pipelineService.workflows;
  if (workflow === undefined) throw new TypeError('the service has no workflow');
  const trained = (name: (typeof names)[number]) => {
    const model = pipelineService.functions.find((each) => each.name === name);
    if (model === undefined) throw new TypeError(`the service has no ${name}`);
    return { model, schema: bostonSchema(name), ...bostonRecipes[name] };
  };
  const { machines, jobs } = pipelines([
    {
      name: 'house-price',
      workflow,
      target: { name: bostonTarget },
      train: [
        {
          ...trained('linear-regression'),
          shares,
          job: { name: 'fit', source: 'packages/functions/train', ...size },
        },
        { ...trained('random-forest'), search: { minLeaf: [1, 50] }, shares },
        {
          ...trained('svr'),
          options: { exit: 7 },
          job: {
            name: 'other-fit',
            source: 'apps/local/e2e/jobs',
            command: [process.execPath, 'fit.ts'],
            ...size,
          },
        },
      ],
      rows: { minimum: 100, maximum: 10_000 },
    },
  ]);
  const made = new Set(machines.map(({ name }) => name));
  const others = (pipelineService.machines ?? []).filter(({ name }) => !made.has(name));
  return { ...pipelineService, machines: [...others, ...machines], jobs };
}

let cloud: TestCloud;
let runs: Runs;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, withJobs());
  runs = followRuns(cloud, 'house-price');
});
afterAll(async () => {
  runs.close();
  await cloud.remove();
});

it('a model that a job trained goes live like those of the function; of a job that failed the report says why', async () => {
  await runs.upload('more.csv', moreHouses());
  const run = await runs.end('more.csv');
  expect(run).toMatchObject({
    status: 'promoted',
    live: { 'linear-regression': 'v2', 'random-forest': 'v2' },
  });
  const { trained } = await runs.report(run);
  expect(trained).toMatchObject([
    {
      model: 'linear-regression',
      metrics: { rmse: expect.anything() },
      shares: [{ error: 'TrainingError' }, { error: 'TrainingError' }],
    },
    {
      model: 'random-forest',
      metrics: { rmse: expect.anything() },
      options: { minLeaf: 1 },
      tried: [{ options: { minLeaf: 1 } }, { options: { minLeaf: 50 } }],
      shares: [
        { parts: { first: 0, end: 50, of: 100 } },
        { parts: { first: 50, end: 100, of: 100 } },
      ],
    },
    {
      model: 'svr',
      error: 'JobFailed',
      cause: 'Essential container in task exited (exit code 7)',
    },
  ]);
  const [, forest] = trained;
  const [better = Number.NaN, worse = Number.NaN] =
    forest?.tried?.map(({ metrics }) => metrics?.['rmse'] ?? Number.NaN) ?? [];
  expect(better).toBeLessThan(worse);
  const { url: endpoint, credentials } = cloud;
  const batch = new BatchClient({ endpoint, region, credentials });
  const { jobSummaryList: [first] = [] } = await batch.send(
    new ListJobsCommand({ jobQueue: 'chorus-jobs-on-spot', jobStatus: 'SUCCEEDED' }),
  );
  const { jobs: [job] = [] } = await batch.send(
    new DescribeJobsCommand({ jobs: [first?.jobId ?? ''] }),
  );
  batch.destroy();
  expect(job).toMatchObject({ jobName: 'fit', status: 'SUCCEEDED' });
});
