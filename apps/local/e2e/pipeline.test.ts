import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { physicalName } from '@chorus/blueprint';
import { createRegistry } from '@chorus/registry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { changed, fewHouses, moreHouses, without } from './pipeline/houses.ts';
import { startKillable } from './pipeline/killable-cloud.ts';
import { pipelineService } from './pipeline/pipeline-service.ts';
import { followRuns, type Runs } from './pipeline/runs.ts';
import { statesOfRun } from './pipeline/states-of-run.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const models = ['linear-regression', 'random-forest', 'svr'];

let cloud: TestCloud;
let runs: Runs;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, pipelineService);
  runs = followRuns(cloud, 'house-price');
});
afterAll(async () => {
  runs.close();
  await cloud.remove();
});

/** The versions that answer callers. */
async function answering(): Promise<Readonly<Record<string, string>>> {
  const { body } = await post(cloud, '/predict/house-price', house);
  return Object.fromEntries(
    Object.entries(body.models).map(([name, { version }]) => [name, version]),
  );
}

/** All versions that there are, by model. */
async function versionsIn({ url: endpoint, credentials }: Pick<TestCloud, 'url' | 'credentials'>) {
  const client = new S3Client({ endpoint, credentials, region, forcePathStyle: true });
  const registry = createRegistry({ client, bucket: physicalName('models') });
  try {
    const all = await Promise.all(models.map((name) => registry.listVersions(name)));
    return Object.fromEntries(models.map((name, index) => [name, all[index]]));
  } finally {
    client.destroy();
  }
}

/** What is known of a version. */
async function manifestOf(model: string, version: string) {
  const { url: endpoint, credentials } = cloud;
  const client = new S3Client({ endpoint, credentials, region, forcePathStyle: true });
  try {
    return await createRegistry({ client, bucket: physicalName('models') }).fetchManifest(
      model,
      version,
    );
  } finally {
    client.destroy();
  }
}

const every = <Value>(value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(models.map((name) => [name, value]));

describe('a file of rows in S3', () => {
  it('that teaches nothing leaves what is live, and says why', async () => {
    await runs.upload('few.csv', fewHouses());
    const run = await runs.end('few.csv');
    expect(run).toMatchObject({ status: 'kept', live: {} });
    expect(await answering()).toEqual(every('v1'));
    expect(await versionsIn(cloud)).toEqual(every(['v1']));
    const { evaluation } = await runs.report(run);
    expect(evaluation.map(({ model }) => model)).toEqual(models);
    for (const { chosen, reason, champion, rows } of evaluation) {
      expect(chosen).toBe(false);
      expect(reason).toMatch(/^not better(?: beyond doubt)?: RMSE /);
      expect(champion?.version).toBe('v1');
      expect(rows).toBeGreaterThan(10);
    }
  });

  it('that teaches more makes new versions live by itself, with a report', async () => {
    const before = await post(cloud, '/predict/house-price', house);
    await runs.upload('more.csv', moreHouses());
    const run = await runs.end('more.csv');
    expect(run).toMatchObject({ status: 'promoted', live: every('v2') });
    expect(await answering()).toEqual(every('v2'));
    expect((await post(cloud, '/predict/house-price', house)).body.predictions).not.toEqual(
      before.body.predictions,
    );
    const report = await runs.report(run);
    expect(report).toMatchObject({
      key: 'training-data/house-price/more.csv',
      validation: { ok: true, rows: 607, problems: [] },
      promoted: models.map((model) => ({ model, version: 'v2', champion: 'v1', outcome: 'live' })),
    });
    expect((report.data?.trainRows ?? 0) + (report.data?.testRows ?? 0)).toBe(607);
    const { lineage, training } = await manifestOf('svr', 'v2');
    expect(lineage).toMatchObject({ parent: 'v1', execution: run.execution });
    expect(training?.dataset).toMatchObject({ key: run.key, sha256: report.data?.sha256 });
    for (const { champion, challenger, difference, warnings } of report.evaluation) {
      // The live version was split by the same rule; that the data is another is said.
      expect(warnings).toEqual([expect.stringContaining('the data is not as it was')]);
      expect(champion?.rmse.value).toBeGreaterThan(challenger.rmse.high);
      expect(difference?.low).toBeGreaterThan(0);
    }
  });

  it('that has been seen before, by any name, trains nothing again', async () => {
    await runs.upload('more-again.csv', moreHouses());
    const run = await runs.end('more-again.csv');
    expect(run).toMatchObject({
      status: 'known',
      first: { key: 'training-data/house-price/more.csv' },
    });
    expect(await versionsIn(cloud)).toEqual(every(['v1', 'v2']));
  });

  it.each<[string, string, string, object]>([
    ['lacks a column', 'no-rooms.csv', without('rm'), { rule: 'column-missing', column: 'RM' }],
    [
      'has texts among its numbers',
      'texts.csv',
      changed((cell, column, row) => (column === 'tax' && row === 6 ? 'much' : cell)),
      { rule: 'number', column: 'TAX', count: 1, first: [{ row: 7, value: 'much' }] },
    ],
    ['has ten rows', 'ten.csv', changed((cell) => cell, 10), { rule: 'rows' }],
    [
      'has the same label in all rows',
      'equal.csv',
      changed((cell, column) => (column === 'medv' ? '20' : cell)),
      { rule: 'constant-target', column: 'medv' },
    ],
    ['is of no known format', 'rows.xlsx', 'PK', { rule: 'format' }],
    ['is empty', 'empty.csv', '', {}],
  ])('that %s is refused, with its rows', async (_what, name, body, problem) => {
    await runs.upload(name, body);
    const run = await runs.end(name);
    expect(run.status).toBe('refused');
    const { validation, trained } = await runs.report(run);
    expect(validation?.problems).toContainEqual(expect.objectContaining(problem));
    expect(trained).toEqual([]);
    expect(run.summary).toContain(validation?.problems[0]?.message);
  });

  it('that comes at the same moment as another ends, whichever is first', async () => {
    const names = ['one.csv', 'other.csv'] as const;
    await Promise.all(names.map((name, seed) => runs.upload(name, moreHouses(seed + 10, 3))));
    const ended = await Promise.all(names.map((name) => runs.end(name)));
    for (const { status } of ended) expect(['promoted', 'kept']).toContain(status);
    // A version that is live was compared with the one whose place it took.
    for (const run of ended)
      for (const { model, outcome, champion } of (await runs.report(run)).promoted)
        if (outcome === 'live')
          expect(
            (await runs.report(run)).evaluation.find((each) => each.model === model)?.champion
              ?.version,
          ).toBe(champion);
    const live = await answering();
    const promoted = ended.flatMap((run) => Object.entries(run.live ?? {}));
    for (const [model, version] of Object.entries(live))
      expect(
        version === 'v2' || promoted.some((each) => String(each) === `${model},${version}`),
      ).toBe(true);
  });
});

/** Ten starts of a cloud; how long they take decides nothing. */
const patience = 600_000;

it('ends in the same state though the cloud is killed in each step', {
  timeout: patience,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-pipeline-'));
  const none = undefined;
  const first = await startServingCloud(none, pipelineService, none, none, none, directory);
  await first.close();
  const killable = await startKillable(directory);
  try {
    const following = followRuns(killable.address(), 'house-price');
    await following.upload('more.csv', moreHouses());
    following.close();
    // As soon as S3 has answered, and then in each step.
    await killable.kill();
    await killable.start();
    const steps = [
      'Claim',
      'Validate',
      'Process',
      'Train',
      'Evaluate',
      'Publish',
      'Promote',
      'Report promotion',
    ];
    for (const step of steps) {
      await expect
        .poll(() => statesOfRun(killable.address(), 'house-price'), { interval: 10 })
        .toMatchObject({ entered: expect.arrayContaining([step]) });
      await killable.kill();
      await killable.start();
    }
    const after = followRuns(killable.address(), 'house-price');
    const run = await after.end('more.csv');
    const { promoted } = await after.report(run);
    after.close();
    expect(run).toMatchObject({ status: 'promoted', live: every('v2') });
    expect(promoted).toHaveLength(3);
    expect(await versionsIn(killable.address())).toEqual(every(['v1', 'v2']));
    const { entered, status } = await statesOfRun(killable.address(), 'house-price');
    expect(status).toBe('SUCCEEDED');
    // What has ended is not run again.
    for (const step of steps) expect(entered.filter((each) => each === step)).toHaveLength(1);
  } finally {
    await killable.kill();
    await rm(directory, { recursive: true, force: true });
  }
});
