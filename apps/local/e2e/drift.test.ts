import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  asynchronous,
  type Blueprint,
  idempotent,
  model,
  pipelines,
  watchDrift,
} from '@chorus/blueprint';
import { boston, bostonColumns } from '@chorus/training';
import { bostonSchema } from '@chorus/training/boston';
import { bostonRecipes, bostonTarget } from '@chorus/training/boston-recipes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chorus } from './chorus.ts';
import { houses } from './fixed-service.ts';
import { moreHouses } from './pipeline/houses.ts';
import { followRuns, type Runs } from './pipeline/runs.ts';
import { post, startServingCloud, type TestCloud } from './test-cloud.ts';

const { functions: later, ...answeredLater } = asynchronous(houses.workflows);
const once = idempotent(answeredLater.routes);

const [workflow] = houses.workflows;
if (workflow === undefined) throw new Error('there is no workflow of houses');
const name = 'linear-regression';
/** Files are kept until the model drifts. */
const training = pipelines([
  {
    name: 'houses',
    workflow,
    target: { name: bostonTarget },
    train: [{ model: model(name), schema: bostonSchema(name), ...bostonRecipes[name] }],
    rows: { minimum: 100, maximum: 10_000 },
    startedBy: ['drift'],
  },
]);
const watch = watchDrift(training.driftRules);

/** The models of houses, whose inputs and answers are counted. */
const service: Blueprint = {
  ...houses,
  ...answeredLater,
  functions: [...houses.functions, ...later, ...watch.functions, ...training.functions],
  machines: [...answeredLater.machines, ...once.machines, ...training.machines],
  routes: once.routes,
  tables: [...answeredLater.tables, ...once.tables, ...watch.tables, ...training.tables],
  buckets: [...houses.buckets, ...training.buckets],
  queues: [...answeredLater.queues, ...training.queues],
  buses: [...answeredLater.buses, ...watch.buses],
};

let cloud: TestCloud;
let runs: Runs;
/** Houses of the data set, by the names of their columns, and their prices. */
let rows: Record<string, number>[];
let prices: readonly number[];

beforeAll(async () => {
  const { table } = await boston.load();
  prices = [...table.target];
  rows = prices.map((_, row) =>
    Object.fromEntries(
      bostonColumns.map(({ name }, at) => [name, table.features[row * 13 + at] ?? Number.NaN]),
    ),
  );
  cloud = await startServingCloud(undefined, service);
  runs = followRuns(cloud, 'houses');
});
afterAll(async () => {
  runs.close();
  await cloud.remove();
});

interface Feature {
  readonly name: string;
  readonly verdict: string;
  readonly rows: number;
}

async function drift(): Promise<{
  readonly verdict: string;
  readonly inputs: readonly Feature[];
  readonly outputs: readonly Feature[];
}> {
  const { code, out, err } = await chorus(cloud, ['drift', 'svr', '--json']);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out).models[0];
}

/** Asks about rows in requests of so many that each of them is counted: of longer ones only a part is. */
async function askAbout(all: readonly Record<string, number>[]): Promise<void> {
  for (let from = 0; from < all.length; from += 100) {
    const instances = all.slice(from, from + 100);
    expect((await post(cloud, '/predict/house-price', { instances })).status).toBe(200);
  }
}

it('is told from what a model was asked: not by its training rows, but when one column moves', async () => {
  expect((await drift()).verdict).toBe('too few rows');
  await askAbout(rows);
  await runs.upload('newest.csv', moreHouses());
  const before = await drift();
  expect(before.verdict).toBe('no drift');
  expect(before.inputs.map(({ name }) => name)).toEqual(bostonColumns.map(({ name }) => name));
  for (const feature of [...before.inputs, ...before.outputs]) expect(feature.rows).toBe(506);

  // Files wait.
  expect(await runs.list()).toEqual([]);

  const larger = rows.map((row) => ({ ...row, RM: (row['RM'] ?? 0) + 1 }));
  await askAbout(larger);
  const after = await drift();
  expect(after.verdict).toBe('drift');
  const drifted = after.inputs.filter(({ verdict }) => verdict === 'drift');
  expect(drifted.map(({ name }) => name)).toEqual(['RM']);
  expect(after.inputs[0]?.rows).toBe(1012);
});

it('starts a pipeline of the model with the newest file, once', async () => {
  const run = await runs.end('newest.csv');
  expect(run).toMatchObject({
    status: 'promoted',
    drift: { model: name, version: 'v1', columns: expect.arrayContaining(['RM']) },
  });
  // It is another version that is judged from now on; the others drift still.
  expect((await drift()).verdict).toBe('drift');
  expect(await runs.list()).toEqual([run]);
});

it('of the answers is told by labels that come later', async () => {
  const asked = [0, 1, 2].map(async (row) => {
    const { status, body } = await post(cloud, '/predict/house-price?async=1', rows[row]);
    expect(status).toBe(202);
    return { id: Object(body)['id'] as string, price: prices[row] };
  });
  const accepted = await Promise.all(asked);
  for (const { id } of accepted)
    await expect.poll(async () => (await fetch(`${cloud.url}/predictions/${id}`)).status).toBe(200);
  const file = join(cloud.directory, 'truths.csv');
  await writeFile(
    file,
    `id,truth\n${accepted.map(({ id, price }) => `${id},${price}\n`).join('')}`,
  );
  const { code, out } = await chorus(cloud, ['labels', 'push', file, '--json']);
  expect(code).toBe(0);
  const { pushed, versions } = JSON.parse(out);
  expect(pushed).toBe(3);
  const said = (versions as readonly { readonly model: string }[]).map(({ model }) => model);
  expect(said.toSorted()).toEqual(['house-price', 'linear-regression', 'random-forest', 'svr']);
  for (const { labels, metrics } of versions) {
    expect(labels).toBe(3);
    // In thousands of dollars: houses that most of the models have seen.
    expect(metrics.rmse.value).toBeLessThan(10);
  }
});
