import type { RouteSpec } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import { matchRoute, routeFor } from './match-route.ts';

const routes: readonly RouteSpec[] = [
  { method: 'ANY', path: '/v2/{proxy+}', function: 'protocol' },
  { method: 'POST', path: '/predict/{model}', function: 'models' },
  { method: 'POST', path: '/predict/price', workflow: 'price' },
  { method: 'ANY', path: '/v2', function: 'protocol' },
  { method: 'POST', path: '/uploads', function: 'uploads' },
  { method: 'GET', path: '/predict/price/{id}', function: 'read' },
  { method: 'GET', path: '/notes', function: 'read' },
  { method: 'POST', path: '/notes', function: 'write' },
  { method: 'ANY', path: '/notes', function: 'other' },
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
  ['/predict/price/order-17', '/predict/price/{id}', { id: 'order-17' }],
  ['/predict/price/a%2Fb', '/predict/price/{id}', { id: 'a%2Fb' }],
  ['/v2', '/v2', undefined],
  ['/v2/', '/v2', undefined],
  ['/v2/models', '/v2/{proxy+}', { proxy: 'models' }],
  ['/v2/models/churn/infer', '/v2/{proxy+}', { proxy: 'models/churn/infer' }],
  ['/v2/models/', '/v2/{proxy+}', { proxy: 'models/' }],
])('%s belongs to %s', (path, expected, parameters) => {
  expect(matchRoute(routes, path)).toEqual({
    routes: expect.arrayContaining([expect.objectContaining({ path: expected })]),
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
  '/predict/price/a/b',
  '/uploads/a',
  '/v3',
  'v2',
])('%j belongs to none', (path) => {
  expect(matchRoute(routes, path)).toBeUndefined();
});

it.each([
  ['/notes', 'GET', 'read'],
  ['/notes', 'POST', 'write'],
  ['/notes', 'DELETE', 'other'],
  ['/predict/price/a', 'GET', 'read'],
  ['/predict/price/a', 'POST', undefined],
  ['/predict/price/a', 'HEAD', undefined],
  // The most exact path has the request, and another one that takes the method does not.
  ['/predict/price', 'GET', undefined],
])('at %s the method %s leads to %s', (path, method, expected) => {
  const route = routeFor(matchRoute(routes, path)?.routes ?? [], method);
  expect(route && 'function' in route ? route.function : undefined).toBe(expected);
});
