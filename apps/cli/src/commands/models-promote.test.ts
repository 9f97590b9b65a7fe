import { defaultPlan } from '@chorus/promotion';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { runCommand } from '../testing/run-command.ts';
import { planOf } from './models-promote.ts';

const { gates } = defaultPlan;

describe('the plan of a promotion', () => {
  it('is the usual one without flags', () => {
    expect(planOf({}, defaultPlan)).toEqual(defaultPlan);
  });

  it.each<[string, string, object]>([
    ['shadow', '2m', { shadowMs: 120_000 }],
    ['canary', '25%', { canaryWeight: 0.25 }],
    ['for', '90s', { canaryMs: 90_000 }],
    ['rate', '2.5', { rate: 2.5 }],
    ['max-errors', '3%', { gates: { ...gates, errorRate: 0.03 } }],
    ['max-p95', '1.25', { gates: { ...gates, p95Ratio: 1.25 } }],
    ['max-divergence', '0.5', { gates: { ...gates, meanDivergence: 0.5 } }],
    ['max-disagreement', '7%', { gates: { ...gates, disagreement: 0.07 } }],
    ['max-probability', '0.75', { gates: { ...gates, probability: 0.75 } }],
    ['max-difference', '150%', { gates: { ...gates, difference: 1.5 } }],
    ['max-worse', '300%', { gates: { ...gates, worse: 3 } }],
  ])('is another one with --%s %s', (flag, text, change) => {
    expect(planOf({ [flag]: text }, defaultPlan)).toEqual({ ...defaultPlan, ...change });
  });

  it('goes on with --force', () => {
    expect(planOf({ force: true }, defaultPlan)).toEqual({ ...defaultPlan, force: true });
  });

  it.each(['canary', 'max-errors', 'max-disagreement'])(
    'has a share of at most 100 %% as --%s',
    (flag) => {
      expect(() => planOf({ [flag]: '101%' }, defaultPlan)).toThrow(`--${flag} is at most 100%`);
    },
  );
});

describe('chorus models promote and rollback', () => {
  let fake: FakeAws;
  beforeEach(async () => {
    fake = await startFakeAws();
    await fake.addVersion('random-forest', 'v2', 3.1);
  });
  afterEach(() => fake.close());

  const models = (...argv: readonly string[]) =>
    runCommand(['models', ...argv], { AWS_ENDPOINT_URL: fake.url });
  const atOnce = ['--shadow', '0s', '--canary', '0%'];
  const live = () => fake.functions.get('chorus-random-forest')?.live;

  it('makes a version live, and says so as JSON too', async () => {
    const promoted = await models('promote', 'random-forest', 'v2', ...atOnce, '--json');
    expect(promoted.code).toBe(0);
    expect(JSON.parse(promoted.stdout)).toMatchObject({ model: 'random-forest', outcome: 'live' });
    expect(live()?.FunctionVersion).toBe('2');
    const again = await models('promote', 'random-forest', 'v2', ...atOnce);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('v2') });
  });

  it('fails when the version is refused', async () => {
    await fake.addVersion('random-forest', 'v3', 30);
    const { code, stdout } = await models('promote', 'random-forest', 'v3', ...atOnce, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'refused' });
    expect(live()?.FunctionVersion).toBe('1');
    expect((await models('promote', 'random-forest', 'v3', ...atOnce, '--force')).code).toBe(0);
  });

  it('takes a version back, and says which one serves', async () => {
    await models('swap', 'random-forest', 'v2');
    const { code, stdout } = await models('rollback', 'random-forest');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^v2 was taken back: random-forest v1 \(function version 1\) serves all requests\. It took \d+ ms\.\nNext: /,
    );
    expect(live()?.FunctionVersion).toBe('1');
  });

  it('ends a canary, and gives one JSON document', async () => {
    const forest = fake.functions.get('chorus-random-forest');
    forest?.versions.push({ MODEL_KEY: 'models/random-forest/v2/model.onnx' });
    const share = () => {
      if (forest?.live) forest.live.RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
    };
    share();
    expect((await models('rollback', 'random-forest')).stdout).toContain(
      'The canary of v2 ended: random-forest v1',
    );
    share();
    const { stdout } = await models('rollback', 'random-forest', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ wasCanary: true, to: { version: 'v1' } });
  });

  it('has nothing to take back where nothing was before', async () => {
    const { code, stderr } = await models('rollback', 'random-forest');
    expect(code).toBe(1);
    expect(stderr).toContain('random-forest');
  });
});
