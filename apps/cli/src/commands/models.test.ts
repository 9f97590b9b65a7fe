import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bostonSchema } from '@chorus/training/boston';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../root.ts';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { priceWeights } from '../testing/price-weights.ts';
import { type Ran, runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let folder: string;
beforeEach(async () => {
  fake = await startFakeAws();
  folder = await mkdtemp(join(tmpdir(), 'chorus-cli-'));
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

const models = (...argv: readonly string[]): Promise<Ran> =>
  runCommand(['models', ...argv], { AWS_ENDPOINT_URL: fake.url, INIT_CWD: folder });

const manifestOf = async (version: string, model = 'random-forest') =>
  JSON.parse(String(await fake.objects.get(`models/${model}/${version}/manifest.json`)));

describe('chorus models list', () => {
  it('lists versions in their order, what is live, and how good they are', async () => {
    await fake.addVersion('random-forest', 'v10', 3.25);
    await fake.addVersion('random-forest', 'v2');
    fake.functions.delete('chorus-svr');
    await fake.objects.delete('models/linear-regression/v1/manifest.json');
    const { code, stdout } = await models('list');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'model              version                                 function  metrics            trainer        seed  kB',
      'linear-regression  v1       live, but not in the registry  1         -                  -                 -   -',
      'random-forest      v1       live                           1         rmse 3.5, r2 0.9   random-forest     0   1',
      'random-forest      v2                                      -         -                  -                 -   1',
      'random-forest      v10                                     -         rmse 3.25, r2 0.9  random-forest     0   1',
      'svr                v1                                      -         rmse 3.5, r2 0.9   random-forest     0   1',
    ]);
    expect(stdout).toContain('Next: npx -y pnpm@12 chorus models promote');
    expect(stdout).toMatch(
      /^sentiment-large has no version\. .* chorus models fetch sentiment-large$/m,
    );
  });

  it('gives one JSON document', async () => {
    const { stdout, stderr } = await models('list', '--json');
    expect(stderr).toBe('');
    const forest = JSON.parse(stdout).models[1];
    expect(forest).toMatchObject({
      name: 'random-forest',
      live: 'v1',
      canary: null,
      changing: null,
      versions: [
        { version: 'v1', live: true, functionVersion: '1', metrics: { rmse: 3.5, r2: 0.9 } },
      ],
    });
  });

  it('tells what is there now, whatever it has read before', async () => {
    const metricsNow = async (): Promise<unknown> => {
      const { stdout } = await models('list', '--json');
      return JSON.parse(stdout).models[1].versions[0].metrics;
    };
    expect(await metricsNow()).toMatchObject({ rmse: 3.5 });
    // As in a folder that was emptied and filled again.
    await fake.objects.delete('models/random-forest/v1/manifest.json');
    await fake.objects.delete('models/random-forest/v1/model.onnx');
    await fake.addVersion('random-forest', 'v1', 2.25);
    expect(await metricsNow()).toMatchObject({ rmse: 2.25 });
  });

  it('shows what a canary gets, and who is changing it', async () => {
    await fake.addVersion('random-forest', 'v2');
    const forest = fake.functions.get('chorus-random-forest');
    forest?.versions.push({ MODEL_KEY: 'models/random-forest/v2/model.onnx' });
    if (forest?.live) forest.live.RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
    const expires = new Date(Date.now() + 60_000).toISOString();
    const lock = { token: 't', purpose: 'promote to v2', host: 'ci', started: 'now', expires };
    await fake.objects.set('locks/random-forest.json', Buffer.from(JSON.stringify(lock)));
    const { stdout } = await models('list');
    expect(stdout).toMatch(/random-forest +v1 +live 90 % +1 /);
    expect(stdout).toMatch(/random-forest +v2 +canary 10 % +2 /);
    expect(stdout).toContain('random-forest is being changed: "promote to v2" by ci');
    expect(JSON.parse((await models('list', '--json')).stdout).models[1]).toMatchObject({
      canary: { version: 'v2', functionVersion: '2', weight: 0.1 },
    });
  });
});

describe('chorus models train', () => {
  it('trains the package by its recipe and pushes it as the next version', async () => {
    const { code, stdout, stderr } = await models(
      'train',
      'random-forest',
      '--set',
      'trees=3',
      '--seed',
      '7',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { training, file } = await manifestOf('v2');
    expect(training).toMatchObject({ seed: 7, options: { trees: 3 } });
    expect(await fake.objects.get('models/random-forest/v2/model.onnx')).toHaveLength(file.bytes);
    expect(stdout).toContain(`v2       new   ${training.metrics.rmse.toFixed(3)}`);
    expect(stdout).toContain('v1       live  3.500  0.900     0');
    expect(stdout).toContain('Their data or their split differ');
    expect(stdout).toContain('Next: npx -y pnpm@12 chorus models swap random-forest v2');
  });

  it('gives one JSON document, with the live version to compare', async () => {
    const { stdout } = await models('train', 'linear-regression', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'linear-regression',
      version: 'v2',
      rmse: (await manifestOf('v2', 'linear-regression')).training.metrics.rmse,
      live: { version: 'v1', rmse: 3.5 },
    });
  });

  it('says when it made the same file again', async () => {
    const { sha256 } = JSON.parse((await models('train', 'svr', '--json')).stdout);
    const svr = fake.functions.get('chorus-svr');
    if (svr !== undefined) svr.versions[0] = { MODEL_KEY: 'models/svr/v2/model.onnx' };
    const { stdout } = await models('train', 'svr');
    expect((await manifestOf('v3', 'svr')).file.sha256).toBe(sha256);
    expect(stdout).toContain('They are the same file');
  });

  it('shows a live version that the registry no longer has, without its metrics', async () => {
    await fake.objects.delete('models/linear-regression/v1/manifest.json');
    const { code, stdout } = await models('train', 'linear-regression');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^v1 +live +- +- +-$/m);
    expect(stdout).not.toContain('They are the same file');
    expect(stdout).not.toContain('Their data or their split differ');
  });

  it('pushes nothing where the live version cannot be read', async () => {
    await fake.objects.set('models/linear-regression/v1/manifest.json', '{');
    const { code, stderr } = await models('train', 'linear-regression');
    expect(code).toBe(1);
    expect(stderr).toContain('models/linear-regression/v1/manifest.json');
    expect(await fake.objects.get('models/linear-regression/v2/model.onnx')).toBeUndefined();
  });

  it('shows options to four digits', async () => {
    const { stdout } = await models('train', 'svr', '--set', 'c=12.34567');
    expect(stdout).toMatch(/^Trained svr in [\d.]+ s \(support-vector-regression c=12\.35 epsilon/);
  });

  it('names the options there are when one is not', async () => {
    const { code, stdout, stderr } = await models('train', 'random-forest', '--set', 'tree=3');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain("random-forest has no option 'tree'; it takes trees, maxFeatures");
  });
});

describe('chorus models push', () => {
  const weights = priceWeights('elsewhere');

  it('makes the manifest from the schema when there is none', async () => {
    await writeFile(join(folder, 'forest.onnx'), weights);
    const { code, stdout } = await models('push', 'random-forest', 'forest.onnx');
    expect(code).toBe(0);
    expect(await manifestOf('v2')).toMatchObject({
      name: 'random-forest',
      version: 'v2',
      schema: bostonSchema('random-forest'),
    });
    expect(await manifestOf('v2')).not.toHaveProperty('training');
    expect(await fake.objects.get('models/random-forest/v2/model.onnx')).toEqual(weights);
    expect(stdout).toContain('Pushed 1 kB as random-forest v2.');
    expect(stdout).toContain('No manifest.json beside it');
  });

  it('keeps the manifest beside the weights, under the number it gets here', async () => {
    await fake.addVersion('svr', 'v7', 2.5);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(await manifestOf('v7', 'svr')));
    await writeFile(
      join(folder, 'model.onnx'),
      (await fake.objects.get('models/svr/v7/model.onnx')) ?? '',
    );
    const { code, stdout } = await models('push', 'svr', '.');
    expect(code).toBe(0);
    expect(stdout).toContain('as svr v8 (its manifest says v7)');
    expect(await manifestOf('v8', 'svr')).toEqual({
      ...(await manifestOf('v7', 'svr')),
      version: 'v8',
      lineage: expect.objectContaining({ parent: 'v1' }),
    });
  });

  it('pushes as the version asked for, the same content twice, and no other', async () => {
    const file = join(folder, 'model.onnx');
    await writeFile(file, weights);
    const first = await models('push', 'svr', file, '--version', 'v5', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({
      version: 'v5',
      created: true,
      hasManifest: false,
    });
    const again = await models('push', 'svr', file, '--version', 'v5');
    expect(again.stdout).toContain('svr v5 was there already, with the same content');
    await writeFile(file, priceWeights('others'));
    const other = await models('push', 'svr', file, '--version', 'v5');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('versions are never overwritten');
  });

  it.each([
    ['not JSON', '{', 'is not a manifest'],
    ['no manifest', '{"format":1,"name":"svr"}', 'is not a manifest'],
  ])('refuses a manifest that is %s', async (_, text, message) => {
    await writeFile(join(folder, 'model.onnx'), weights);
    await writeFile(join(folder, 'manifest.json'), text);
    const { code, stderr } = await models('push', 'svr', folder);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(await fake.objects.get('models/svr/v2/model.onnx')).toBeUndefined();
  });

  it('refuses the manifest of another model, another schema, or other weights', async () => {
    const manifest = await manifestOf('v1', 'svr');
    const refusal = async (change: object) => {
      await writeFile(
        join(folder, 'model.onnx'),
        (await fake.objects.get('models/svr/v1/model.onnx')) ?? '',
      );
      await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...change }));
      const { code, stderr } = await models('push', 'svr', folder);
      expect(code).toBe(1);
      return stderr;
    };
    const schema = bostonSchema('svr');
    expect(await refusal(await manifestOf('v1'))).toContain("is of the model 'random-forest'");
    expect(
      await refusal({
        schema: { ...schema, outputs: [{ name: 'y', datatype: 'FP32', shape: [-1] }] },
      }),
    ).toContain('the outputs of the schema are y FP32 [-1], but svr serves price FP64 [-1]');
    expect(await refusal({ file: { ...manifest.file, sha256: '0'.repeat(64) } })).toContain(
      'SHA-256',
    );
  });

  it.each([
    ['a text file', Buffer.from('not a model\n'), 'it is a text file'],
    ['half a file', weights.subarray(0, 100), 'it is damaged, or was cut off'],
    ['a zip archive', Buffer.from('PK\u0003\u0004'), 'is a zip archive'],
  ])('refuses %s', async (_, content, message) => {
    await writeFile(join(folder, 'model.onnx'), content);
    const { code, stderr } = await models('push', 'svr', 'model.onnx');
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(await fake.objects.get('models/svr/v2/model.onnx')).toBeUndefined();
  });

  it('says how a model differs from what its callers know, and publishes nothing', async () => {
    const exported = join(root, 'packages/intake/fixtures/exports/ridge.onnx');
    const { code, stderr } = await models('push', 'svr', exported);
    expect(code).toBe(1);
    expect(stderr).toContain('it has no features FP64 [-1,13]; it takes X FP32 [-1,4] too');
    expect(stderr).toContain('it has no price FP64 [-1]');
    expect(await fake.objects.get('models/svr/v2/model.onnx')).toBeUndefined();
  });

  it('says which file it cannot read', async () => {
    const { code, stderr } = await models('push', 'svr', 'nowhere');
    expect(code).toBe(1);
    expect(stderr).toContain(`Cannot read ${join(folder, 'nowhere')}: ENOENT`);
  });
});
