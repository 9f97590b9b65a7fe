import { rm } from 'node:fs/promises';
import type { Blueprint } from '@chorus/blueprint';
import { afterAll, expect, it } from 'vitest';
import { houses } from './fixed-service.ts';
import { house, post, startServingCloud, startTestCloud, type TestCloud } from './test-cloud.ts';

/** How each model is kept; the others are not. */
const kept: Readonly<Record<string, object>> = {
  svr: { provisionedConcurrency: 1 },
  'linear-regression': { keepWarmMinutes: 5 },
};

const blueprint: Blueprint = {
  ...houses,
  functions: houses.functions.map((spec) => ({ ...spec, ...kept[spec.name] })),
};

let cloud: TestCloud;
afterAll(async () => {
  await cloud.close(0);
  await rm(cloud.directory, { recursive: true, force: true });
});

it('answer their first request without a cold start, and the others do not', async () => {
  const first = await startServingCloud(undefined, blueprint);
  await first.close(0);
  cloud = await startTestCloud(blueprint, first.directory);
  await expect.poll(() => cloud.lambda.processes).toBe(2);
  const { status, body } = await post(cloud, '/predict/house-price', house);
  expect(status).toBe(200);
  const cold = Object.entries(body.models).map(([name, { coldStart }]) => [name, coldStart]);
  expect(Object.fromEntries(cold)).toEqual({
    svr: false,
    'linear-regression': false,
    'random-forest': true,
  });
});
