import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { physicalName } from '@chorus/blueprint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { startLoad } from './load.ts';
import { fewHouses, moreHouses } from './pipeline/houses.ts';
import { startKillable } from './pipeline/killable-cloud.ts';
import { promotingService } from './pipeline/promoting-service.ts';
import { followRuns, type Runs } from './pipeline/runs.ts';
import { statesOfRun } from './pipeline/states-of-run.ts';
import { visits } from './pipeline/visits.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

let directory: string;
let cloud: TestCloud;
const followed: Runs[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-promotion-'));
  const none = undefined;
  cloud = await startServingCloud(none, promotingService, none, none, none, directory);
});
afterAll(async () => {
  for (const runs of followed) runs.close();
  await rm(directory, { recursive: true, force: true });
});

/** The runs of a pipeline. */
function runsOf(pipeline: string, of: Pick<TestCloud, 'url' | 'credentials'> = cloud): Runs {
  const runs = followRuns(of, pipeline);
  followed.push(runs);
  return runs;
}

/** Returns the version of a model that answers about houses. */
async function answering(model: string): Promise<string | undefined> {
  const { body } = await post(cloud, '/predict/house-price', house);
  return body.models[model]?.version;
}

/** Returns how much of the requests a second version of a model gets. */
async function canaryOf(
  { url: endpoint, credentials }: Pick<TestCloud, 'url' | 'credentials'>,
  model: string,
): Promise<number | undefined> {
  const lambda = new LambdaClient({ endpoint, credentials, region });
  try {
    const { RoutingConfig } = await lambda.send(
      new GetAliasCommand({ FunctionName: physicalName(model), Name: 'live' }),
    );
    return Object.values(RoutingConfig?.AdditionalVersionWeights ?? {})[0];
  } finally {
    lambda.destroy();
  }
}

it('a canary whose predictions are too far from those that callers know is taken back, and the report says why', async () => {
  const runs = runsOf('too-far');
  const load = startLoad(cloud, 10);
  await runs.upload('more.csv', moreHouses());
  const run = await runs.end('more.csv');
  const { failures, versions, last } = await load.stop();
  expect(failures).toEqual([]);
  expect(last).toBe('v1');
  expect(['v1', 'v1,v2']).toContain(Object.keys(versions).sort().join(','));
  expect(await canaryOf(cloud, 'random-forest')).toBeUndefined();
  // What is better on the rows that were held out may still be too different.
  expect(run).toMatchObject({ status: 'kept', live: {} });
  expect(run.summary).toMatch(
    /random-forest: its predictions are on average .* at most 0.001 times/,
  );
  const { promoted } = await runs.report(run);
  expect(promoted).toMatchObject([
    {
      model: 'random-forest',
      version: 'v2',
      outcome: 'refused',
      reasons: [expect.stringContaining("away from the old version's")],
      phases: [{ phase: 'canary', share: 0.5, live: { errors: 0 }, new: { errors: 0 } }],
    },
  ]);
  expect(promoted[0]?.phases?.[0]?.apart?.mean).toBeGreaterThan(0.001);
});

it('two pipelines run at once, one of them for a model of something else; each report has the figures of its trial', async () => {
  const [houses, customers] = [runsOf('unseen'), runsOf('returns')];
  await Promise.all([
    houses.upload('more.csv', moreHouses()),
    customers.upload('visits.csv', visits(400)),
  ]);
  const [one, other] = await Promise.all([houses.end('more.csv'), customers.end('visits.csv')]);
  expect(one).toMatchObject({ status: 'promoted', live: { svr: 'v2' } });
  expect(other).toMatchObject({ status: 'promoted', live: { returns: 'v2' } });
  // Neither waited for the other's end.
  expect(one.started < (other.ended ?? '') && other.started < (one.ended ?? '')).toBe(true);
  const seen = { requests: expect.any(Number), errors: 0, p95: expect.any(Number) };
  expect((await houses.report(one)).promoted[0]?.phases).toMatchObject([
    { phase: 'shadow', share: 0, live: seen, new: seen },
  ]);
  expect((await customers.report(other)).promoted[0]?.phases).toMatchObject([
    { phase: 'shadow', share: 0, live: seen, new: seen },
    { phase: 'canary', share: 0.5, live: seen, new: seen },
  ]);
  expect(await answering('svr')).toBe('v2');
  const asked = await post(cloud, '/v2/models/returns/infer', {
    inputs: [{ name: 'features', datatype: 'FP64', shape: [2, 3], data: [16, 40, 0, 1, 40, 10] }],
  });
  const { model_version, outputs } = Object(asked.body);
  expect(model_version).toBe('v2');
  expect(outputs[0].data[0]).toBeGreaterThan(0.7);
  expect(outputs[0].data[1]).toBeLessThan(0.3);
});

it('a wait for a person ends when its time is up, and what was live stays', async () => {
  const runs = runsOf('unheard');
  await runs.upload('more.csv', moreHouses());
  const run = await runs.end('more.csv');
  expect(run).toMatchObject({
    status: 'rejected',
    live: {},
    summary: 'nothing was heard for 2 seconds',
  });
  expect(run).not.toHaveProperty('token');
  expect(await answering('linear-regression')).toBe('v1');
  const { published, promoted } = await runs.report(run);
  expect(published).toMatchObject([{ model: 'linear-regression', version: 'v2' }]);
  expect(promoted).toEqual([]);
});

it('a file from which nothing is learned comes to no canary', async () => {
  const runs = runsOf('by-degrees');
  await runs.upload('few.csv', fewHouses());
  const run = await runs.end('few.csv');
  expect(run).toMatchObject({ status: 'kept', live: {} });
  expect(await runs.report(run)).toMatchObject({ published: [], promoted: [] });
});

it('a cloud that is killed in the middle of a canary takes it back, tries it again and ends as if nothing had been', async () => {
  await cloud.close();
  const killable = await startKillable(directory, 'promoting');
  try {
    await runsOf('by-degrees', killable.address()).upload('more.csv', moreHouses());
    await expect
      .poll(() => canaryOf(killable.address(), 'linear-regression'), { interval: 50 })
      .toBe(0.5);
    await killable.kill();
    await killable.start();
    const runs = runsOf('by-degrees', killable.address());
    const run = await runs.end('more.csv');
    expect(run).toMatchObject({
      status: 'promoted',
      live: { 'linear-regression': expect.any(String) },
    });
    const version = run.live?.['linear-regression'];
    expect(await canaryOf(killable.address(), 'linear-regression')).toBeUndefined();
    const { promoted } = await runs.report(run);
    expect(promoted).toMatchObject([
      { version, outcome: 'live', phases: [{ phase: 'shadow' }, { phase: 'canary' }] },
    ]);
    // The machine goes on in the middle of its promotion, and enters no state again.
    const { entered } = await statesOfRun(killable.address(), 'by-degrees');
    expect(entered.filter((each) => each === 'Promote')).toHaveLength(1);
  } finally {
    await killable.kill();
  }
});
