import { blueprint } from '@chorus/service';
import { describe, expect, it } from 'vitest';
import { optionsOfContext } from './context.ts';
import type { Variables } from './env.ts';
import { OptionError } from './errors.ts';

function options(context: Readonly<Record<string, unknown>>, variables: Variables = {}) {
  return optionsOfContext(
    blueprint,
    '/repository',
    { tryGetContext: (name) => context[name] },
    variables,
  );
}

describe('optionsOfContext', () => {
  it('is production alone, with all bundles, when nothing is asked for', () => {
    expect(options({})).toMatchObject({
      bundles: 'required',
      imageCache: 'none',
      stages: [{ name: 'production', access: 'api-key', versions: {} }],
    });
  });

  it('gives each stage its own names and versions', () => {
    const variables = {
      SVR_MODEL_VERSION: 'v3',
      SVR_MODEL_SHA256: 'AB'.repeat(32),
      STAGING_RANDOM_FOREST_MODEL_VERSION: 'v12',
    };
    const { stages } = options({ stages: 'staging,production' }, variables);
    expect(stages).toMatchObject([
      {
        name: 'staging',
        versions: { 'random-forest': { version: 'v12' } },
      },
      { name: 'production', versions: { svr: { version: 'v3', sha256: 'ab'.repeat(32) } } },
    ]);
    expect(stages[0]?.versions).not.toHaveProperty('svr');
  });

  it("puts a proxy before the feature store's database when it is asked to", () => {
    expect(options({}).stages[0]?.databaseProxy).toBe(false);
    expect(options({ databaseProxy: 'true' }).stages[0]?.databaseProxy).toBe(true);
  });

  it('takes counts from one on, and hands every option on', () => {
    const open = { publicRequestsPerSecond: 4, publicRequestsPerMonth: '5' };
    const counts = { requestsPerSecond: '1', requestsPerMonth: '2', logDays: '7', ...open };
    expect(options({ ...counts, monthlyBudget: 3, alarmTopic: 'arn:x' }).stages[0]).toMatchObject({
      requestsPerSecond: 1,
      requestsPerMonth: 2,
      publicRequestsPerSecond: 4,
      publicRequestsPerMonth: 5,
      logDays: 7,
      monthlyBudget: 3,
      alarmTopic: 'arn:x',
      reservesConcurrency: true,
      commit: 'unknown',
    });
    const small = options({ reservesConcurrency: 'false', commit: 'abc' }).stages[0];
    expect(small).toMatchObject({ reservesConcurrency: false, commit: 'abc' });
    expect(small).not.toHaveProperty('logDays');
  });

  it('has a name of its own for the pages of one stage', () => {
    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c';
    const asked = { pageDomain: 'photos.example.com', pageCertificate: certificate };
    const domain = { name: 'photos.example.com', certificate };
    const domains = (stages: string) =>
      options({ ...asked, stages }).stages.map(({ pageDomain }) => pageDomain);
    expect(domains('production')).toEqual([domain]);
    expect(domains('shop')).toEqual([domain]);
    expect(domains('staging,production')).toEqual([undefined, domain]);
    expect(options({}).stages[0]?.pageDomain).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = { SVR_MODEL_VERSION: '', RANDOM_FOREST_MODEL_VERSION: 'v2' };
    const { stages } = options({}, { ...empty, RANDOM_FOREST_MODEL_SHA256: '' });
    expect(stages[0]?.versions).toEqual({ 'random-forest': { version: 'v2', sha256: undefined } });
  });

  it.each([
    [{ access: 'public' }, {}, '-c access: expected api-key or iam or open, got public'],
    [{ databaseProxy: 'yes' }, {}, '-c databaseProxy: expected false or true, got yes'],
    [{ stages: 'Prod' }, {}, '-c stages'],
    [{ logDays: '-3' }, {}, '-c logDays: expected a positive whole number, got -3'],
    [{ logDays: 0 }, {}, '-c logDays: expected a positive whole number, got 0'],
    [{ logDays: '1.5' }, {}, '-c logDays: expected a positive whole number, got 1.5'],
    [{ publicRequestsPerMonth: 0 }, {}, '-c publicRequestsPerMonth: expected a positive whole'],
    [{ pageDomain: 'photos.example.com' }, {}, 'one needs the other'],
    [{ pageCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/x' }, {}, 'one needs'],
    [{ pageDomain: 'https://x.y', pageCertificate: 'arn' }, {}, '-c pageDomain: expected a name'],
    [
      {
        pageDomain: 'x.example.com',
        pageCertificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/x',
      },
      {},
      'a certificate in us-east-1',
    ],
    [{ stages: 'production,9' }, {}, '-c stages: expected names of small letters'],
    [{}, { SVR_MODEL_VERSION: '7' }, 'SVR_MODEL_VERSION: expected a version such as v7, got 7'],
    [{}, { SVR_MODEL_VERSION: 'v7', SVR_MODEL_SHA256: 'x' }, 'SVR_MODEL_SHA256: expected 64'],
  ])('refuses %j with %j', (context, variables, message) => {
    expect(() => options(context, variables)).toThrow(OptionError);
    expect(() => options(context, variables)).toThrow(message);
  });
});
