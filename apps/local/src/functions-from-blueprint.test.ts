import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import type { FeatureStore } from './feature-store.ts';
import { localFunctions } from './functions-from-blueprint.ts';
import type { FunctionHost } from './hosts/host.ts';

const spec = (name: string, more: Partial<FunctionSpec>): FunctionSpec => ({
  name,
  kind: 'task',
  source: `packages/${name}`,
  memoryMb: 128,
  timeoutSeconds: 5,
  concurrency: 1,
  ...more,
});

const host: FunctionHost = {
  address: '10.0.0.1',
  program: () => ({ command: '', arguments: [], environment: {} }),
  async close() {},
};
const forFunctions = { databaseUrl: 'postgres://10.0.0.1:1/x', cacheUrl: 'redis://10.0.0.1:2' };
const store: FeatureStore = {
  here: { databaseUrl: 'postgres://127.0.0.1:3/x', cacheUrl: 'redis://127.0.0.1:4' },
  forFunctions,
  ready: Promise.resolve(),
  async close() {},
};

const blueprint: Blueprint = {
  functions: [
    spec('classifier', { kind: 'model', buckets: { uploads: 'read' } }),
    spec('places', { featureStore: true }),
    spec('uploads', { kind: 'http', buckets: { uploads: 'write' } }),
    spec('gateway', { kind: 'gateway' }),
  ],
  workflows: [],
  routes: [],
  buckets: [],
};

it('tells every kind of function what it needs, and no more', () => {
  const functions = localFunctions(blueprint, host, store);
  expect(functions.map(({ name, environment }) => [name, environment])).toEqual([
    ['chorus-classifier', { MODEL_BUCKET: 'chorus-models', UPLOADS_BUCKET: 'chorus-uploads' }],
    ['chorus-places', {}],
    ['chorus-uploads', { UPLOADS_BUCKET: 'chorus-uploads' }],
    [
      'chorus-gateway',
      { MODEL_FUNCTIONS: '{"classifier":"chorus-classifier:live"}', WORKFLOW_ARNS: '{}' },
    ],
  ]);
});

it('tells only who asks the feature store where it is, at the address functions see', () => {
  expect(localFunctions(blueprint, host, store).map(({ addresses }) => addresses)).toEqual([
    {},
    {
      FEATURES_DATABASE_URL: forFunctions.databaseUrl,
      FEATURES_CACHE_URL: forFunctions.cacheUrl,
    },
    {},
    {},
  ]);
  expect(localFunctions(blueprint, host).map(({ addresses }) => addresses)).toEqual([
    {},
    {},
    {},
    {},
  ]);
});
