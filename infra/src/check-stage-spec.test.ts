import type { StageSpec } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import * as shipped from '../stages.ts';
import { checkStageSpec } from './check-stage-spec.ts';
import { OptionError } from './errors.ts';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c';
const inEurope = certificate.replace('us-east-1', 'eu-west-1');

it.each<[string, Partial<StageSpec>]>([
  ['nothing else', {}],
  ['an account', { account: '012345678901' }],
  ['two zones', { zones: ['eu-west-1c', 'eu-west-1a'] }],
  [
    'a certificate of its region for the API',
    { domain: { name: 'a.b.com', certificate: inEurope } },
  ],
  ['one of us-east-1 for pages', { pageDomain: { name: 'photos.example.com', certificate } }],
  ['a region of the government', { region: 'us-gov-east-1' }],
])('a stage may have %s', (_, spec) => {
  expect(() => checkStageSpec('staging', { region: 'eu-west-1', ...spec })).not.toThrow();
});

it.each<[Partial<StageSpec>, string]>([
  [
    { featurStore: false } as Partial<StageSpec>,
    'featurStore: there is no such option; there are region, account, zones',
  ],
  [
    { functions: { svr: { memory: 512 } } } as Partial<StageSpec>,
    'functions.svr.memory: there is no such option; there are memoryMb, concurrency',
  ],
  [{ functions: { svr: { memoryMb: 64 } } }, 'memoryMb: expected a whole number from 128 to 10240'],
  [{ functions: { svr: { concurrency: 0 } } }, 'functions.svr.concurrency has to be a positive'],
  [{ functions: { svr: { provisionedConcurrency: 0.5 } } }, 'expected a whole number, got 0.5'],
  [
    { architecture: 'amd64' } as unknown as Partial<StageSpec>,
    'architecture: expected arm64 or x64, got amd64',
  ],
  [
    { access: 'apikey' } as unknown as Partial<StageSpec>,
    'access: expected api-key or iam or jwt or open, got apikey',
  ],
  [{ canary: '20-percent' } as unknown as Partial<StageSpec>, 'canary: expected all-at-once or'],
  [
    { alarms: 'me@example.com' } as unknown as Partial<StageSpec>,
    'alarms: expected bootstrap, none, or the ARN of a topic of SNS, got me@example.com',
  ],
  [{ notify: 'me' }, 'notify: expected an e-mail address, got me'],
  [{ logDays: 45 }, 'logDays: CloudWatch keeps logs for 1, 3, 5'],
  [{ origins: 'https://a.b' } as unknown as Partial<StageSpec>, 'origins: expected a list, got'],
  [{ waf: 'yes' } as unknown as Partial<StageSpec>, 'waf: expected a boolean, got "yes"'],
  [
    { access: 'jwt', jwt: { issuer: 'https://a.b', audiences: ['x'] } } as unknown as StageSpec,
    'jwt.audience: expected a list, got undefined',
  ],
  [
    { domain: { name: 'a.b.com', cert: 'x' } } as unknown as StageSpec,
    'domain.certificate: expected a string, got undefined',
  ],
  [{ rate: { burst: 3 } } as unknown as StageSpec, 'rate.perSecond: expected a number'],
  [{ region: 'Virginia' }, 'region: expected a region such as us-east-1, got Virginia'],
  [{ account: '1234' }, 'account: expected twelve digits, got 1234'],
  [{ zones: ['us-east-1a', 'us-east-1a'] }, 'zones: expected two zones of us-east-1'],
  [{ zones: ['us-east-1a', 'us-east-2b'] }, 'got us-east-1a and us-east-2b'],
  [{ logDays: -3 }, 'days, got -3'],
  [{ logDays: 0 }, 'days, got 0'],
  [{ logDays: 1.5 }, 'days, got 1.5'],
  [{ publicRequestsPerMonth: 0 }, 'publicRequestsPerMonth has to be a positive whole number'],
  [{ rate: { perSecond: 0 } }, 'rate.perSecond has to be'],
  [{ publicRate: { perSecond: 5, burst: -1 } }, 'publicRate.burst has to be'],
  [{ pageDomain: { name: 'https://x.y', certificate } }, 'pageDomain.name: expected a name'],
  [
    { pageDomain: { name: 'x.example.com', certificate: inEurope } },
    'pageDomain.certificate: expected the ARN of a certificate in us-east-1, got arn:aws:acm:eu-west-1',
  ],
  [{ domain: { name: 'x.example.com', certificate: inEurope } }, 'a certificate in us-east-1'],
  [{ domain: { name: 'x.example.com', certificate: 'mine' } }, 'domain.certificate: expected'],
])('%j is refused', (spec, message) => {
  const check = () => checkStageSpec('staging', { region: 'us-east-1', ...spec });
  expect(check).toThrow(OptionError);
  expect(check).toThrow('stage staging: ');
  expect(check).toThrow(message);
});

it('the stages that are shipped have options that can be deployed', () => {
  for (const [name, spec] of Object.entries({ ...shipped.stages, 'pr-1': shipped.preview }))
    expect(() => checkStageSpec(name, spec)).not.toThrow();
});
