import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { narrow } from '@chorus/blueprint';
import { createRegistry, parseManifest } from '@chorus/registry';
import { blueprint } from '@chorus/service';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { region } from '../src/index.ts';
import { chorus } from './chorus.ts';
import { post, startServingCloud, type TestCloud } from './test-cloud.ts';
import { withoutWeights } from './without-weights.ts';

// Generous: what is waited for must happen, how soon is not what these tests are about.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const [small, large] = ['sentiment', 'sentiment-large'] as const;
const source = join(import.meta.dirname, '../../../packages/models', large);
const sure = 'A delight from start to finish.';
const unsure = 'A film with actors.';

const { service, remove } = await withoutWeights(
  narrow(blueprint, { workflows: ['review'] }),
  large,
);

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, service);
});
afterAll(() => cloud.remove());
afterAll(remove);
afterEach(() => command('chaos', 'stop'));

async function command(...argv: readonly string[]): Promise<void> {
  const { code, err } = await chorus(cloud, argv);
  expect(code, err).toBe(0);
}

async function ask(text: string) {
  const { status, body } = await post(cloud, '/predict/review', { text });
  const { models = {}, failed = {}, predictions: [review] = [] } = body;
  return { status, review, models: Object.keys(models), failed };
}

/** What the gateway says of the whole service, and of the large model. */
async function told() {
  const paths = ['health/ready', `models/${large}`, `models/${large}/ready`, 'models/review/ready'];
  const answers = paths.map(async (path) => (await fetch(`${cloud.url}/v2/${path}`)).status);
  return Promise.all(answers);
}

/** Makes a small stand-in for the weights, which are not in the repository, the first version. */
async function publishStandIn(): Promise<void> {
  const [standIn, tail, json] = await Promise.all(
    ['fixtures/stand-in.onnx', 'weights/tail.onnx', 'weights/manifest.json'].map((file) =>
      readFile(join(source, file)),
    ),
  );
  const bytes = Buffer.concat([standIn ?? Buffer.of(), tail ?? Buffer.of()]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const manifest = parseManifest(JSON.parse(String(json)));
  const { url: endpoint, credentials } = cloud;
  const client = new S3Client({ endpoint, region, credentials });
  await createRegistry({ client, bucket: 'chorus-models' }).pushVersion(
    { ...manifest, file: { ...manifest.file, bytes: bytes.byteLength, sha256 } },
    bytes,
  );
  client.destroy();
}

it('without the large model’s weights the small one’s answer stands, and the answer says so', async () => {
  expect(await ask(sure)).toMatchObject({
    review: { label: 'positive', decision: { by: small, because: 'accepted' } },
    failed: {},
  });
  const kept = await ask(unsure);
  expect(kept).toMatchObject({
    status: 200,
    review: { decision: { by: small, because: 'kept', first: { label: kept.review?.['label'] } } },
    models: [small],
    failed: { [large]: { error: expect.any(String) } },
  });
});

it('a model without weights is not served, and what is served is ready without it', async () => {
  expect(await told()).toEqual([200, 404, 404, 200]);
});

it('with them it answers where the small one is not sure, or fails', async () => {
  await publishStandIn();
  await command('models', 'swap', large, 'v1');
  expect(await told()).toEqual([200, 200, 200, 200]);
  expect(await ask(sure)).toMatchObject({ models: [small], failed: {} });
  expect(await ask(unsure)).toMatchObject({
    status: 200,
    review: {
      label: expect.stringMatching(/^(?:posi|nega)tive$/),
      decision: { by: large, because: 'rejected', first: { probability: expect.any(Number) } },
    },
    models: [small, large],
    failed: {},
  });
  await command('chaos', 'fail', small);
  expect(await ask(sure)).toMatchObject({
    status: 200,
    review: { decision: { by: large, because: 'failed' } },
    models: [large],
    failed: { [small]: { error: 'ChaosError' } },
  });
});
