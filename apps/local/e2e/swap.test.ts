import { S3Client } from '@aws-sdk/client-s3';
import { recipe } from '@chorus/random-forest/recipe';
import { createRegistry, modelKey, type Registry } from '@chorus/registry';
import { train } from '@chorus/training';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { credentials, region } from '../src/index.ts';
import { forceLive } from './live-version.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const bucket = 'chorus-models';
let cloud: TestCloud;
let client: S3Client;
let registry: Registry;

beforeAll(async () => {
  cloud = await startServingCloud();
  client = new S3Client({ endpoint: cloud.url, region, credentials });
  registry = createRegistry({ client, bucket });
  const { bytes, manifest } = await train(recipe, { options: { trees: 20 }, seed: 7 });
  await registry.pushVersion({ ...manifest, version: 'v2' }, bytes);
});
afterAll(async () => {
  client.destroy();
  await cloud.remove();
});

const serve = (version: string) =>
  forceLive(cloud, 'chorus-random-forest', {
    MODEL_BUCKET: bucket,
    MODEL_KEY: modelKey('random-forest', version),
  });

async function ask(): Promise<{ readonly version: string; readonly price: number }> {
  const { status, body } = await post(cloud, '/predict/house-price', house);
  expect(status, body.error).toBe(200);
  expect(body.failed).toEqual({});
  return {
    version: body.models['random-forest']?.version ?? '',
    price: body.predictions[0]?.['random-forest'] ?? Number.NaN,
  };
}

it('swaps under load: nothing fails, no answer mixes versions, new requests get the new one', async () => {
  const first = await ask();
  expect(first.version).toBe('v1');

  let done = false;
  const seen: { readonly version: string; readonly price: number }[] = [];
  const callers = Array.from({ length: 4 }, async () => {
    while (!done) seen.push(await ask());
  });
  await serve('v2');
  const second = await ask();
  expect(second.version).toBe('v2');
  expect(second.price).not.toBe(first.price);
  await serve('v1');
  expect(await ask()).toEqual(first);
  done = true;
  await Promise.all(callers);

  const prices = { v1: first.price, v2: second.price };
  for (const { version, price } of seen) expect(price).toBe(prices[version as 'v1' | 'v2']);
});
