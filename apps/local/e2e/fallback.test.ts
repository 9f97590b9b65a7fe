import {
  ask,
  type Blueprint,
  fallback,
  give,
  model,
  output,
  routesTo,
  rows,
  sequence,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';
import { bostonColumns, bostonExample, bostonSchema } from '@chorus/training/boston';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { chorus } from './chorus.ts';
import { houses } from './fixed-service.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const [light, heavy] = ['linear-regression', 'random-forest'] as const;
const price = (name: string) => ask(model(name), bostonSchema(name));

/** A light model, and a heavy one where the light one says more than 25 or fails; of two that fail the light one's answer stands. */
const careful: WorkflowSpec = workflow({
  name: 'careful',
  request: rows({ columns: bostonColumns, maxBatch: 1 }),
  steps: sequence(
    fallback(price(light), {
      unless: '$price.data[0] <= 25',
      use: price(heavy),
      keep: true,
      decision: 'decision',
      first: '{ "price": $price.data[0] }',
    }),
    give({ made: '$merge([{ "price": $price.data[0] }, $decision])' }),
  ),
  answer: output('made'),
  example: bostonExample,
});
const workflows = [...houses.workflows, careful];
const service: Blueprint = {
  ...houses,
  workflows,
  routes: [...houses.routes, ...routesTo([careful])],
};

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, service);
});
afterAll(() => cloud.remove());
afterEach(() => chaos('stop'));

async function chaos(...argv: readonly string[]): Promise<void> {
  const { code, err } = await chorus(cloud, ['chaos', ...argv]);
  expect(code, err).toBe(0);
}

/** Worth less than 25 to the light model; the example is worth about 30. */
const cheap = { ...house, LSTAT: 30 };

async function decide(row: object) {
  const { status, body } = await post(cloud, '/predict/careful', row);
  const { failed = {}, models = {}, predictions: [made] = [], error } = body;
  return { status, made, models: Object.keys(models), failed, error };
}

it('the light model answers alone where its answer is good enough, and the answer says so', async () => {
  expect(await decide(cheap)).toMatchObject({
    status: 200,
    made: { by: light, because: 'accepted', price: expect.any(Number) },
    models: [light],
    failed: {},
  });
});

it('the heavy one answers where it is not, and the answer says what the light one had said', async () => {
  const { status, made, models } = await decide(house);
  expect([status, models]).toEqual([200, [light, heavy]]);
  expect(made).toMatchObject({ by: heavy, because: 'rejected' });
  const first = made?.['first'] as unknown as { readonly price: number };
  expect(first.price).toBeGreaterThan(25);
  expect(made?.['price']).not.toBe(first.price);
});

it.each([
  ['fail', 'ChaosError'],
  ['kill', 'Runtime.ExitError'],
  ['corrupt', 'Lambda.Unknown'],
])('the heavy one stands in where each event of the light one has a %s', async (fault, error) => {
  await chaos(fault, light);
  expect(await decide(cheap)).toMatchObject({
    status: 200,
    made: { by: heavy, because: 'failed' },
    models: [heavy],
    failed: { [light]: { error } },
  });
});

it('the light one’s answer stands where the heavy one fails, and the answer names it', async () => {
  await chaos('fail', heavy);
  expect(await decide(house)).toMatchObject({
    status: 200,
    made: { by: light, because: 'kept', first: { price: expect.any(Number) } },
    models: [light],
    failed: { [heavy]: { error: 'ChaosError' } },
  });
});

it('nothing is answered where both fail', async () => {
  await chaos('fail', light);
  await chaos('fail', heavy);
  const { status, failed } = await decide(house);
  expect([status, Object.keys(failed)]).toEqual([503, [light, heavy]]);
});
