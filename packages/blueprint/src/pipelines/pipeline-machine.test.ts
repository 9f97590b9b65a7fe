import { compile, execute, StatesError, virtualClock } from '@chorus/asl';
import type { ModelSchema } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { mean } from '../answers/mean.ts';
import { model } from '../functions.ts';
import { rows } from '../requests/rows.ts';
import { ask } from '../steps/ask.ts';
import { gather } from '../steps/gather.ts';
import { workflow } from '../workflow.ts';
import { pipelineMachine } from './pipeline-machine.ts';
import type { PipelineSpec } from './pipeline-spec.ts';

const columns = [{ name: 'size', description: '' }] as const;
const schema = (name: string): ModelSchema => ({
  name,
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1], columns }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
});

const models = ['a', 'b'] as const;
const spec: PipelineSpec = {
  name: 'prices',
  workflow: workflow({
    name: 'prices',
    request: rows({ columns }),
    steps: gather(
      models.map((name) => ask(model(name), schema(name))),
      { quorum: 1 },
    ),
    answer: mean('price'),
    example: { size: 1 },
  }),
  target: { name: 'price' },
  train: [
    { model: model('a'), schema: schema('a'), trainer: 't', options: {}, seed: 0 },
    { model: model('b'), schema: schema('b'), trainer: 't', options: {}, seed: 0 },
  ],
  rows: { minimum: 1, maximum: 10 },
};

type Event = Readonly<Record<string, unknown>> & { readonly step?: string };

/** What the steps answer; each gets its event and how often it was asked before. */
type Answers = Readonly<Record<string, (event: Event, before: number) => unknown>>;

const evaluationOf = (chosen: readonly string[]) => ({
  models: models.map((name) => ({ model: name, chosen: chosen.includes(name), reason: 'why' })),
});

const usual: Answers = {
  claim: () => ({ execution: 'e', key: 'k.csv', output: 'out/' }),
  validate: () => ({ ok: true, rows: 9, problems: [] }),
  process: () => ({ train: 'a', test: 'b', trainRows: 7, testRows: 2, sha256: 'c' }),
  train: () => ({ metrics: { rmse: 1 } }),
  evaluate: () => evaluationOf(models),
  publish: ({ models: given }) => ({
    published: (given as readonly { readonly model: string }[]).map((each) => ({
      model: each.model,
      version: 'v2',
      champion: 'v1',
    })),
  }),
  promote: ({ models: given }) => ({
    promoted: (given as readonly object[]).map((each) => ({
      ...each,
      outcome: 'live',
      reasons: [],
    })),
  }),
  ask: () => ({ approved: true, by: 'ada' }),
  report: ({ status }) => ({ status }),
};

/** Runs the machine over steps that answer as told. @returns how it ended, and the event of its report */
async function run(answers: Answers = {}, more: Partial<PipelineSpec> = {}) {
  const { definition } = pipelineMachine({ ...spec, ...more });
  // Only an execution that is kept on disk has tokens.
  const text = JSON.stringify(definition).replaceAll('$states.context.Task.Token', "'token'");
  const machine = compile(JSON.parse(text), {
    name: 'prices',
    type: 'STANDARD',
    substitutions: {
      record_run: 'record-run',
      prepare_data: 'prepare-data',
      train: 'train',
      evaluate_models: 'evaluate-models',
      release: 'release',
    },
  });
  const asked = new Map<string, number>();
  let reported: Event = {};
  const result = await execute(
    machine,
    {},
    {
      clock: virtualClock(0),
      async runTask(task) {
        const { Payload } = task.arguments as { Payload: Event };
        const step = Payload.step ?? 'train';
        const before = asked.get(step) ?? 0;
        asked.set(step, before + 1);
        if (step === 'report') reported = Payload;
        const answer = await { ...usual, ...answers }[step]?.(Payload, before);
        return step === 'ask' ? answer : { Payload: answer };
      },
    },
  );
  return { result, reported, asked: Object.fromEntries(asked) };
}

const fail = (name: string) => (): never => {
  throw new StatesError(name, '{"errorMessage":"why"}');
};

describe('a pipeline run', () => {
  it('publishes and promotes what is better', async () => {
    const { result, reported, asked } = await run();
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'promoted' } });
    expect(reported['promoted']).toMatchObject(
      models.map((name) => ({ model: name, outcome: 'live' })),
    );
    expect(asked).toMatchObject({ train: 2, publish: 1, promote: 1, report: 1 });
  });

  it('publishes no more than what is better', async () => {
    const { reported } = await run({ evaluate: () => evaluationOf(['b']) });
    expect(reported['promoted']).toMatchObject([{ model: 'b' }]);
  });

  it.each<[string, Answers, string]>([
    ['known', { claim: () => ({ key: 'k', first: { execution: 'x' } }) }, 'validate'],
    ['refused', { validate: () => ({ ok: false, problems: [] }) }, 'process'],
    ['kept', { evaluate: () => evaluationOf([]) }, 'publish'],
    [
      'kept',
      {
        promote: ({ models: given }) => ({
          promoted: (given as readonly object[]).map((each) => ({
            ...each,
            outcome: 'refused',
            reasons: ['slow'],
          })),
        }),
      },
      'ask',
    ],
  ])('ends as %s, and goes no further', async (status, answers, step) => {
    const ended = await run(answers);
    expect(ended.result).toMatchObject({ status: 'SUCCEEDED', output: { status } });
    expect(ended.asked).not.toHaveProperty(step);
  });

  it('compares again when another version became live meanwhile, and keeps what it made live before', async () => {
    const { result, reported, asked } = await run({
      evaluate: (_event, before) => evaluationOf(before === 0 ? models : []),
      promote: () => ({
        promoted: [
          { model: 'a', outcome: 'live', reasons: [] },
          { model: 'b', outcome: 'changed', reasons: ['v3 is live'] },
        ],
      }),
    });
    expect(result).toMatchObject({ output: { status: 'promoted' } });
    expect(asked).toMatchObject({ evaluate: 2, promote: 1 });
    expect(reported['promoted']).toContainEqual({ model: 'a', outcome: 'live', reasons: [] });
    const twice = await run({
      evaluate: (_event, before) => evaluationOf(before === 0 ? models : ['b']),
      promote: (_event, before) => ({
        promoted:
          before === 0
            ? [
                { model: 'a', outcome: 'live', reasons: [] },
                { model: 'b', outcome: 'changed', reasons: ['v3 is live'] },
              ]
            : [{ model: 'b', outcome: 'live', reasons: [] }],
      }),
    });
    expect(twice.reported['promoted']).toEqual([
      { model: 'a', outcome: 'live', reasons: [] },
      { model: 'b', outcome: 'live', reasons: [] },
    ]);
  });

  it('goes on with the models that could be trained, and fails when none could', async () => {
    const some = await run({
      train: (event) =>
        JSON.stringify(event).includes('candidates/a/') ? fail('TrainingError')() : { metrics: {} },
      evaluate: ({ models: given }) => ({
        models: (given as readonly object[]).map((each) => ({ ...each, chosen: true })),
      }),
    });
    expect(some.reported).toMatchObject({
      status: 'promoted',
      trained: [{ model: 'a', error: 'TrainingError' }, { model: 'b' }],
      promoted: [{ model: 'b' }],
    });
    const none = await run({ train: fail('TrainingError') });
    expect(none.result).toMatchObject({ status: 'FAILED', error: 'TrainingError' });
    expect(none.reported).toMatchObject({ status: 'failed', failure: { step: 'train' } });
  });

  it.each(['validate', 'process', 'evaluate', 'publish', 'promote'])(
    'that fails at %s says so in its report',
    async (step) => {
      const { result, reported } = await run({ [step]: fail('BrokenError') });
      expect(result).toMatchObject({ status: 'FAILED', error: 'BrokenError' });
      expect(reported).toMatchObject({
        status: 'failed',
        failure: { step, error: 'BrokenError', cause: '{"errorMessage":"why"}' },
      });
    },
  );

  it.each(['Runtime.ExitError', 'LockedError', 'Lambda.TooManyRequestsException'])(
    'tries again what ended with %s',
    async (error) => {
      const { result, asked } = await run({
        promote: (event, before) =>
          before === 0 ? fail(error)() : usual['promote']?.(event, before),
      });
      expect(result.status).toBe('SUCCEEDED');
      expect(asked['promote']).toBe(2);
    },
  );

  it('waits for a person, whose word counts', async () => {
    const approved = await run({}, { promotion: 'approval' });
    expect(approved.reported).toMatchObject({ status: 'promoted', approval: { by: 'ada' } });
    const rejected = await run({ ask: () => ({ approved: false }) }, { promotion: 'approval' });
    expect(rejected.reported).toMatchObject({ status: 'rejected', promoted: [] });
    expect(rejected.asked).not.toHaveProperty('promote');
    const silent = await run({ ask: fail('States.Timeout') }, { promotion: 'approval' });
    expect(silent.reported).toMatchObject({
      status: 'rejected',
      approval: { reason: 'nothing was heard for a week' },
    });
  });
});
