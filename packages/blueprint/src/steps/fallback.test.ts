import type { TensorSpec } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ask,
  BlueprintError,
  fallback,
  first,
  gather,
  give,
  model,
  output,
  rows,
  type Step,
  sequence,
  workflow,
} from '../index.ts';
import { fails, machineOf, run } from '../testing/run-workflow.ts';

const table: TensorSpec = { name: 'features', datatype: 'FP64', shape: [-1, 2] };
const fraud: TensorSpec = { name: 'fraud', datatype: 'BOOL', shape: [-1] };
const score: TensorSpec = { name: 'score', datatype: 'FP64', shape: [-1] };
const columns = ['A', 'B'].map((name) => ({ name, description: name }));

/** A model that tells frauds, and how sure it is. */
const tells = (name: string): Step =>
  ask(model(name), { inputs: [table], outputs: [fraud, score] });

/** An answer of a model about one row. */
const says = (isFraud: boolean, sure: number) => (): unknown => ({
  model_version: 'v1',
  parameters: { chorus_duration_ms: 1, chorus_cold_start: false },
  outputs: [
    { ...fraud, shape: [1], data: [isFraud] },
    { ...score, shape: [1], data: [sure] },
  ],
});

const sure = {
  unless: '$score.data[0] >= 0.7',
  decision: 'decision',
  first: '{ "score": $score.data[0] }',
};

/** Runs steps, and what came of them: the fraud, the score and the decision. */
async function decided(steps: Step, functions: Parameters<typeof run>[2]) {
  const made = workflow({
    name: 'frauds',
    request: rows({ columns }),
    steps: sequence(
      steps,
      give({
        made: '{ "fraud": $fraud.data[0], "score": $score.data[0], "decision": $decision }',
      }),
    ),
    answer: output('made'),
    example: {},
  });
  const { statusCode, body } = await run(machineOf(made), { A: 1, B: 2 }, functions);
  const [prediction] = body.predictions ?? [];
  return {
    statusCode,
    prediction,
    models: Object.keys(body.models ?? {}),
    failed: body.failed,
    error: body.error,
  };
}

describe('a small model, and a large one where it is not sure', () => {
  const steps = fallback(tells('light'), { ...sure, use: tells('heavy') });

  it('answers alone while it is sure, and the answer says so', async () => {
    const heavy = fails('Asked');
    expect(await decided(steps, { light: says(true, 0.7), heavy })).toEqual({
      statusCode: 200,
      prediction: { fraud: true, score: 0.7, decision: { by: 'light', because: 'accepted' } },
      models: ['light'],
      failed: {},
    });
  });

  it('is overruled where it is not sure, and the answer says how sure it was', async () => {
    const functions = { light: says(true, 0.69), heavy: says(false, 0.6) };
    expect(await decided(steps, functions)).toMatchObject({
      statusCode: 200,
      prediction: {
        fraud: false,
        score: 0.6,
        decision: { by: 'heavy', because: 'rejected', first: { score: 0.69 } },
      },
      models: ['light', 'heavy'],
      failed: {},
    });
  });

  it('is stood in for where it fails, and the answer says why', async () => {
    const functions = { light: fails('OutOfMemory', 'no room'), heavy: says(false, 0.6) };
    expect(await decided(steps, functions)).toMatchObject({
      statusCode: 200,
      prediction: { fraud: false, decision: { by: 'heavy', because: 'failed' } },
      models: ['heavy'],
      failed: { light: { error: 'OutOfMemory', message: 'no room' } },
    });
  });

  it('refuses where it is not sure and the large one fails', async () => {
    const functions = { light: says(true, 0.5), heavy: fails('OutOfRangeError', 'too far') };
    expect(await decided(steps, functions)).toMatchObject({ statusCode: 422, error: 'too far' });
  });
});

describe('an answer to keep', () => {
  const steps = fallback(tells('light'), { ...sure, keep: true, use: tells('heavy') });

  it('stands where the large model fails, and names it', async () => {
    const functions = { light: says(true, 0.5), heavy: fails('ModelLoadError', 'no weights') };
    expect(await decided(steps, functions)).toEqual({
      statusCode: 200,
      prediction: {
        fraud: true,
        score: 0.5,
        decision: { by: 'light', because: 'kept', first: { score: 0.5 } },
      },
      models: ['light'],
      failed: { heavy: { error: 'ModelLoadError', message: 'no weights' } },
    });
  });

  it('is none where the first failed too: both are named', async () => {
    const functions = { light: fails('E', 'one'), heavy: fails('E', 'two') };
    expect(await decided(steps, functions)).toMatchObject({
      statusCode: 503,
      error: 'light: one; heavy: two',
      failed: { light: { error: 'E' }, heavy: { error: 'E' } },
    });
  });

  it('may be that of a gathering', async () => {
    const both = (...names: readonly [string, string]) => gather(names.map(tells), { quorum: 2 });
    const kept = fallback(both('a', 'b'), { unless: 'false', keep: true, use: both('c', 'd') });
    const made = workflow({
      name: 'frauds',
      request: rows({ columns }),
      steps: kept,
      answer: first('score'),
      example: {},
    });
    const functions = { a: says(true, 0.1), b: says(true, 0.2), c: says(true, 0.3), d: fails('E') };
    const { statusCode, body } = await run(machineOf(made), { A: 1, B: 2 }, functions);
    expect([statusCode, body.predictions]).toEqual([200, [{ score: 0.1 }]]);
    expect(Object.keys(body.failed)).toEqual(['d']);
  });
});

describe('where both fail', () => {
  const second = sequence(tells('heavy'), tells('heavier'));
  it.each([
    ['one step', tells('heavy'), { heavy: fails('OutOfRangeError', 'two') }],
    ['a sequence', second, { heavy: says(true, 0.1), heavier: fails('OutOfRangeError', 'two') }],
    [
      'a gathering before a step',
      sequence(gather([tells('heavy')], { quorum: 1 }), tells('heavier')),
      { heavy: says(true, 0.1), heavier: fails('OutOfRangeError', 'two') },
    ],
    [
      'another fallback',
      fallback(tells('heavy'), { use: sequence(tells('heavier'), tells('heaviest')) }),
      {
        heavy: fails('E', 'one and a half'),
        heavier: says(true, 0.1),
        heaviest: fails('OutOfRangeError', 'two'),
      },
    ],
  ])('and the other is %s, each is a reason', async (_, use, functions) => {
    const light = fails('Runtime.OutOfMemory', 'one');
    const { statusCode, error } = await decided(fallback(tells('light'), { use }), {
      light,
      ...functions,
    });
    // They do not agree on whose mistake it was.
    expect(statusCode).toBe(503);
    expect(error).toContain('light: one');
    expect(error).toContain('two');
  });

  it('the decision of each is its own', async () => {
    const inner = fallback(tells('heavy'), { use: tells('heavier'), decision: 'inner' });
    const outer = fallback(tells('light'), { ...sure, use: inner });
    const functions = { light: says(true, 0.5), heavy: fails('E'), heavier: says(true, 0.9) };
    expect(await decided(outer, functions)).toMatchObject({
      prediction: { decision: { because: 'rejected', first: { score: 0.5 } } },
    });
  });

  it('an answer that was rejected is no reason', async () => {
    const { statusCode, error } = await decided(
      fallback(tells('light'), { ...sure, use: second }),
      { light: says(true, 0.5), heavy: says(true, 0.1), heavier: fails('OutOfRangeError', 'two') },
    );
    expect([statusCode, error]).toEqual([422, 'two']);
  });
});

it('tells of any two steps, whatever they do and wherever they are', async () => {
  const outcome = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }).map((score) => ({ score })),
    fc.constant('fails' as const),
  );
  await fc.assert(
    fc.asyncProperty(outcome, outcome, fc.boolean(), fc.boolean(), async (a, b, keep, inside) => {
      const one = fallback(tells('a'), { ...sure, keep, use: tells('b') });
      const steps = inside ? sequence(give({ before: '1' }), one) : one;
      const functionOf = (each: typeof a) =>
        each === 'fails' ? fails('E') : says(true, each.score);
      const got = await decided(steps, { a: functionOf(a), b: functionOf(b) });
      const isGood = a !== 'fails' && a.score >= 0.7;
      const expected = isGood
        ? ['a', 'accepted']
        : b !== 'fails'
          ? ['b', a === 'fails' ? 'failed' : 'rejected']
          : keep && a !== 'fails'
            ? ['a', 'kept']
            : undefined;
      expect(got.statusCode).toBe(expected === undefined ? 503 : 200);
      const { decision } = Object(got.prediction) as { decision?: { by: string; because: string } };
      expect(decision && [decision.by, decision.because]).toEqual(expected);
      if (expected !== undefined)
        expect(Object(got.prediction).score).toBe(Object(expected[0] === 'a' ? a : b).score);
    }),
    { numRuns: 60 },
  );
});

it.each([
  ['keeps what always stands', { keep: true, use: tells('b') }, 'always stands'],
  [
    'tells of no decision',
    { unless: 'true', first: '1', use: tells('b') },
    'part of the `decision`',
  ],
])('that %s is refused', (_, options, message) => {
  const build = () => fallback(tells('a'), options);
  expect(build).toThrow(BlueprintError);
  expect(build).toThrow(message);
});
