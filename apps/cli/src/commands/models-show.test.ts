import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
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

const commit = /[0-9a-f]{40}/;

describe('chorus models show', () => {
  it('shows what a version was made of, and how good it is', async () => {
    await models('train', 'random-forest', '--set', 'trees=3');
    const { code, stdout, stderr } = await models('show', 'random-forest', 'v2');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [title, ...facts] = stdout.trimEnd().split('\n');
    expect(title).toBe('random-forest v2');
    const shown = Object.fromEntries(facts.map((line) => line.trim().split(/ {2,}/)));
    expect(shown).toMatchObject({
      trainer: 'random-forest',
      'option trees': '3',
      seed: '0',
      data: 'boston',
      'rows learned from': '420',
      'rows judged on': '86',
      'held out': '20 % of the rows by their features, seed 0',
      rmse: expect.stringMatching(/^3\.\d+ \(\d\.\d+ to \d\.\d+\)$/),
      'live before': 'v1',
      takes: 'features FP64 [-1,13]',
      gives: 'price FP64 [-1]',
    });
    // A copy of the files without git has no commit to show.
    if ('commit' in shown) expect(shown['commit']).toMatch(commit);
  });

  it('shows the live version where none is named', async () => {
    const { stdout } = await models('show', 'svr');
    expect(stdout).toMatch(/^svr v1, live\n {2}trainer +random-forest\n/);
  });

  it('gives the manifest as JSON', async () => {
    const { stdout } = await models('show', 'svr', 'v1', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'svr',
      version: 'v1',
      live: true,
      manifest: { format: 1, training: { metrics: { rmse: 3.5 } } },
    });
  });

  it('says that nothing is known of weights that were pushed without a manifest', async () => {
    await fake.addVersion('svr', 'v2');
    const { stdout } = await models('show', 'svr', 'v2');
    expect(stdout).toContain('Nothing is known of its training.');
  });

  it.each([
    [['show'], 2, 'Missing: <name>'],
    [['show', 'svr', 'v1', 'v2'], 2, 'One argument too many: v2'],
    [['show', 'svm'], 2, 'Did you mean svr?'],
    [['show', 'svr', 'v9'], 1, 'v9'],
    [['diff', 'svr', 'v1'], 2, 'Missing: <version>'],
  ])('refuses %j', async (argv, code, message) => {
    const refused = await models(...argv);
    expect(refused.code).toBe(code);
    expect(refused.stderr).toContain(message);
  });
});

describe('chorus models diff', () => {
  it('shows what two versions do not share, and whether the same rows judged them', async () => {
    await models('train', 'random-forest', '--set', 'trees=3');
    await models('train', 'random-forest', '--set', 'trees=5', '--seed', '1');
    const { code, stdout } = await models('diff', 'random-forest', 'v2', 'v3');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^random-forest +v2 +v3\noption trees +3 +5\nseed +0 +1\nrmse +3\.\d+ \(/,
    );
    expect(stdout).not.toContain('data');
    expect(stdout).toContain('Both were judged on the same rows.');
  });

  it('says when each was judged on other rows', async () => {
    await models('train', 'random-forest', '--set', 'trees=3');
    const { stdout } = await models('diff', 'random-forest', 'v1', 'v2');
    expect(stdout).toMatch(/^held out +- +20 % of the rows/m);
    expect(stdout).toContain('each was judged on other rows');
  });

  it('gives JSON', async () => {
    await fake.addVersion('svr', 'v2', 3.25);
    await fake.addVersion('svr', 'v3');
    const { stdout } = await models('diff', 'svr', 'v1', 'v2', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ model: 'svr', versions: ['v1', 'v2'] });
    expect(JSON.parse(stdout).differences).toContainEqual({ name: 'rmse', values: [3.5, 3.25] });
    const unknown = JSON.parse((await models('diff', 'svr', 'v1', 'v3', '--json')).stdout);
    expect(unknown.isSameRows).toBeNull();
    expect(unknown.differences).toContainEqual({ name: 'rmse', values: [3.5, null] });
  });

  it('says when they are one file', async () => {
    expect((await models('diff', 'svr', 'v1', 'v1')).stdout).toContain('they are one file');
  });
});
