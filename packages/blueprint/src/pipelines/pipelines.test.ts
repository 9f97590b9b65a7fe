import { compile } from '@chorus/asl';
import { usualHoldOut } from '@chorus/data';
import { compilePattern } from '@chorus/events';
import type { ModelSchema } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { mean } from '../answers/mean.ts';
import { checkEvents } from '../check-events.ts';
import { driftEvent } from '../drift/drift-event.ts';
import { watchDrift } from '../drift/watch-drift.ts';
import { BlueprintError } from '../errors.ts';
import { model } from '../functions.ts';
import { needsOfFunction } from '../links/needs-of-function.ts';
import { narrow } from '../narrow.ts';
import { rows } from '../requests/rows.ts';
import { text } from '../requests/text.ts';
import { ask } from '../steps/ask.ts';
import { gather } from '../steps/gather.ts';
import type { Blueprint } from '../types.ts';
import { workflow } from '../workflow.ts';
import type { PipelineSpec } from './pipeline-spec.ts';
import { pipelines, pipelinesOf } from './pipelines.ts';

const columns = [
  { name: 'size', description: '', minimum: 0 },
  { name: 'age', description: '' },
] as const;

const schema = (name: string): ModelSchema => ({
  name,
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 2], columns }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
});

const names = ['one', 'other'] as const;

const prices = workflow({
  name: 'prices',
  request: rows({ columns }),
  steps: gather(
    names.map((name) => ask(model(name), schema(name))),
    { quorum: 1 },
  ),
  answer: mean('price'),
  example: { size: 1, age: 2 },
});

const trained = (name: string) => ({
  model: model(name),
  schema: schema(name),
  trainer: 'some-trainer',
  options: { depth: 3 },
  seed: 4,
});

const spec: PipelineSpec = {
  name: 'prices',
  workflow: prices,
  target: { name: 'price', minimum: 0 },
  train: [trained('one'), trained('other')],
  rows: { minimum: 10, maximum: 1000 },
};

const definitionOf = (more: Partial<PipelineSpec> = {}) => {
  const [machine] = pipelines([{ ...spec, ...more }]).machines;
  if (machine === undefined) throw new Error('no machine');
  return machine.definition as {
    readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
};

const substitutions = Object.fromEntries(
  ['record_run', 'prepare_data', 'train', 'evaluate_models', 'release'].map((name) => [
    name,
    'arn',
  ]),
);

const blueprintOf = (all: readonly PipelineSpec[]): Blueprint => {
  const { functions, buckets, driftRules, ...parts } = pipelines(all);
  return {
    ...parts,
    buses: watchDrift(driftRules).buses,
    functions: [...prices.functions, ...functions],
    workflows: [prices],
    routes: [],
    buckets: [{ name: 'models', purpose: '' }, ...buckets],
  };
};

describe('a pipeline', () => {
  it.each(['all', 'shadow', 'canary', 'approval'] as const)(
    'with the promotion %s is a valid state machine, of which every state is reached',
    (promotion) => {
      const { States } = definitionOf({ promotion });
      expect(() =>
        compile(definitionOf({ promotion }), { type: 'STANDARD', substitutions }),
      ).not.toThrow();
      const text = JSON.stringify(States);
      const unreached = Object.keys(States).filter(
        (name) =>
          name !== 'Claim' &&
          !text.includes(`"Next":"${name}"`) &&
          !text.includes(`"Default":"${name}"`),
      );
      expect(unreached).toEqual([]);
      expect('Ask for approval' in States).toBe(promotion === 'approval');
    },
  );

  it('trains each model by its recipe, on the columns of the request', () => {
    const { Branches } = definitionOf().States['Train'] as {
      readonly Branches: readonly { readonly States: object }[];
    };
    const events = Branches.flatMap(({ States }) =>
      Object.values(States).flatMap(({ Arguments }) => Arguments?.Payload ?? []),
    );
    expect(events).toMatchObject(
      names.map((name) => ({
        recipe: {
          trainer: 'some-trainer',
          options: { depth: 3 },
          seed: 4,
          schema: schema(name),
          columns: ['size', 'age'],
          target: 'price',
        },
      })),
    );
  });

  it('holds out the rows that trainers hold out by themselves, so that no live version has seen them', () => {
    expect(JSON.stringify(definitionOf().States['Process'])).toContain(
      `"split":${JSON.stringify(usualHoldOut)}`,
    );
  });

  it('judges the columns by what the request says of them', () => {
    expect(definitionOf().States['Validate']).toMatchObject({
      Arguments: {
        Payload: {
          rules: {
            columns: [
              { name: 'size', kind: 'number', minimum: 0 },
              { name: 'age', kind: 'number' },
            ],
            target: { name: 'price', kind: 'number', minimum: 0 },
            rows: { minimum: 10, maximum: 1000 },
            bytes: { maximum: 268_435_456 },
          },
        },
      },
    });
  });

  it.each<[Partial<PipelineSpec>, string]>([
    [{ trial: { shadowSeconds: 1 } }, 'belongs to the promotions shadow and canary'],
    [{ promotion: 'shadow', trial: { shadowSeconds: 0 } }, 'above 0'],
    [{ promotion: 'canary', trial: { canaryShare: 1.5 } }, 'at most 1'],
    [
      { promotion: 'canary', trial: { canarySeconds: 400 } },
      'may take 860 s for each model, and a function has 780 s',
    ],
    [{ approvalSeconds: 60 }, 'belong to the promotion approval'],
    [{ promotion: 'approval', approvalSeconds: 604_801 }, 'from 1 to 604800, not 604801'],
  ])('with %j is refused by name', (more, message) => {
    expect(() => pipelines([{ ...spec, ...more }])).toThrow(message);
  });

  it('of a workflow whose request has no columns is refused', () => {
    const texts = { ...prices, request: text({ maxBytes: 10 }) };
    expect(() => pipelines([{ ...spec, workflow: texts }])).toThrow(BlueprintError);
  });
});

describe('pipelines', () => {
  it('are started by objects below their own prefix, and by the schedule that they name', () => {
    const { buckets, schedules } = pipelines([
      spec,
      { ...spec, name: 'others', schedule: 'rate(7 days)' },
    ]);
    expect(buckets).toMatchObject([
      {
        name: 'training',
        created: [
          { prefix: 'training-data/prices/', target: { workflow: 'prices-pipeline' } },
          { prefix: 'training-data/others/', target: { workflow: 'others-pipeline' } },
        ],
      },
    ]);
    expect(schedules).toMatchObject([
      { expression: 'rate(7 days)', target: { workflow: 'others-pipeline', input: {} } },
    ]);
    const blueprint = blueprintOf([spec, { ...spec, name: 'others' }]);
    expect(() => checkEvents(blueprint)).not.toThrow();
    expect(pipelinesOf(blueprint)).toEqual(['prices', 'others']);
  });

  it('are started by a drift of their models where they say so, with files or without', () => {
    const all = [
      spec,
      { ...spec, name: 'others', startedBy: ['drift'] },
      { ...spec, name: 'third', startedBy: ['file', 'drift'] },
    ] as const satisfies readonly PipelineSpec[];
    const { buckets, driftRules } = pipelines(all);
    expect(buckets[0]?.created?.map(({ name }) => name)).toEqual(['prices-data', 'third-data']);
    const [rule, ...more] = driftRules;
    expect(rule).toMatchObject({ name: 'others-drift', target: { workflow: 'others-pipeline' } });
    expect(more).toHaveLength(1);
    const matches = compilePattern(rule?.pattern ?? {});
    const about = (model: string) => ({
      source: driftEvent.source,
      'detail-type': driftEvent.detailType,
      detail: { model },
    });
    expect(['one', 'other', 'third'].map((name) => matches(about(name)))).toEqual([
      true,
      true,
      false,
    ]);
    const blueprint = blueprintOf(all);
    expect(() => checkEvents(blueprint)).not.toThrow();
    expect(pipelinesOf(blueprint)).toEqual(['prices', 'others', 'third']);
  });

  it('keep what could not start them', () => {
    const { buckets, schedules, driftRules, queues } = pipelines([
      { ...spec, startedBy: ['file', 'drift'], schedule: 'rate(7 days)' },
    ]);
    const rules = [...buckets.flatMap(({ created = [] }) => created), ...schedules, ...driftRules];
    expect(rules).toHaveLength(3);
    for (const { deadLetters } of rules) expect(deadLetters).toEqual({ queue: queues[0]?.name });
  });

  it('of which there are none take nothing', () => {
    expect(pipelines([])).toEqual({
      machines: [],
      functions: [],
      buckets: [],
      tables: [],
      schedules: [],
      jobs: [],
      queues: [],
      driftRules: [],
    });
    expect(pipelinesOf({ machines: [] })).toEqual([]);
  });

  it('give each function the rights of its step, and only one the right to release', () => {
    const blueprint = blueprintOf([spec]);
    const actions = Object.fromEntries(
      blueprint.functions
        .filter(({ kind }) => kind === 'task')
        .map((each) => [
          each.name,
          needsOfFunction(each, blueprint).statements.flatMap((statement) => statement.actions),
        ]),
    );
    expect(Object.keys(actions).sort()).toEqual([
      'evaluate-models',
      'prepare-data',
      'record-run',
      'release',
      'train',
    ]);
    for (const [name, allowed] of Object.entries(actions))
      expect(allowed.includes('lambda:UpdateAlias')).toBe(name === 'release');
    expect(actions['evaluate-models']).not.toContain('s3:PutObject');
    expect(actions['train']).not.toContain('lambda:InvokeFunction');
  });

  it('go with their workflow', () => {
    const left = narrow(blueprintOf([spec]), { workflows: [] });
    expect(left.machines).toEqual([]);
    expect(left.buckets.flatMap(({ created = [] }) => created)).toEqual([]);
    // Models that stay are served from theirs.
    expect(left.buckets.map(({ name }) => name)).toEqual(['models']);
    expect(left.functions.map(({ name }) => name)).not.toContain('release');
  });
});
