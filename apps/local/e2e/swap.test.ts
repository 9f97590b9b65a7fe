import { hash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { recipe } from '@chorus/random-forest/recipe';
import { createRegistry, modelKey, type Registry } from '@chorus/registry';
import { train } from '@chorus/training';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { region } from '../src/index.ts';
import { chorus } from './chorus.ts';
import { hostileGraphs } from './hostile-graphs.ts';
import { forceLive } from './live-version.ts';
import { startLoad } from './load.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

// Generous: what is waited for must happen, how soon is not what these tests are about.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const forest = 'chorus-random-forest';
const bucket = 'chorus-models';
let cloud: TestCloud;
let client: S3Client;
let registry: Registry;

beforeAll(async () => {
  cloud = await startServingCloud();
  client = new S3Client({ endpoint: cloud.url, region, credentials: cloud.credentials });
  registry = createRegistry({ client, bucket });
  const { bytes, manifest } = await train(recipe, { options: { trees: 20 }, seed: 7 });
  await registry.pushVersion({ ...manifest, version: 'v2' }, bytes);
});
afterAll(async () => {
  client.destroy();
  await cloud.remove();
});

const serve = (version: string) =>
  forceLive(cloud, forest, {
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

/** Pushes weights under the manifest of v1. */
async function pushAs(version: string, bytes: Uint8Array): Promise<void> {
  const { training: _, ...manifest } = await registry.fetchManifest('random-forest', 'v1');
  const file = {
    ...manifest.file,
    bytes: bytes.byteLength,
    sha256: hash('sha256', bytes),
  };
  await registry.pushVersion({ ...manifest, version, file }, bytes);
}

describe('a version that loads but cannot answer is refused by name, before anything is sent there', () => {
  const refusals = {
    'a loop without end': /AnswerTimedOutError: .*time.*\. Look for a loop without end/,
    'a constant of 4 TB': /AnswerFailedError: .*InternalError/,
    'a constant of 8 GB': /AnswerCrashedError: .*signal: killed\)\. Give the function more memory/,
    'a range of 8 TB': /AnswerFailedError: .*InternalError/,
    'not a number': /BadAnswerError: .*its output price has no finite number/,
    'minus infinity': /BadAnswerError: .*its output price has no finite number/,
    'the first row only': /BadAnswerError: .*price has the shape \[1\], not \[2\] for 2 rows/,
  };
  const versions = Object.fromEntries(
    Object.keys(refusals).map((name, index) => [name, `v${100 + index}`]),
  );
  beforeAll(async () => {
    for (const [name, version] of Object.entries(versions))
      await pushAs(version, hostileGraphs[name] ?? Buffer.of());
  });

  /** Time enough for any machine, but where time is what it is about. */
  const limitFor = (name: string) =>
    cloud.lambda.configure(forest, {
      Timeout: name === 'a loop without end' ? 6 : 120,
      MemorySize: 512,
    });

  it.each(Object.entries(refusals))('by a swap: %s', async (name, refusal) => {
    const version = versions[name] ?? '';
    await limitFor(name);
    const before = cloud.lambda.find(forest).alias('live');
    const load = startLoad(cloud, 5);
    const { code, out, err } = await chorus(cloud, ['models', 'swap', 'random-forest', version]);
    const { failures, versions: answered } = await load.stop();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`random-forest ${version} did not get ready: `);
    expect(err).toContain('asked its example');
    expect(err).toMatch(refusal);
    expect(err).toContain('Nothing changed: v1 is still live.');
    expect(failures).toEqual([]);
    expect(Object.keys(answered)).toEqual(['v1']);
    expect(cloud.lambda.find(forest).alias('live')).toEqual(before);
    expect(cloud.lambda.describe(forest).settings.environment['MODEL_KEY']).toBe(
      modelKey('random-forest', 'v1'),
    );
    // The process that it was asked in is not at it any more.
    await expect.poll(() => cloud.lambda.busy(forest)).toBe(0);
  });

  it.each(['a loop without end', 'not a number'])('by a promotion: %s', async (name) => {
    const version = versions[name] ?? '';
    await limitFor(name);
    const before = cloud.lambda.find(forest).alias('live');
    const { code, err } = await chorus(cloud, ['models', 'promote', 'random-forest', version]);
    expect(code).toBe(1);
    expect(err).toMatch(refusals[name as keyof typeof refusals]);
    expect(err).toContain('Nothing changed: v1 is still live.');
    expect(cloud.lambda.find(forest).alias('live')).toEqual(before);
    await expect.poll(() => cloud.lambda.busy(forest)).toBe(0);
  });

  it('by a rollback, when what was before cannot answer any more', async () => {
    expect((await chorus(cloud, ['models', 'swap', 'random-forest', 'v2'])).code).toBe(0);
    // Made live without a question, as by hand.
    const bad = versions['not a number'] ?? '';
    await serve(bad);
    const { version } = cloud.lambda.find(forest).versions().at(-1) ?? {};
    await serve('v2');
    const now = cloud.lambda.find(forest).alias('live');
    await cloud.lambda.find(forest).updateAlias('live', {
      Description: `v2 is version ${now.functionVersion}, before: ${bad} was ${version}`,
    });
    const { code, err } = await chorus(cloud, ['models', 'rollback', 'random-forest']);
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(
        `random-forest ${bad} \\(function version ${version}\\) was before, but does not get ready \\(BadAnswerError.*so v2 is still live`,
      ),
    );
    expect((await ask()).version).toBe('v2');
  });
});
