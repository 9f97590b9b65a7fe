import type { TensorSpec } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import {
  ask,
  choose,
  fallback,
  first,
  give,
  model,
  output,
  rows,
  type Step,
  sequence,
  task,
  workflow,
} from '../index.ts';
import { type Event, fails, machineOf, run } from '../testing/run-workflow.ts';

const table: TensorSpec = { name: 'features', datatype: 'FP64', shape: [-1, 2] };
const columns = ['A', 'B'].map((name) => ({ name, description: name }));
const three = {
  instances: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
};

const number: TensorSpec = { name: 'dense-1', datatype: 'FP64', shape: [-1] };
const pair: TensorSpec = { name: 'pair', datatype: 'BOOL', shape: [-1, 2] };
const open: TensorSpec = { name: 'open', datatype: 'BYTES', shape: [-1, -1] };
const fixed: TensorSpec = { name: 'fixed', datatype: 'INT64', shape: [2, 2] };
const all = [number, pair, open, fixed];

const right = {
  'dense-1': { shape: [3], data: [1, 2, 3] },
  pair: { shape: [3, 2], data: [true, false, true, false, true, false] },
  open: { shape: [3, 4], data: Array.from({ length: 12 }, () => 'x') },
  fixed: { shape: [2, 2], data: [1, 2, 3, 4] },
};

const machineOfSteps = (steps: Step) =>
  machineOf(
    workflow({
      name: 'test',
      request: rows({ columns }),
      steps,
      answer: first('dense-1'),
      example: {},
    }),
  );

const answering = (outputs: object) => ({
  model_version: 'v1',
  parameters: { chorus_duration_ms: 1, chorus_cold_start: false },
  outputs: Object.entries(outputs)
    .reverse()
    .map(([name, tensor]) => ({ name, ...tensor })),
});

describe('a model of several outputs', () => {
  const machine = machineOfSteps(ask(model('a'), { inputs: [table], outputs: all }));

  it('is asked for each, and gives them in any order', async () => {
    const events: Event[] = [];
    const a = (event: Event) => {
      events.push(event);
      return answering(right);
    };
    const { statusCode, body } = await run(machine, three, { a });
    expect(statusCode).toBe(200);
    expect(body.predictions).toEqual([1, 2, 3].map((value) => ({ 'dense-1': value })));
    expect(events[0]).toMatchObject({ outputs: all.map(({ name }) => ({ name })) });
  });

  it.each([
    ['dense-1', { data: [1, 2] }],
    ['dense-1', { data: [1, 2, 3, 4] }],
    ['dense-1', { data: ['1', '2', '3'] }],
    ['pair', { data: [true, false, true] }],
    ['pair', { data: [1, 0, 1, 0, 1, 0] }],
    ['open', { shape: [2, 4] }],
    ['open', { data: [1] }],
    ['fixed', { data: [1, 2, 3] }],
    ['fixed', { data: [1, 2, 3, 4, 5, 6] }],
    ['fixed', undefined],
  ] as const)('is none without a right %s: %j', async (name, change) => {
    const { [name]: whole, ...others } = right;
    const outputs = change === undefined ? others : { ...others, [name]: { ...whole, ...change } };
    const { statusCode, body } = await run(machine, three, { a: () => answering(outputs) });
    expect(statusCode).toBe(503);
    expect(body.failed).toEqual({
      a: {
        error: 'UnexpectedAnswerError',
        message:
          'it answered something else than dense-1 FP64 [3], pair BOOL [3,2], open BYTES [3,-1], fixed INT64 [2,2]',
      },
    });
  });
});

describe('an input that is made', () => {
  const prior = { name: 'prior', datatype: 'FP64', shape: [1] } as const;
  const second = ask(model('second'), {
    inputs: [table, { ...prior, data: '$exists($score) ? [1 - $score.data[0]] : [0.5]' }],
    outputs: [number],
  });
  const asked: unknown[] = [];
  const functions = {
    second: ({ inputs }: Event) => {
      asked.push(inputs);
      return answering({ 'dense-1': { shape: [1], data: [1] } });
    },
  };
  const score: TensorSpec = { name: 'score', datatype: 'FP64', shape: [-1] };
  const scoring = ask(model('scoring'), { inputs: [table], outputs: [score] });

  it.each([
    ['what a step before gave', () => answering({ score: { shape: [1], data: [0.25] } }), [0.75]],
    ['nothing, where that failed', fails('E'), [0.5]],
  ])('is JSONata over %s', async (_, answer, data) => {
    const unsure = fallback(sequence(scoring, second), { use: second });
    const machine = machineOfSteps(unsure);
    asked.length = 0;
    const { statusCode } = await run(
      machine,
      { instances: [[1, 2]] },
      { ...functions, scoring: answer },
    );
    expect(statusCode).toBe(200);
    expect(asked).toEqual([[expect.objectContaining({ name: 'features' }), { ...prior, data }]]);
  });
});

describe('a step behind another', () => {
  const one = (name: string) => ask(model(name), { inputs: [table], outputs: [number] });
  const gives = () => answering({ 'dense-1': right['dense-1'] });

  it('keeps the account of the one before, whether it answers, fails or answers nonsense', async () => {
    const machine = machineOfSteps(sequence(one('a'), one('b')));
    const good = await run(machine, three, { a: gives, b: gives });
    expect(Object.keys(good.body.models)).toEqual(['a', 'b']);
    const failed = await run(machine, three, { a: gives, b: fails('OutOfRangeError') });
    expect([failed.statusCode, failed.body.error]).toEqual([422, 'why']);
    const odd = await run(machine, three, { a: gives, b: () => answering({}) });
    expect([odd.statusCode, odd.body.failed]).toEqual([
      503,
      {
        b: {
          error: 'UnexpectedAnswerError',
          message: 'it answered something else than dense-1 FP64 [3]',
        },
      },
    ]);
  });

  it('says of both when neither of two answers', async () => {
    const machine = machineOfSteps(fallback(one('a'), { use: one('b') }));
    const odd = () => answering({});
    const { body } = await run(machine, three, { a: fails('E'), b: odd });
    expect(Object.keys(body.failed)).toEqual(['a', 'b']);
  });
});

describe('a choice', () => {
  it('is made by its condition, over what may be read there', async () => {
    const machine = machineOfSteps(
      choose('$features.shape[0] > 2', {
        use: ask(model('a'), { inputs: [table], outputs: [number] }),
        otherwise: ask(model('b'), { inputs: [table], outputs: [number] }),
      }),
    );
    const of = (count: number) => () =>
      answering({ 'dense-1': { shape: [count], data: Array.from({ length: count }, () => 0) } });
    const asked = async (input: object, count: number) =>
      Object.keys((await run(machine, input, { a: of(count), b: of(count) })).body.models);
    expect(await asked(three, 3)).toEqual(['a']);
    expect(await asked({ A: 1, B: 2 }, 1)).toEqual(['b']);
  });
});

describe('how many models have to answer', () => {
  const one = ask(model('a'), { inputs: [table], outputs: [number] });
  const none = ask(task('t'), { input: '{}', outputs: { x: '1' } });

  it.each([
    ['a model', one, 1],
    ['a task', none, 0],
    ['values', give({ x: '1' }), 0],
    ['one after the other', sequence(one, none, one), 2],
    ['one or the other', fallback(one, { use: none }), 0],
    ['one by a condition', choose('true', { use: one, otherwise: none }), 0],
  ])('%s: %#', (_, step, quorum) => {
    expect(step.quorum).toBe(quorum);
  });

  it('values are given as they are, beside the account of what came before', async () => {
    const machine = machineOf(
      workflow({
        name: 'test',
        request: rows({ columns }),
        steps: sequence(one, give({ x: '$count($features.data)' })),
        answer: output('x'),
        example: {},
      }),
    );
    const a = () => answering({ 'dense-1': right['dense-1'] });
    const { body } = await run(machine, three, { a });
    expect([body.predictions, Object.keys(body.models)]).toEqual([[3], ['a']]);
  });
});
