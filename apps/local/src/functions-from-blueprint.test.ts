import {
  type Blueprint,
  bucket,
  type FunctionSpec,
  featureStore,
  functions,
  models,
  needsOfFunction,
  workflows,
} from '@chorus/blueprint';
import { linkedBlueprint, linkLists } from '@chorus/blueprint/testing';
import fc from 'fast-check';
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
  foreignProgram: () => ({ command: '', arguments: [], environment: {} }),
  async close() {},
};
const forFunctions = { databaseUrl: 'postgres://10.0.0.1:1/x', cacheUrl: 'redis://10.0.0.1:2' };
const store: FeatureStore = {
  here: { databaseUrl: 'postgres://127.0.0.1:3/x', cacheUrl: 'redis://127.0.0.1:4' },
  forFunctions,
  ready: Promise.resolve(),
  async close() {},
};

const origin = 'http://10.0.0.1:8787';

const blueprint: Blueprint = {
  functions: [
    spec('classifier', {
      kind: 'model',
      links: [bucket('uploads', { access: 'read', prefix: '' })],
    }),
    spec('places', { links: [featureStore()] }),
    spec('uploads', {
      kind: 'http',
      links: [bucket('uploads', { access: 'write', prefix: 'new/' })],
    }),
    spec('gateway', { kind: 'http', links: [models(), workflows(), functions('places')] }),
  ],
  workflows: [],
  routes: [],
  buckets: [{ name: 'uploads', purpose: '' }],
  featureStore: { source: '', maxConnections: 1 },
};

it('tells every kind of function what it needs, and no more', () => {
  const told = localFunctions(blueprint, host, { origin, store });
  expect(told.map(({ name, environment }) => [name, environment])).toEqual([
    ['chorus-classifier', { MODEL_BUCKET: 'chorus-models', UPLOADS_BUCKET: 'chorus-uploads' }],
    ['chorus-places', {}],
    ['chorus-uploads', { UPLOADS_BUCKET: 'chorus-uploads' }],
    [
      'chorus-gateway',
      {
        MODEL_FUNCTIONS: '{"classifier":"chorus-classifier:live"}',
        WORKFLOW_ARNS: '{}',
        PLACES_FUNCTION: 'chorus-places:live',
      },
    ],
  ]);
});

it('tells only who asks the feature store where it is, at the address functions see', () => {
  expect(
    localFunctions(blueprint, host, { origin, store }).map(({ addresses }) => addresses),
  ).toEqual([
    {},
    {
      FEATURES_DATABASE_URL: forFunctions.databaseUrl,
      FEATURES_CACHE_URL: forFunctions.cacheUrl,
    },
    {},
    {},
  ]);
  expect(localFunctions(blueprint, host, { origin }).map(({ addresses }) => addresses)).toEqual([
    {},
    {},
    {},
    {},
  ]);
});

it('gives any function the variables of its links, as they are on AWS', () => {
  const specs = linkedBlueprint.functions;
  fc.assert(
    fc.property(fc.constantFrom(...specs), linkLists, (of, links) => {
      const linked = { ...of, links };
      const isApart = links.some(({ kind }) => kind === 'feature-store');
      fc.pre(
        !isApart || (of.kind !== 'model' && links.every(({ kind }) => kind === 'feature-store')),
      );
      const others = specs.filter(({ name }) => name !== of.name);
      const [told] = localFunctions({ ...linkedBlueprint, functions: [linked, ...others] }, host, {
        origin,
        store,
      });
      // A model's version is set when it goes live.
      const version = ['MODEL_KEY', 'MODEL_SHA256'];
      const { variables } = needsOfFunction(linked, linkedBlueprint);
      expect(Object.keys({ ...told?.environment, ...told?.addresses }).sort()).toEqual(
        Object.keys(variables)
          .filter((name) => !version.includes(name))
          .sort(),
      );
      const queues = Object.values(variables).filter(({ kind }) => kind === 'queue');
      expect(Object.keys(told?.addresses ?? {})).toHaveLength(isApart ? 2 : queues.length);
    }),
  );
});

it('keeps the environments that are provisioned, and the one that is kept warm', () => {
  const [first, second, ...rest] = blueprint.functions.map((spec, index) => ({
    ...spec,
    ...(index === 0 && { provisionedConcurrency: 3 }),
    ...(index === 1 && { keepWarmMinutes: 5 }),
  }));
  const functions = [first, second, ...rest].filter((spec) => spec !== undefined);
  const kept = localFunctions({ ...blueprint, functions }, host, { origin }).map(
    (each) => each.kept,
  );
  expect(kept).toEqual([
    { alias: 'live', environments: 3 },
    { alias: 'live', environments: 1 },
    undefined,
    undefined,
  ]);
});
