import { http, type StageSpec } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { expect, it } from 'vitest';
import { checkAccess } from './check-access.ts';
import { OptionError } from './errors.ts';

const jwt = { issuer: 'https://login.example.com/pool', audience: ['web'] };
const route = 'POST /uploads';

const check = (spec: Partial<StageSpec>, of = blueprint) =>
  checkAccess('staging', { region: 'us-east-1', ...spec }, of);

it.each<[string, Partial<StageSpec>]>([
  ['nothing', {}],
  ['a quota of its key', { requestsPerMonth: 5 }],
  ['tokens', { access: 'jwt', jwt }],
  ['a lower rate of a route', { routeRates: { [route]: { perSecond: 2 } } }],
  ['origins', { origins: ['https://shop.example.com', 'http://localhost:5173'] }],
])('a stage may say %s of its callers', (_name, spec) => {
  expect(() => check(spec)).not.toThrow();
});

it('a stage with public pages may say what holds for them', () => {
  const open = { ...blueprint, publicPages: true };
  expect(() =>
    check({ publicRate: { perSecond: 2 }, publicRequestsPerMonth: 5 }, open),
  ).not.toThrow();
});

it.each<[Partial<StageSpec>, string]>([
  [{ jwt }, "access is not 'jwt'"],
  [{ access: 'jwt' }, "access 'jwt' needs jwt"],
  [{ access: 'jwt', jwt: { ...jwt, issuer: 'http://login.example.com' } }, 'jwt.issuer: expected'],
  [{ access: 'jwt', jwt: { ...jwt, issuer: 'login.example.com' } }, 'jwt.issuer: expected'],
  [{ access: 'jwt', jwt: { ...jwt, audience: [] } }, 'jwt.audience: expected'],
  [{ access: 'jwt', jwt: { ...jwt, audience: ['a b'] } }, 'jwt.audience: expected'],
  [
    { access: 'open', requestsPerMonth: 5 },
    "requestsPerMonth: is the quota of a key, and access 'open'",
  ],
  [{ access: 'iam', requestsPerMonth: 5 }, "access 'iam' has none"],
  [
    { pageDomain: { name: 'a.example.com', certificate: 'arn' } },
    'pageDomain: is about public pages',
  ],
  [{ publicRate: { perSecond: 1 } }, 'publicRate: is about public pages'],
  [{ publicRequestsPerMonth: 1 }, 'publicRequestsPerMonth: is about public pages'],
  [{ routeRates: { 'POST /upload': { perSecond: 1 } } }, 'POST /upload is no route: POST '],
  [{ routeRates: { 'ANY /v2': { perSecond: 1 } } }, 'ANY /v2 has any method'],
  [{ routeRates: { [route]: { perSecond: 101 } } }, '101 a second, and the whole API 100'],
  [{ rate: { perSecond: 3 }, routeRates: { [route]: { perSecond: 4 } } }, 'the whole API 3'],
  [{ origins: ['*'] }, 'one by one and without a path, got *'],
  [{ origins: ['https://*.example.com'] }, 'got https://*.example.com'],
  [{ origins: ['https://shop.example.com/'] }, 'got https://shop.example.com/'],
  [{ origins: ['http://shop.example.com'] }, 'got http://shop.example.com'],
  [{ origins: ['https://a.example.com', 'https://a.example.com'] }, 'is named twice'],
])('%j is refused', (spec, message) => {
  expect(() => check(spec)).toThrow(OptionError);
  expect(() => check(spec)).toThrow('stage staging: ');
  expect(() => check(spec)).toThrow(message);
});

it('a function of the service that has the name of the one that judges tokens is refused', () => {
  const functions = [...blueprint.functions, http('authorizer')];
  expect(() => check({ access: 'jwt', jwt }, { ...blueprint, functions })).toThrow('rename it');
  expect(() => check({}, { ...blueprint, functions })).not.toThrow();
});
