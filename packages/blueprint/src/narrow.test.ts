import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchDrift } from './drift/watch-drift.ts';
import { BlueprintError } from './errors.ts';
import { gateway, http, model, onnxModel, task } from './functions.ts';
import { bucket } from './links/bucket.ts';
import { featureStore } from './links/feature-store.ts';
import { functions } from './links/functions.ts';
import { models } from './links/models.ts';
import { needsOfFunction } from './links/needs-of-function.ts';
import { table } from './links/table.ts';
import { workflows } from './links/workflows.ts';
import { narrow } from './narrow.ts';
import { functionsOf, routesTo } from './serve-workflows.ts';
import type { Blueprint, FunctionSpec, WorkflowSpec } from './types.ts';

/** A workflow that asks these functions; what it makes of them does not matter here. */
const asking = (name: string, ...asked: readonly FunctionSpec[]) =>
  ({ name, functions: asked }) as unknown as WorkflowSpec;

const reads = bucket('photos', { access: 'read', prefix: '' });
const writes = bucket('photos', { access: 'write', prefix: '' });
const [price, look] = [model('price'), model('look', { links: [reads] })];
const shared = task('shared');
const places = task('places', { links: [featureStore()] });
const helper = task('helper');
const guide = task('guide', { links: [functions('helper')] });
const served = [asking('prices', price, shared), asking('photos', look, places, guide, shared)];
const page = { path: '/', source: 'apps/web', settings: {} };

const full: Blueprint = {
  functions: functionsOf(served, [
    helper,
    onnxModel('alone'),
    http('upload', { links: [writes] }),
    http('feedback', { links: [bucket('opinions', { access: 'write', prefix: '' })] }),
    http('time'),
    gateway({ links: [models(), workflows(), writes] }),
  ]),
  workflows: served,
  routes: [
    ...routesTo(served),
    { method: 'POST', path: '/upload', function: 'upload' },
    { method: 'POST', path: '/feedback', function: 'feedback' },
    { method: 'POST', path: '/time', function: 'time' },
    { method: 'ANY', path: '/v2', function: 'gateway' },
  ],
  buckets: ['models', 'photos', 'opinions'].map((name) => ({ name, purpose: name })),
  featureStore: { source: 'packages/functions/places', maxConnections: 20 },
  pages: [
    { ...page, calls: ['POST /predict/photos', 'POST /upload', 'POST /feedback'] },
    { ...page, path: '/now', calls: ['POST /time'] },
  ],
};

const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name);
const paths = (of: readonly { readonly path: string }[]) => of.map(({ path }) => path);

describe('the part of a service with one workflow', () => {
  const part = narrow(full, { workflows: ['prices'] });

  it('has what that one asks, what is served by itself, and nothing else', () => {
    expect(names(part.workflows)).toEqual(['prices']);
    expect(names(part.functions)).toEqual(['price', 'shared', 'alone', 'time', 'gateway']);
  });

  it('has the routes that lead somewhere, and the pages that call nothing but them', () => {
    expect(paths(part.routes)).toEqual(['/predict/prices', '/time', '/v2']);
    expect(paths(part.pages ?? [])).toEqual(['/now']);
  });

  it('has no bucket that is filled for nobody, no link to one, and no feature store', () => {
    expect(names(part.buckets)).toEqual(['models']);
    expect(part.functions.at(-1)?.links).toEqual([models(), workflows()]);
    expect(part).not.toHaveProperty('featureStore');
  });
});

describe('the part of a service with tables', () => {
  const keep = task('keep', { links: [table('notes', { access: 'write' })] });
  const noted = asking('noted', price, keep);
  const key = { name: 'id', type: 'S' } as const;
  const kept: Blueprint = {
    ...full,
    workflows: [...served, noted],
    functions: [
      ...full.functions,
      keep,
      http('read', { links: [table('notes', { access: 'read' })] }),
      http('days', { links: [table('calendar', { access: 'read' })] }),
    ],
    routes: [
      ...full.routes,
      { method: 'GET', path: '/notes/{id}', function: 'read' },
      { method: 'GET', path: '/days/{id}', function: 'days' },
    ],
    tables: ['notes', 'calendar', 'spare'].map((name) => ({ name, purpose: name, key })),
  };

  it('has neither a table that is filled for nothing, nor what reads it', () => {
    const part = narrow(kept, { workflows: ['prices'] });
    expect(names(part.tables ?? [])).toEqual(['calendar', 'spare']);
    expect(names(part.functions)).not.toContain('read');
    expect(paths(part.routes)).not.toContain('/notes/{id}');
    // Something else fills it: no function ever did.
    expect(paths(part.routes)).toContain('/days/{id}');
  });

  it('has both while something fills it', () => {
    const part = narrow(kept, { workflows: ['noted'] });
    expect(part.tables).toEqual(kept.tables);
    expect(paths(part.routes)).toContain('/notes/{id}');
    const next = narrow(kept, { workflows: ['prices'], functions: ['keep'] });
    expect(paths(next.routes)).toContain('/notes/{id}');
  });
});

it('the part with the other workflow has all that it asks, and what its page fills', () => {
  const part = narrow(full, { workflows: ['photos'] });
  const gone = names(full.functions).filter((name) => !names(part.functions).includes(name));
  expect(gone).toEqual(['price']);
  expect([part.buckets, part.pages, part.featureStore]).toEqual([
    full.buckets,
    full.pages,
    full.featureStore,
  ]);
});

it('functions that are named stay, with what they need; a feature store stays that is asked for', () => {
  const going = ['look', 'places', 'upload'];
  const part = narrow(full, { workflows: ['prices'], functions: going });
  expect(names(part.functions)).toEqual(expect.arrayContaining(going));
  expect(names(part.functions)).not.toContain('guide');
  expect(names(part.buckets)).toEqual(['models', 'photos']);
  expect(part.featureStore).toEqual(full.featureStore);
  const next = narrow(full, { workflows: ['prices'], featureStore: true });
  expect(next.featureStore).toEqual(full.featureStore);
  expect(names(next.functions)).not.toContain('places');
});

it('functions that ask a feature store that is left out stay, without a link to it', () => {
  const part = narrow(full, { featureStore: false });
  expect(part).not.toHaveProperty('featureStore');
  expect(part.functions).toEqual(
    full.functions.map((spec) => (spec.name === 'places' ? task('places') : spec)),
  );
  expect(part.workflows[1]?.functions).toContainEqual(task('places'));
  expect([part.routes, part.pages, part.buckets]).toEqual([full.routes, full.pages, full.buckets]);
});

it('the part of everything is the service', () => {
  expect(narrow(full, {})).toBe(full);
  expect(narrow(full, { featureStore: true })).toBe(full);
  expect(narrow(full, { workflows: names(full.workflows) })).toEqual(full);
});

it('any part has nothing that leads to what is not there, and is a part of itself', () => {
  fc.assert(
    fc.property(
      fc.subarray(names(full.workflows)),
      fc.option(fc.boolean(), { nil: undefined }),
      (wanted, store) => {
        const asked = { workflows: wanted, featureStore: store };
        const part = narrow(full, asked);
        for (const spec of part.functions) expect(() => needsOfFunction(spec, part)).not.toThrow();
        const there = names(part.functions);
        for (const { functions: asks } of part.workflows)
          expect(names(asks).filter((name) => !there.includes(name))).toEqual([]);
        for (const route of part.routes)
          expect('workflow' in route ? names(part.workflows) : there).toContain(
            'workflow' in route ? route.workflow : route.function,
          );
        const routes = part.routes.map(({ method, path }) => `${method} ${path}`);
        for (const { calls } of part.pages ?? [])
          expect(calls.filter((call) => !routes.includes(call))).toEqual([]);
        expect(narrow(part, asked)).toEqual(part);
      },
    ),
  );
});

it.each([
  [
    { workflows: ['prices', 'weather'] },
    full,
    'there is no workflow weather; the service has prices, photos',
  ],
  [{ featureStore: true }, narrow(full, { featureStore: false }), 'describes no feature store'],
])('%j is refused by name', (part, of, message) => {
  expect(() => narrow(of, part)).toThrow(BlueprintError);
  expect(() => narrow(of, part)).toThrow(message);
});

it.each([
  ['read', reads],
  ['written', writes],
])('a bucket that is %s by a workflow that stays is there, and goes with it', (_how, link) => {
  const [prices, photos] = [asking('prices', price), asking('photos', look)];
  const both: Blueprint = {
    functions: functionsOf([prices, photos], []),
    workflows: [prices, { ...photos, functions: [model('look')], links: [link] }],
    routes: [],
    buckets: [{ name: 'photos', purpose: '' }],
  };
  expect(names(narrow(both, { workflows: ['photos'] }).buckets)).toEqual(['photos']);
  expect(names(narrow(both, { workflows: ['prices'] }).buckets)).toEqual([]);
});

it('what counts the drift of models is there as long as there is a model', () => {
  const drift = watchDrift();
  const watched: Blueprint = {
    ...full,
    functions: [...functionsOf(served), ...drift.functions],
    tables: drift.tables,
    schedules: drift.schedules,
  };
  const some = narrow(watched, { workflows: ['prices'] });
  expect(names(some.functions)).toContain('count-drift');
  expect([some.tables, some.schedules]).toEqual([drift.tables, drift.schedules]);
  const none = narrow(watched, { workflows: [] });
  expect([none.functions, none.tables, none.schedules]).toEqual([[], [], []]);
});
