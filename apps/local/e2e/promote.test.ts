import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { recipe } from '@chorus/random-forest/recipe';
import { createRegistry, manifestKey, modelKey, type Registry } from '@chorus/registry';
import { train } from '@chorus/training';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { region } from '../src/index.ts';
import { chorus as runChorus } from './chorus.ts';
import { type Load, startLoad } from './load.ts';
import { startProxy } from './proxy.ts';
import { root, startServingCloud, type TestCloud } from './test-cloud.ts';

// Generous: what is waited for must happen, how soon is not what these tests are about.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const forest = 'chorus-random-forest';
const bucket = 'chorus-models';
let cloud: TestCloud;
let client: S3Client;
let registry: Registry;

/** v1 is live; v2 is the same with more trees, v3 one tree of one question. */
beforeAll(async () => {
  cloud = await startServingCloud();
  client = new S3Client({ endpoint: cloud.url, region, credentials: cloud.credentials });
  registry = createRegistry({ client, bucket });
  await push('v2', { trees: 200 });
  await push('v3', { trees: 1, maxDepth: 1 });
});
afterAll(async () => {
  client.destroy();
  await cloud.remove();
});

/** Trains and pushes; the manifest's RMSE can be another than the true one. */
async function push(
  version: string,
  options: Readonly<Record<string, number>>,
  rmse?: number,
): Promise<void> {
  const { bytes, manifest } = await train(recipe, { options });
  const training = manifest.training && {
    ...manifest.training,
    ...(rmse !== undefined && { metrics: { ...manifest.training.metrics, rmse } }),
  };
  await registry.pushVersion({ ...manifest, version, ...(training && { training }) }, bytes);
}

const chorus = (argv: readonly string[], stop?: AbortSignal) => runChorus(cloud, argv, stop);

/** Short phases with many questions, which last until enough of them are answered; how fast that is decides nothing. */
const quick = ['--shadow', '1s', '--canary', '30%', '--for', '1500ms', '--rate', '60'];
const calm = ['--max-p95', '1000'];
/** The wait for events that must come on any machine. */
const patience = { timeout: 60_000 };
const promote = (version: string, ...more: readonly string[]) =>
  chorus(['models', 'promote', 'random-forest', version, ...quick, ...calm, ...more]);
const rollback = (...more: readonly string[]) =>
  chorus(['models', 'rollback', 'random-forest', ...more]);

async function listForest() {
  const { models } = JSON.parse((await chorus(['models', 'list', '--json'])).out);
  return models.find(({ name }: { name: string }) => name === 'random-forest');
}

const alias = () => cloud.lambda.find(forest).alias('live');

/** Every test begins with v1 live, alone, and no lock. */
beforeEach(async () => {
  if ((await listForest()).live !== 'v1')
    expect((await chorus(['models', 'swap', 'random-forest', 'v1'])).err).toBe('');
});

async function underLoad<Result>(work: (load: Load) => Promise<Result>) {
  const load = startLoad(cloud, 20);
  try {
    const result = await work(load);
    return { result, answers: await load.stop() };
  } finally {
    await load.stop();
  }
}

describe('a promotion under 20 requests a second', () => {
  it('of a worse model ends in the shadow: no caller has seen it', async () => {
    const { result, answers } = await underLoad(() => promote('v3', '--force', '--json'));
    const report = JSON.parse(result.out);
    expect(report).toMatchObject({ outcome: 'refused', from: { version: 'v1' } });
    expect(report.reasons[0]).toContain('its predictions are on average');
    expect(report.phases.map(({ phase }: { phase: string }) => phase)).toEqual(['shadow']);
    expect(result.code).toBe(1);
    expect(answers.failures).toEqual([]);
    expect(Object.keys(answers.versions)).toEqual(['v1']);
    expect(answers.total).toBeGreaterThan(10);
    expect(alias()).toMatchObject({ weights: {} });
  });

  it('of a worse model without a shadow is rolled back from its canary', async () => {
    const { result, answers } = await underLoad(() =>
      promote('v3', '--force', '--shadow', '0s', '--canary', '50%'),
    );
    expect(result.code).toBe(1);
    expect(result.out).toContain('random-forest v3 was taken back: v1 serves all requests.');
    expect(result.out).toMatch(/canary {2}v1 .*\n {8}v3 /);
    expect(answers.failures).toEqual([]);
    expect(answers.versions['v3']).toBeGreaterThan(0);
    expect(alias()).toMatchObject({ weights: {} });
    expect(await listForest()).toMatchObject({ live: 'v1', canary: null, changing: null });
  });

  it('of a better one completes, and a rollback takes it back', async () => {
    const { result, answers } = await underLoad(async (load) => {
      const promoted = await promote('v2');
      await load.next();
      return promoted;
    });
    expect(result.code, result.out + result.err).toBe(0);
    expect(result.out).toContain('random-forest v2 is live');
    expect(result.err).toContain('Canary: 30 % of all requests');
    expect(answers.failures).toEqual([]);
    expect(Object.keys(answers.versions).toSorted()).toEqual(['v1', 'v2']);
    expect(answers.last).toBe('v2');
    const listed = await listForest();
    expect(listed).toMatchObject({ live: 'v2', canary: null });

    const back = await rollback('--json');
    expect(JSON.parse(back.out)).toMatchObject({ from: { version: 'v2' }, to: { version: 'v1' } });
    expect(await listForest()).toMatchObject({ live: 'v1' });
    // It does not go to and fro: what was rolled back is not what was before.
    const again = await rollback();
    expect(again.code).toBe(1);
    expect(again.err).toContain('Nothing is known of a version before');
  });
});

it('a phase that is over before enough was asked goes on until it is', async () => {
  const times = ['--shadow', '100ms', '--canary', '0%', '--rate', '20', '--json'];
  const { code, out } = await chorus([
    'models',
    'promote',
    'random-forest',
    'v2',
    ...times,
    ...calm,
  ]);
  expect(code, out).toBe(0);
  const [shadow] = JSON.parse(out).phases;
  // 100 ms at that rate are two requests.
  expect(shadow.new.requests).toBeGreaterThanOrEqual(20);
  expect(shadow.elapsedMs).toBeGreaterThan(900);
});

describe('a promotion that is refused before anything changes', () => {
  const revision = () => cloud.lambda.describe(forest).settings.revisionId;

  it.each([
    ['v99', /has no version v99.*v1, v2, v3/],
    ['newest', /"newest" is not a version/],
  ])('for the version %s', async (version, message) => {
    const before = revision();
    const { code, err } = await promote(version);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(revision()).toBe(before);
  });

  it('for weights without a manifest', async () => {
    const Key = modelKey('random-forest', 'v70');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'weights' }));
    const { code, err } = await promote('v70');
    expect(code).toBe(1);
    expect(err).toContain('random-forest v70 has weights but no manifest');
  });

  it('for another schema', async () => {
    const manifest = await registry.fetchManifest('random-forest', 'v2');
    const [output] = manifest.schema.outputs;
    const schema = { ...manifest.schema, outputs: [{ ...output, name: 'cost' }] };
    const Body = JSON.stringify({ ...manifest, version: 'v71', schema });
    const Key = manifestKey('random-forest', 'v71');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    const before = revision();
    const { code, err } = await promote('v71');
    expect(code).toBe(1);
    expect(err).toContain(
      'random-forest v71 has other outputs than the live version: cost FP64 [-1] instead of price FP64 [-1]',
    );
    expect(revision()).toBe(before);
  });

  it('for a manifest that says it is worse', async () => {
    await push('v72', { trees: 150 }, 4.2);
    const { code, out } = await promote('v72');
    expect(code).toBe(1);
    expect(out).toContain('its RMSE is 4.2');
    expect((await promote('v72', '--max-worse', '200%', '--canary', '0%')).code).toBe(0);
  });

  it('for more than all requests', async () => {
    const { code, err } = await promote('v2', '--canary', '101%');
    expect(code).toBe(2);
    expect(err).toContain('--canary is at most 100%');
  });

  it('for the version that is live', async () => {
    const { code, out } = await promote('v1');
    expect(code).toBe(0);
    expect(out).toContain('random-forest v1 is live already');
  });
});

it('a version whose weights do not load never gets a request', async () => {
  const manifest = await registry.fetchManifest('random-forest', 'v2');
  const bytes = (await registry.fetchWeights(manifest)).map((byte, at) =>
    at === 99 ? byte ^ 1 : byte,
  );
  for (const [Key, Body] of [
    [modelKey('random-forest', 'v80'), bytes],
    [manifestKey('random-forest', 'v80'), JSON.stringify({ ...manifest, version: 'v80' })],
  ] as const)
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  const { result, answers } = await underLoad(() => promote('v80'));
  expect(result.code).toBe(1);
  expect(result.err).toMatch(/v80 did not get ready: ModelLoadError: .*SHA-256/s);
  expect(result.err).toContain('Nothing changed: v1 is still live.');
  expect(answers.failures).toEqual([]);
  expect(cloud.lambda.describe(forest).settings.environment['MODEL_KEY']).toBe(
    modelKey('random-forest', 'v1'),
  );
});

describe('two who want to change the same model', () => {
  it('do it one after the other', async () => {
    const stop = new AbortController();
    const first = chorus(
      ['models', 'promote', 'random-forest', 'v2', ...calm, '--shadow', '10m'],
      stop.signal,
    );
    await expect
      .poll(async () => (await listForest()).changing, patience)
      .toContain('promote to v2');
    const second = await promote('v3');
    expect(second.code).toBe(1);
    expect(second.err).toMatch(
      /random-forest is being changed at this moment: "promote to v2" by process \d+ on /,
    );
    expect((await chorus(['models', 'swap', 'random-forest', 'v3'])).err).toContain(
      '"promote to v2"',
    );
    expect((await rollback()).err).toContain('"promote to v2"');
    stop.abort();
    expect((await first).out).toContain('was stopped and undone: v1 serves all requests');
    expect(await listForest()).toMatchObject({ live: 'v1', changing: null });
    expect((await promote('v2')).code).toBe(0);
    expect(await listForest()).toMatchObject({ live: 'v2', changing: null });
  });

  it('by force: the promotion ends, and what it began is undone', async () => {
    const first = promote('v2', '--for', '10m');
    await expect.poll(() => alias().weights, patience).not.toEqual({});
    const forced = await rollback('--force');
    expect(forced.out).toContain('The canary of v2 ended: random-forest v1');
    const { code, err } = await first;
    expect(code).toBe(1);
    expect(err).toContain('Somebody else is changing random-forest');
    expect(alias().weights).toEqual({});
    expect(await listForest()).toMatchObject({ live: 'v1', canary: null });
  });
});

describe('a promotion that is cut off', () => {
  /** The CLI as a process of its own, in its canary. */
  async function startedPromotion(endpoint: string = cloud.url): Promise<ChildProcess> {
    const child = spawn(
      process.execPath,
      [
        join(root, 'apps/cli/src/main.ts'),
        ...['models', 'promote', 'random-forest', 'v2', ...calm],
        ...['--shadow', '0s', '--canary', '30%', '--for', '10m'],
      ],
      {
        env: { AWS_ENDPOINT_URL: endpoint, CHORUS_DIRECTORY: cloud.directory, PATH: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    await expect.poll(() => alias().weights, patience).not.toEqual({});
    return child;
  }

  async function killedPromotion(): Promise<void> {
    const child = await startedPromotion();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(alias().weights).not.toEqual({});
  }

  it('by Ctrl-C undoes itself and says so', async () => {
    const child = await startedPromotion();
    const out = text(child.stdout ?? Readable.from([]));
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(await out).toContain('was stopped and undone: v1 serves all requests');
    expect(alias().weights).toEqual({});
    expect(await listForest()).toMatchObject({ live: 'v1', changing: null });
  });

  it('by a kill is taken back and finished by the next one', async () => {
    await killedPromotion();
    expect(await listForest()).toMatchObject({
      live: 'v1',
      canary: { version: 'v2', weight: 0.3 },
    });
    const { result, answers } = await underLoad(() => promote('v2'));
    expect(result.code, result.err).toBe(0);
    expect(result.err).toContain('was left by a promotion that was cut off');
    expect(answers.failures).toEqual([]);
    expect(await listForest()).toMatchObject({ live: 'v2', canary: null });
  });

  it('by a kill is undone by a rollback', async () => {
    await killedPromotion();
    const { code, out } = await rollback();
    expect(code).toBe(0);
    expect(out).toContain('The canary of v2 ended');
    expect(await listForest()).toMatchObject({ live: 'v1', canary: null });
  });

  it('by a lost connection says what it may have left, and the next one finishes', async () => {
    const proxy = await startProxy(cloud.url);
    const child = await startedPromotion(proxy.url);
    const err = text(child.stderr ?? Readable.from([]));
    const { result: code, answers } = await underLoad(async () => {
      await proxy.cut();
      return (await once(child, 'exit'))[0];
    });
    expect(code).toBe(1);
    expect(await err).toMatch(
      /v2 \(function version \d+\) may still get 30 % of the requests of random-forest/,
    );
    expect(answers.failures).toEqual([]);
    expect((await promote('v2')).code).toBe(0);
    expect(await listForest()).toMatchObject({ live: 'v2', canary: null, changing: null });
  });

  it('in the library, by its signal', async () => {
    const stop = new AbortController();
    const flags = [...quick, ...calm, '--for', '10m', '--json'];
    const promotion = chorus(['models', 'promote', 'random-forest', 'v2', ...flags], stop.signal);
    await expect.poll(() => alias().weights, patience).not.toEqual({});
    stop.abort();
    expect(JSON.parse((await promotion).out)).toMatchObject({
      outcome: 'interrupted',
      reasons: ['told to stop'],
    });
    expect(alias().weights).toEqual({});
  });
});

it('keeps a history of what was live, and when', async () => {
  await chorus(['models', 'swap', 'random-forest', 'v2']);
  const { readHistory } = await import('@chorus/promotion');
  const history = await readHistory({ client, bucket }, 'random-forest');
  expect(history.at(-1)).toMatchObject({
    kind: 'swap',
    outcome: 'live',
    from: { version: 'v1' },
    to: { version: 'v2' },
  });
});
