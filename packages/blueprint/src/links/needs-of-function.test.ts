import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlueprintError } from '../errors.ts';
import { linkedBlueprint, linkLists } from '../testing/links.ts';
import type { Blueprint, FunctionSpec } from '../types.ts';
import { bucket } from './bucket.ts';
import { executions } from './executions.ts';
import { featureStore } from './feature-store.ts';
import { functions } from './functions.ts';
import type { Link } from './link.ts';
import { models } from './models.ts';
import type { Needs } from './needs.ts';
import { needsOfFunction } from './needs-of-function.ts';
import { table } from './table.ts';
import { workflows } from './workflows.ts';

/** A function of the blueprint with these links. */
function given(name: string, links: readonly Link[]): FunctionSpec {
  const found = linkedBlueprint.functions.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return { ...found, links };
}

const needs = (name: string, ...links: readonly Link[]): Needs =>
  needsOfFunction(given(name, links), linkedBlueprint);

/** Returns what is allowed, one action on one resource a line. */
function rights({ statements }: Needs): readonly string[] {
  const all = statements.flatMap(({ actions, resources }) =>
    actions.flatMap((action) => resources.map((each) => `${action} ${JSON.stringify(each)}`)),
  );
  return [...new Set(all)].sort();
}

const read = (name: string, prefix = 'in/') => bucket(name, { access: 'read', prefix });
const write = (name: string, prefix = 'in/') => bucket(name, { access: 'write', prefix });

describe('any links on one function', () => {
  const anyFunction = fc.constantFrom(...linkedBlueprint.functions.map(({ name }) => name));

  it('have ids of their own, allow what each of them allows, and no more', () => {
    let held = 0;
    fc.assert(
      fc.property(anyFunction, linkLists, (name, links) => {
        const single = links.map((each) => needs('page', each));
        const isModel = name === 'tall-tree' || name === 'line';
        const apart = single.filter(({ isolated }) => isolated === true).length;
        if (apart > 0 && (apart < links.length || isModel)) {
          expect(() => needs(name, ...links)).toThrow(BlueprintError);
          return;
        }
        held += 1;
        const together = needs(name, ...links);
        const sids = together.statements.map(({ sid }) => sid);
        expect(new Set(sids).size).toBe(sids.length);
        for (const { sid, actions, resources } of together.statements) {
          expect(sid).toMatch(/^[A-Za-z0-9]+$/);
          expect(actions.join()).not.toContain('*');
          expect(resources).not.toEqual([]);
          expect(new Set(resources.map((each) => JSON.stringify(each))).size).toBe(
            resources.length,
          );
        }
        const each = [needs(name), ...single];
        expect(rights(together)).toEqual([...new Set(each.flatMap(rights))].sort());
        expect(together.variables).toEqual(
          Object.assign({}, ...each.map(({ variables }) => variables)),
        );
        expect(together.isolated).toBe(apart > 0);
      }),
      { numRuns: 500 },
    );
    expect(held).toBeGreaterThan(100);
  });
});

describe('a bucket', () => {
  it('is read or written under its prefix only', () => {
    expect(needs('step', read('photos'))).toEqual({
      variables: { PHOTOS_BUCKET: { kind: 'bucket', bucket: 'photos' } },
      statements: [
        expect.objectContaining({
          sid: 'ReadPhotos',
          actions: ['s3:GetObject'],
          resources: [{ kind: 'objects', bucket: 'photos', keys: 'in/*' }],
        }),
        {
          sid: 'MissPhotos',
          actions: ['s3:ListBucket'],
          resources: [{ kind: 'bucket', bucket: 'photos' }],
        },
      ],
      isolated: false,
    });
    expect(needs('step', write('photos', 'out/')).statements).toEqual([
      expect.objectContaining({
        sid: 'WritePhotos',
        actions: ['s3:PutObject'],
        resources: [{ kind: 'objects', bucket: 'photos', keys: 'out/*' }],
      }),
    ]);
  });

  it('holds for each of its links when there are more', () => {
    const { statements } = needs(
      'step',
      read('photos', 'in/'),
      write('photos', 'out/'),
      read('photos', 'old/'),
      write('a-1', ''),
    );
    const objects = statements.map(({ sid, resources }) => [
      sid,
      resources.map((each) => ('keys' in each ? `${each.bucket}/${each.keys}` : 'itself')),
    ]);
    expect(objects).toEqual([
      ['ReadPhotos', ['photos/in/*', 'photos/old/*']],
      ['MissPhotos', ['itself']],
      ['WritePhotos', ['photos/out/*']],
      ['WriteA1', ['a-1/*']],
    ]);
  });

  it.each(['in', '/', 'in//', 'a*/', '?/', '$x/'])(
    'is not given under %j, which would cover other keys',
    (prefix) => {
      expect(() => needs('step', read('photos', prefix))).toThrow(
        `step: the prefix ${JSON.stringify(prefix)} of the bucket photos has to end in one slash`,
      );
    },
  );
});

describe('links that contradict', () => {
  it.each<[Link[], string]>([
    [[read('videos')], 'there is no bucket videos'],
    [[functions('nobody', 'step', 'none')], 'there is no function nobody, none'],
    [
      [featureStore(), models()],
      "the feature store's network has no way to buckets, tables, queues or other",
    ],
  ])('%j the blueprint or each other are refused by name', (links, message) => {
    expect(() => needs('page', ...links)).toThrow(BlueprintError);
    expect(() => needs('page', ...links)).toThrow(`page: ${message}`);
  });

  it('the blueprint, which has no feature store, are refused', () => {
    const { featureStore: _, ...without }: Blueprint = linkedBlueprint;
    expect(() => needsOfFunction(given('step', [featureStore()]), without)).toThrow(
      'step: asks the feature store, and there is none',
    );
  });

  const withBuckets = (...names: readonly string[]): Blueprint => ({
    ...linkedBlueprint,
    buckets: names.map((name) => ({ name, purpose: '' })),
  });

  it('in one variable of two values are refused', () => {
    expect(() =>
      needsOfFunction(given('line', [read('model')]), withBuckets('models', 'model')),
    ).toThrow('line: MODEL_BUCKET would have two values');
  });

  it('with what Lambda takes for a variable are refused', () => {
    expect(() => needsOfFunction(given('step', [read('a.b')]), withBuckets('a.b'))).toThrow(
      'step: A.B_BUCKET is no name of an environment variable',
    );
  });
});

describe('a table', () => {
  const read = ['dynamodb:GetItem', 'dynamodb:Query'];
  const write = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map(
    (each) => `dynamodb:${each}`,
  );
  const reviews = [{ kind: 'table', table: 'reviews' }];

  it.each([
    ['read', [{ sid: 'ReadReviews', actions: read, resources: reviews }]],
    ['write', [{ sid: 'WriteReviews', actions: write, resources: reviews }]],
    [
      'read-write',
      [
        { sid: 'ReadReviews', actions: read, resources: reviews },
        { sid: 'WriteReviews', actions: write, resources: reviews },
      ],
    ],
  ] as const)('with %s has no other rights', (access, statements) => {
    expect(needs('step', table('reviews', { access }))).toEqual({
      variables: { REVIEWS_TABLE: { kind: 'table', table: 'reviews' } },
      statements,
      isolated: false,
    });
  });

  it('is read by its indexes too, and written through itself only', () => {
    expect(rights(needs('step', table('seen-by', { access: 'read' })))).toEqual([
      'dynamodb:GetItem {"kind":"table","table":"seen-by"}',
      'dynamodb:Query {"kind":"table","table":"seen-by","index":"by-day"}',
      'dynamodb:Query {"kind":"table","table":"seen-by"}',
    ]);
    const writes = rights(needs('step', table('seen-by', { access: 'write' })));
    expect(writes.filter((each) => each.includes('by-day'))).toEqual([]);
    expect(writes).toHaveLength(4);
  });

  it('that is not there is refused', () => {
    expect(() => needs('step', table('other', { access: 'read' }))).toThrow(
      'step: there is no table other',
    );
  });
});

describe('a model', () => {
  it('reads its own versions, and is told which one to serve', () => {
    const own = needs('line');
    expect(Object.keys(own.variables)).toEqual(['MODEL_BUCKET', 'MODEL_KEY', 'MODEL_SHA256']);
    expect(rights(own)).toEqual([
      's3:GetObject {"kind":"objects","bucket":"models","keys":"models/line/*"}',
    ]);
    expect(needs('step')).toEqual({ variables: {}, statements: [], isolated: false });
  });
});

describe('all models and workflows', () => {
  it('are those of the blueprint, and nothing is allowed where there are none', () => {
    const { variables } = needs('page', models(), workflows(), functions('step'));
    expect(variables).toEqual({
      MODEL_FUNCTIONS: {
        kind: 'names',
        of: {
          'tall-tree': { kind: 'function', name: 'tall-tree' },
          line: { kind: 'function', name: 'line' },
        },
      },
      WORKFLOW_ARNS: {
        kind: 'names',
        of: {
          price: { kind: 'workflow', name: 'price' },
          'animal-kind': { kind: 'workflow', name: 'animal-kind' },
        },
      },
      STEP_FUNCTION: { kind: 'function', name: 'step' },
    });
    const none = { ...linkedBlueprint, functions: [], workflows: [] };
    const { statements } = needsOfFunction(given('page', [models(), workflows()]), none);
    expect(statements).toEqual([]);
  });

  it('are not the standard workflows, which give no answer to who asks them', () => {
    const [first, ...others] = linkedBlueprint.workflows;
    if (first === undefined) throw new TypeError('there is no workflow');
    const all = {
      ...linkedBlueprint,
      workflows: [{ ...first, type: 'standard' as const }, ...others],
    };
    const { variables } = needsOfFunction(given('page', [workflows()]), all);
    expect(variables).toEqual({
      WORKFLOW_ARNS: {
        kind: 'names',
        of: { 'animal-kind': { kind: 'workflow', name: 'animal-kind' } },
      },
    });
  });
});

describe('executions', () => {
  const [first, ...others] = linkedBlueprint.workflows;
  if (first === undefined) throw new TypeError('there is no workflow');
  const mixed: Blueprint = {
    ...linkedBlueprint,
    workflows: [{ ...first, type: 'standard' }, ...others],
  };

  it('are started as their workflows are: for an answer, or to run by themselves', () => {
    expect(needsOfFunction(given('step', [executions('price', 'animal-kind')]), mixed)).toEqual({
      variables: {
        PRICE_WORKFLOW: { kind: 'workflow', name: 'price' },
        ANIMAL_KIND_WORKFLOW: { kind: 'workflow', name: 'animal-kind' },
      },
      statements: [
        {
          sid: 'StartWorkflows',
          actions: ['states:StartSyncExecution'],
          resources: [{ kind: 'workflow', name: 'animal-kind' }],
        },
        {
          sid: 'StartExecutions',
          actions: ['states:StartExecution'],
          resources: [{ kind: 'workflow', name: 'price' }],
        },
      ],
      isolated: false,
    });
  });

  it('of what is no state machine are refused', () => {
    expect(() => needs('step', executions('price', 'none'))).toThrow(
      'step: there is no state machine none',
    );
  });
});

describe('messages', () => {
  const received = [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ];
  const consumed: Blueprint = {
    ...linkedBlueprint,
    queues: [
      { name: 'work', purpose: '', consumer: { function: 'step' } },
      { name: 'in-order', purpose: '', fifo: true },
    ],
  };

  it('are taken from a queue for its consumer, which is told nothing of the queue', () => {
    expect(needsOfFunction(given('step', []), consumed)).toEqual({
      variables: {},
      statements: [
        {
          sid: 'ReceiveFromWork',
          actions: received,
          resources: [{ kind: 'queue', queue: { name: 'work', fifo: false } }],
        },
      ],
      isolated: false,
    });
    expect(needsOfFunction(given('line', []), consumed).statements).toHaveLength(1);
  });

  it('reach a function in the network of the feature store too', () => {
    const { statements, isolated } = needsOfFunction(given('step', [featureStore()]), consumed);
    expect(isolated).toBe(true);
    expect(statements.map(({ sid }) => sid)).toContain('ReceiveFromWork');
  });

  it('that failed for good are sent to the queue of failures', () => {
    const spec: FunctionSpec = {
      ...given('page', []),
      asynchronous: { onFailure: { queue: 'in-order' } },
    };
    expect(needsOfFunction(spec, consumed).statements).toEqual([
      {
        sid: 'SendToInOrder',
        actions: ['sqs:SendMessage'],
        resources: [{ kind: 'queue', queue: { name: 'in-order', fifo: true } }],
      },
    ]);
    const lost: FunctionSpec = { ...spec, asynchronous: { onFailure: { queue: 'none' } } };
    expect(() => needsOfFunction(lost, consumed)).toThrow('page: there is no queue none');
  });
});
