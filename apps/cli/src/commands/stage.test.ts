import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { fakeFunction } from '../testing/fake-lambda.ts';
import { priceWeights } from '../testing/price-weights.ts';
import { type Ran, runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let folder: string;
beforeEach(async () => {
  fake = await startFakeAws();
  folder = await mkdtemp(join(tmpdir(), 'chorus-cli-'));
  await writeFile(join(folder, 'model.onnx'), priceWeights('elsewhere'));
  for (const model of ['linear-regression', 'random-forest', 'svr']) {
    fake.functions.set(
      `chorus-staging-${model}`,
      fakeFunction({ MODEL_BUCKET: 'chorus-models', MODEL_KEY: `models/${model}/v1/model.onnx` }),
    );
  }
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

const chorus = (argv: readonly string[], variables: Record<string, string> = {}): Promise<Ran> =>
  runCommand(argv, { AWS_ENDPOINT_URL: fake.url, INIT_CWD: folder, ...variables });

const staging = ['--aws', '--stage', 'staging'];
const forest = 'random-forest';
/** Every command that talks to a cloud, in an order in which each has something to do. */
const commands: readonly (readonly string[])[] = [
  ['models', 'list'],
  ['models', 'train', forest, '--set', 'trees=2'],
  ['models', 'push', forest, 'model.onnx'],
  ['models', 'swap', forest, 'v3'],
  ['models', 'rollback', forest],
  ['models', 'promote', forest, 'v3', '--shadow', '0s', '--canary', '0%'],
  ['predict', 'house-price', '{}'],
];

const liveOf = (name: string) => fake.functions.get(name)?.live?.FunctionVersion;

describe('--stage', () => {
  it.each(commands.map((argv) => [argv.join(' '), argv]))(
    'is refused by %s on the local cloud, which has none',
    async (_, argv) => {
      const { code, stdout, stderr } = await chorus([...argv, '--stage', 'staging']);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('--stage needs --aws: the local cloud has no stages');
    },
  );

  it.each(['Staging', '', '-a', 'a_b', 'a'.repeat(21)])('is not %j', async (name) => {
    const { code, stderr } = await chorus(['models', 'list', '--aws', `--stage=${name}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('--stage takes a name of at most 20 small letters');
  });

  it('reaches the functions of that stage and no others, and follows every proposed command', async () => {
    const answer = {
      predictions: [{ svr: 24.5, ensemble: 24.5 }],
      models: { svr: { version: 'v1', durationMs: 0.5, coldStart: false, attempts: 1 } },
      failed: {},
      requestId: 'r-1',
    };
    fake.predict = () => ({ status: 200, body: answer });
    fake.stacks.set('chorus-staging-serving', { ApiUrl: `${fake.url}/live/` });
    for (const argv of commands) {
      const { code, stdout, stderr } = await chorus([...argv, ...staging]);
      expect({ argv, code, stderr }).toMatchObject({ code: 0 });
      expect(stdout).toMatch(/pnpm@12 chorus [\w -]+ --aws --stage staging\b/);
    }
    // v1, the version that was swapped in, and the one that was promoted.
    expect(liveOf('chorus-staging-random-forest')).not.toBe('1');
    expect(liveOf('chorus-random-forest')).toBe('1');
    expect(fake.functions.get('chorus-random-forest')?.events).toEqual([]);
  });

  it('is production when nothing is said, with --aws alone following', async () => {
    await fake.addVersion(forest, 'v2');
    const { stdout } = await chorus(['models', 'swap', forest, 'v2', '--aws']);
    expect(stdout).toMatch(/models rollback random-forest --aws$/m);
    expect(liveOf('chorus-random-forest')).toBe('2');
    expect(liveOf('chorus-staging-random-forest')).toBe('1');
  });

  it('that is not deployed is told by name', async () => {
    const { code, stderr } = await chorus(['models', 'list', '--aws', '--stage', 'nowhere']);
    expect(code).toBe(1);
    expect(stderr).toContain('The stage nowhere is not deployed in us-east-1');
    expect(stderr).toContain('chorus-nowhere-');
  });

  describe('has an API of its own for predict', () => {
    const argv = ['predict', 'house-price', '{}', ...staging];
    let asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
    beforeEach(() => {
      asked = [];
      fake.predict = (_, path, headers) => {
        asked.push({ path, headers });
        return { status: 404, body: { error: 'nothing here' } };
      };
    });

    it('whose address and key its stack tells', async () => {
      fake.stacks.set('chorus-serving', { ApiUrl: `${fake.url}/production/` });
      fake.stacks.set('chorus-staging-serving', { ApiUrl: `${fake.url}/live/`, KeyId: 'k7' });
      fake.keys.set('k7', 'of staging');
      const { stderr } = await chorus(argv, { CHORUS_API_KEY: 'of production' });
      expect(stderr).toBe('chorus: 404: nothing here\n');
      expect(asked).toMatchObject([
        { path: '/live/predict/house-price', headers: { 'x-api-key': 'of staging' } },
      ]);
    });

    it('whose requests are signed where it asks for AWS credentials', async () => {
      fake.stacks.set('chorus-staging-serving', { ApiUrl: `${fake.url}/live/`, Access: 'iam' });
      await chorus(argv);
      expect(asked).toMatchObject([
        {
          path: '/live/predict/house-price',
          headers: {
            authorization: expect.stringMatching(
              /^AWS4-HMAC-SHA256 .*\/us-east-1\/execute-api\/aws4_request, SignedHeaders=content-type;host;/,
            ),
          },
        },
      ]);
    });

    it('whose token comes from the environment', async () => {
      fake.stacks.set('chorus-staging-serving', { ApiUrl: `${fake.url}/live/`, Access: 'jwt' });
      const refused = await chorus(argv, { CHORUS_API_TOKEN: 'of production' });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(
        'The API of staging asks for a token of its issuer: put one into STAGING_CHORUS_API_TOKEN',
      );
      await chorus(argv, { STAGING_CHORUS_API_TOKEN: 'abc' });
      expect(asked).toMatchObject([{ headers: { authorization: 'Bearer abc' } }]);
    });

    it('that is asked for only when nothing says where it is', async () => {
      await chorus(argv, {
        CHORUS_API_URL: `${fake.url}/live`,
        STAGING_CHORUS_API_URL: `${fake.url}/elsewhere`,
        CHORUS_API_KEY: 'of production',
        STAGING_CHORUS_API_KEY: 'of staging',
      });
      expect(asked).toMatchObject([
        { path: '/elsewhere/predict/house-price', headers: { 'x-api-key': 'of staging' } },
      ]);
    });

    it('that is not deployed is told by name', async () => {
      const { code, stderr } = await chorus(argv);
      expect(code).toBe(1);
      expect(stderr).toContain('The stage staging is not deployed');
      expect(stderr).toContain('no stack chorus-staging-serving');
      expect(stderr).toContain('pnpm@12 run deploy --stage staging');
    });
  });
});
