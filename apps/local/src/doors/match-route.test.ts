import type { RouteSpec } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import { matchRoute } from './match-route.ts';

const routes: readonly RouteSpec[] = [
  { method: 'ANY', path: '/v2/{proxy+}', function: 'protocol' },
  { method: 'POST', path: '/predict/{model}', function: 'models' },
  { method: 'POST', path: '/predict/price', workflow: 'price' },
  { method: 'ANY', path: '/v2', function: 'protocol' },
  { method: 'POST', path: '/uploads', function: 'uploads' },
];

it.each([
  ['/uploads', '/uploads', undefined],
  ['/uploads/', '/uploads', undefined],
  ['/predict/price', '/predict/price', undefined],
  ['/predict/price/', '/predict/price', undefined],
  ['/predict/churn', '/predict/{model}', { model: 'churn' }],
  ['/predict/churn/', '/predict/{model}', { model: 'churn' }],
  ['/predict/prices', '/predict/{model}', { model: 'prices' }],
  ['/predict/a%2Fb', '/predict/{model}', { model: 'a%2Fb' }],
  ['/v2', '/v2', undefined],
  ['/v2/', '/v2', undefined],
  ['/v2/models', '/v2/{proxy+}', { proxy: 'models' }],
  ['/v2/models/churn/infer', '/v2/{proxy+}', { proxy: 'models/churn/infer' }],
  ['/v2/models/', '/v2/{proxy+}', { proxy: 'models/' }],
])('%s belongs to %s', (path, expected, parameters) => {
  expect(matchRoute(routes, path)).toEqual({
    route: expect.objectContaining({ path: expected }),
    parameters,
  });
});

it.each([
  '/',
  '',
  '/predict',
  '/predict/',
  '/predict/a/b',
  '/predict//',
  '/uploads/a',
  '/v3',
  'v2',
])('%j belongs to none', (path) => {
  expect(matchRoute(routes, path)).toBeUndefined();
});
