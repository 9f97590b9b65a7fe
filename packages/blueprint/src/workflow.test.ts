import type { TensorSpec } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  ask,
  choose,
  each,
  fallback,
  first,
  gather,
  give,
  majority,
  mean,
  median,
  model,
  output,
  photo,
  rows,
  type Step,
  sequence,
  softVote,
  split,
  task,
  text,
  weighted,
  workflow,
} from './index.ts';
import {
  answers,
  type Event,
  type Functions,
  fails,
  machineOf,
  run,
} from './testing/run-workflow.ts';

const table: TensorSpec = { name: 'features', datatype: 'FP64', shape: [-1, 2] };
const price: TensorSpec = { name: 'price', datatype: 'FP64', shape: [-1] };
const request = rows({
  columns: [
    { name: 'A', description: 'a' },
    { name: 'B', description: 'b' },
  ],
});
const askPrice = (name: string): Step => ask(model(name), { inputs: [table], outputs: [price] });
const of = (steps: Step, answer: Answer) =>
  workflow({ name: 'test', request, steps, answer, example: { A: 1, B: 2 } });
const three = {
  instances: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
};
const gives =
  (...data: readonly unknown[]) =>
  () =>
    answers('price', data);

async function ask3(steps: Step, answer: Answer, functions: Functions, random?: () => number) {
  const { statusCode, body } = await run(machineOf(of(steps, answer)), three, functions, random);
  return { statusCode, ...body };
}

describe('answers of three models', () => {
  const all = gather(['a', 'b', 'c'].map(askPrice), { quorum: 1 });
  const functions = { a: gives(1, 2, 3), b: gives(2, 2, 9), c: gives(9, 5, 6) };
  const column = (predictions: readonly unknown[], name: string) =>
    predictions.map((row) => (row as Record<string, unknown>)[name]);

  it.each([
    ['mean', mean('price'), [4, 3, 6], [5, 3.5, 4.5]],
    ['median', median('price'), [2, 2, 6], [5, 3.5, 4.5]],
    ['weighted', weighted('price', { a: 1, b: 2, c: 1 }), [3.5, 2.75, 6.75], [5, 3.5, 4.5]],
  ])('are brought together by their %s', async (_, answer, whole, withoutB) => {
    expect(column((await ask3(all, answer, functions)).predictions, 'ensemble')).toEqual(whole);
    const partial = await ask3(all, answer, { ...functions, b: fails('ModelLoadError') });
    expect(column(partial.predictions, 'ensemble')).toEqual(withoutB);
    expect(partial.predictions[0]).toEqual({ a: 1, c: 9, ensemble: 5 });
    expect(partial.failed).toEqual({ b: { error: 'ModelLoadError', message: 'why' } });
  });

  it('may be that of the first who answered', async () => {
    const { predictions } = await ask3(all, first('price'), { ...functions, a: fails('E') });
    expect(predictions).toEqual([{ price: 2 }, { price: 2 }, { price: 9 }]);
  });

  it.each([
    ['too many', [1, 2, 3, 4, 5, 6]],
    ['too few', [1]],
    ['none', []],
    ['words', ['x', 'y', 'z']],
  ])('leave out a model that answers %s, and name it', async (_, data) => {
    const got = await ask3(all, mean('price'), { ...functions, b: gives(...data) });
    expect(got.statusCode).toBe(200);
    expect(got.predictions[0]).toEqual({ a: 1, c: 9, ensemble: 5 });
    expect(got.failed).toEqual({
      b: {
        error: 'UnexpectedAnswerError',
        message: 'it answered something else than price FP64 [3]',
      },
    });
  });

  it('become tensors, but for those that failed; none when one is no number', () => {
    const spec = of(all, mean('price'));
    const body = { predictions: [{ a: 1, ensemble: 1.5 }], models: {}, failed: { b: {}, c: {} } };
    expect(spec.answer.tensorsOf(body, spec.schema)?.tensors).toEqual([
      { name: 'a', datatype: 'FP64', shape: [1], data: [1] },
      { name: 'ensemble', datatype: 'FP64', shape: [1], data: [1.5] },
    ]);
    expect(spec.answer.tensorsOf({ ...body, failed: {} }, spec.schema)).toBeUndefined();
    expect(spec.answer.tensorsOf({ ...body, predictions: [5] }, spec.schema)).toBeUndefined();
    expect(spec.answer.shownOf(body, ['a', 'b', 'c'])).toEqual({
      lines: [],
      header: ['row', 'a', 'ensemble'],
      rows: [['1', 1, 1.5]],
    });
  });
});

describe('classifiers', () => {
  const probabilities: TensorSpec = { name: 'p', datatype: 'FP32', shape: [-1, 2] };
  const narrow: TensorSpec = { ...table, datatype: 'FP32' };
  const classifiers = gather(
    ['a', 'b'].map((name) => ask(model(name), { inputs: [narrow], outputs: [probabilities] })),
    { quorum: 1 },
  );
  const vote = softVote('p', { classes: ['stays', 'leaves'] });
  const says =
    (...data: readonly number[]) =>
    () =>
      answers('p', data, { datatype: 'FP32', shape: [3, 2] });

  it('vote with their probabilities, and are asked in their own datatype', async () => {
    const events: Event[] = [];
    const a = (event: Event) => {
      events.push(event);
      return says(0.75, 0.25, 0.5, 0.5, 0, 1)();
    };
    const got = await ask3(classifiers, vote, { a, b: says(0.25, 0.75, 1, 0, 0.5, 0.5) });
    expect(got.predictions).toEqual([
      { label: 'stays', probability: 0.5, probabilities: { stays: 0.5, leaves: 0.5 } },
      { label: 'stays', probability: 0.75, probabilities: { stays: 0.75, leaves: 0.25 } },
      { label: 'leaves', probability: 0.75, probabilities: { stays: 0.25, leaves: 0.75 } },
    ]);
    expect(events[0]?.inputs[0]).toMatchObject({ datatype: 'FP32', shape: [3, 2] });
    expect(Object.keys(got.models)).toEqual(['a', 'b']);
    const spec = of(classifiers, vote);
    expect(spec.answer.tensorsOf(got, spec.schema)?.tensors.map(({ shape }) => shape)).toEqual([
      [3],
      [3],
      [3, 2],
    ]);
  });

  it('vote without the one that failed, and for one row', async () => {
    const machine = machineOf(of(classifiers, vote));
    const one = () => answers('p', [0.25, 0.75], { datatype: 'FP32', shape: [1, 2] });
    const got = await run(machine, { A: 1, B: 2 }, { a: fails('E'), b: one });
    expect(got.body.predictions).toEqual([
      { label: 'leaves', probability: 0.75, probabilities: { stays: 0.25, leaves: 0.75 } },
    ]);
  });

  it('vote with their labels', async () => {
    const label: TensorSpec = { name: 'label', datatype: 'BYTES', shape: [-1] };
    const labels = gather(
      ['a', 'b', 'c'].map((name) => ask(model(name), { inputs: [table], outputs: [label] })),
      { quorum: 2 },
    );
    const named =
      (...data: readonly string[]) =>
      () =>
        answers('label', data);
    const functions = { a: named('x', 'x', 'z'), b: named('y', 'x', 'y'), c: named('y', 'y', 'x') };
    const got = await ask3(labels, majority('label'), functions);
    expect(got.predictions).toEqual([
      { a: 'x', b: 'y', c: 'y', label: 'y' },
      { a: 'x', b: 'x', c: 'y', label: 'x' },
      { a: 'z', b: 'y', c: 'x', label: 'z' },
    ]);
  });

  it('are refused behind a mean, with both sides named', () => {
    expect(() => of(classifiers, mean('p'))).toThrow(
      'the mean of p needs one number for each row from each, but a gives p FP32 [-1,2]',
    );
  });
});

describe('what does not fit', () => {
  it.each([
    [
      'another width',
      { ...table, shape: [-1, 3] },
      'features FP64 [-1,3], but the request gives features FP64 [-1,2]',
    ],
    [
      'another name',
      { ...table, name: 'x' },
      'x FP64 [-1,2], but there is features FP64 [-1,2] from the request',
    ],
    [
      'words',
      { ...table, datatype: 'BYTES' as const },
      'features BYTES [-1,2], but the request gives',
    ],
  ])('%s is refused when the workflow is built', (_, need, said) => {
    const steps = ask(model('a'), { inputs: [need], outputs: [price] });
    expect(() => of(steps, first('price'))).toThrow(`a needs ${said}`);
  });

  it.each([
    [
      'a weight too few',
      () => of(askPrice('a'), weighted('price', {})),
      'a positive weight for each of a',
    ],
    [
      'an output that nobody gives',
      () => of(askPrice('a'), output('y')),
      'the answer is y, but the steps give price FP64 [-1]',
    ],
    [
      'the same voice twice',
      () => of(gather([askPrice('a'), askPrice('a')], { quorum: 1 }), mean('price')),
      'two voices called a',
    ],
    [
      'steps that give nothing alike',
      () => of(choose('true', { use: askPrice('a'), otherwise: give({ x: '1' }) }), output('x')),
      'price FP64 [-1] or x JSON',
    ],
    [
      'a weight of nothing',
      () => split({ weight: 0, step: askPrice('a') }),
      'weights are positive numbers, got 0',
    ],
  ])('%s is refused', (_, build, said) => {
    expect(build).toThrow(said);
  });
});

describe('steps', () => {
  it('follow each other, and read what those before gave', async () => {
    const second = ask(model('b'), {
      inputs: [{ ...price, name: 'x', from: 'price' }],
      outputs: [price],
    });
    const events: Event[] = [];
    const functions = {
      a: gives(1, 2, 3),
      b: (event: Event) => {
        events.push(event);
        return answers('price', [4, 5, 6]);
      },
    };
    const got = await ask3(sequence(askPrice('a'), second), first('price'), functions);
    expect(got.predictions).toEqual([{ price: 4 }, { price: 5 }, { price: 6 }]);
    expect(events[0]?.inputs).toEqual([
      { name: 'x', datatype: 'FP64', shape: [3], data: [1, 2, 3] },
    ]);
    expect(Object.keys(got.models)).toEqual(['a', 'b']);
    const failed = await ask3(sequence(askPrice('a'), second), first('price'), {
      ...functions,
      b: fails('OutOfRangeError'),
    });
    expect(failed).toMatchObject({
      statusCode: 422,
      error: 'why',
      failed: { b: { error: 'OutOfRangeError' } },
    });
  });

  it.each([
    ['$min($price.data) >= 1', ['a'], 1],
    ['$min($price.data) > 1', ['a', 'b'], 7],
  ])('fall back unless %s', async (unless, asked, price0) => {
    const steps = fallback(askPrice('a'), { unless, use: askPrice('b') });
    const got = await ask3(steps, first('price'), { a: gives(1, 2, 3), b: gives(7, 8, 9) });
    expect(got.predictions[0]).toEqual({ price: price0 });
    expect(Object.keys(got.models)).toEqual(asked);
  });

  it('fall back when one fails, and say so; when both do, the answer names both', async () => {
    const steps = fallback(askPrice('a'), { use: askPrice('b') });
    const got = await ask3(steps, first('price'), { a: fails('E'), b: gives(7, 8, 9) });
    expect(got).toMatchObject({ statusCode: 200, failed: { a: { error: 'E' } } });
    const none = await ask3(steps, first('price'), { a: fails('E'), b: fails('E', 'too') });
    expect(none).toMatchObject({ statusCode: 503, error: 'a: why; b: too' });
  });

  it.each([
    [0.89, 'a'],
    [0.91, 'b'],
  ])('are drawn by weight: %d is %s', async (drawn, name) => {
    const steps = split({ weight: 90, step: askPrice('a') }, { weight: 10, step: askPrice('b') });
    const functions = { a: gives(1, 1, 1), b: gives(2, 2, 2) };
    const got = await ask3(steps, first('price'), functions, () => drawn);
    expect(Object.keys(got.models)).toEqual([name]);
  });

  it('are done for each item of a list; an item that fails is null', async () => {
    const steps = each(
      '$rows',
      ask(task('a'), { input: '{ "row": $item }', outputs: { sum: '$states.result.Payload.sum' } }),
      { atOnce: 2 },
    );
    const a = (event: unknown) => {
      const { row } = event as { row: number[] };
      return row[0] === 3 ? fails('E')() : { sum: (row[0] ?? 0) + (row[1] ?? 0) };
    };
    const got = await ask3(steps, output('items'), { a });
    expect(got.predictions).toEqual([{ sum: 3 }, null, { sum: 11 }]);
    expect(got.failed).toEqual({ a: { error: 'E', message: 'why' } });
    expect(await ask3(steps, output('items'), { a: fails('NotFoundError') })).toMatchObject({
      statusCode: 404,
    });
  });
});

describe('a text', () => {
  const words: TensorSpec = { name: 'text', datatype: 'BYTES', shape: [-1] };
  const label: TensorSpec = { name: 'label', datatype: 'BYTES', shape: [-1] };
  const machine = machineOf(
    workflow({
      name: 'mood',
      request: text({ maxBytes: 6 }),
      steps: ask(model('a'), { inputs: [words], outputs: [label] }),
      answer: first('label'),
      example: { text: 'good' },
    }),
  );
  const functions = { a: ({ inputs }: Event) => answers('label', inputs[0]?.data ?? []) };

  it.each(['ü "q"', '😀', 'في', ' \u0000\u001b', '\u202ea'])(
    'reaches the model as it is: %j',
    async (text) => {
      expect(await run(machine, { text }, functions)).toMatchObject({
        statusCode: 200,
        body: { predictions: [{ label: text }] },
      });
    },
  );

  it.each([
    [400, 'expected a JSON object', 'x'],
    [400, 'missing text', {}],
    [400, 'got number', { text: 5 }],
    [400, 'an empty one', { text: '' }],
    [400, 'half of a surrogate pair', { text: '\ud83d' }],
    [400, 'half of a surrogate pair', { text: 'a\ude00' }],
    [400, 'half of a surrogate pair', { text: '\ude00\ud83d' }],
    [400, 'half of a surrogate pair', { text: '😀\ude00' }],
    [413, '7 bytes; at most 6', { text: 'grüüx' }],
    [413, '8 bytes; at most 6', { text: '😀😀' }],
    [400, 'unknown tone', { text: 'a', tone: 1 }],
    [400, 'parameters', { text: 'a', parameters: 1 }],
    [400, 'timeout', { text: 'a', parameters: { timeout: -1 } }],
  ])('is refused with %i, saying %s', async (status, said, input) => {
    const { statusCode, body } = await run(machine, input, functions);
    expect(body.error).toContain(said);
    expect(statusCode).toBe(status);
  });
});

describe('a text with an id', () => {
  const request = text({ maxBytes: 9, id: true });
  const echo = workflow({
    name: 'echo',
    request,
    steps: sequence(give({ first: '$text' }), give({ said: '{ "id": $id, "text": $first }' })),
    answer: output('said'),
    example: { text: 'hello' },
  });
  const machine = machineOf(echo);

  it('has the caller’s, else the execution’s name', async () => {
    const named = await run(machine, { text: 'a', id: 'order-17_B' }, {});
    expect(named.body.predictions).toEqual([{ id: 'order-17_B', text: 'a' }]);
    const { body } = await run(machine, { text: 'a' }, {});
    expect(body.predictions).toEqual([{ id: body.requestId, text: 'a' }]);
  });

  it.each(['', ' ', 'a b', '../a', 'é', 'a\n', 'a'.repeat(81), 5, null, {}])(
    'is refused with the id %j',
    async (id) => {
      const { statusCode, body } = await run(machine, { text: 'a', id }, {});
      expect(statusCode).toBe(400);
      expect(body.error).toMatch(/^id: expected/);
    },
  );

  it('has it as a parameter of Open Inference; a request’s id is none', async () => {
    const means = { putAway: () => Promise.reject(new Error()), timeout: () => 1, requestId: 'r' };
    const asked = request.inferOf({ text: 'a', id: 'mine' });
    expect(asked.parameters).toEqual({ id: 'mine' });
    expect(JSON.parse(await request.inputOf(asked, means))).toMatchObject({ id: 'mine' });
    const unnamed = { ...request.inferOf({ text: 'a' }), id: '1' };
    expect(JSON.parse(await request.inputOf(unnamed, means))).toMatchObject({ id: 'r' });
  });

  it('is unknown where none is taken', async () => {
    const plain = machineOf(
      workflow({
        name: 'plain',
        request: text({ maxBytes: 9 }),
        steps: give({ said: '$text' }),
        answer: output('said'),
        example: {},
      }),
    );
    const { statusCode, body } = await run(plain, { text: 'a', id: 'b' }, {});
    expect([statusCode, body.error]).toEqual([400, 'unknown id; there are text and parameters']);
  });
});

describe('a photo without a place', () => {
  const image: TensorSpec = { name: 'image', datatype: 'BYTES', shape: [1] };
  const label: TensorSpec = { name: 'label', datatype: 'BYTES', shape: [1] };
  const machine = machineOf(
    workflow({
      name: 'look',
      request: photo({ location: false }),
      steps: ask(model('a'), { inputs: [image], outputs: [label] }),
      answer: first('label'),
      example: {},
    }),
  );

  it('takes none', async () => {
    const functions = { a: () => answers('label', ['cat']) };
    const { body } = await run(machine, { image: 'aGk=' }, functions);
    expect(body.predictions).toEqual([{ label: 'cat' }]);
    const placed = { image: 'aGk=', location: { lat: 1, lon: 1 } };
    expect((await run(machine, placed, functions)).body.error).toBe(
      'unknown location; there are key or image, parameters',
    );
  });
});

describe('any composition of steps', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const { step: arbitrary } = fc.letrec<{ step: Step }>((tie) => {
    const inner = tie('step') as fc.Arbitrary<Step>;
    const pair = fc.tuple(inner, inner);
    return {
      step: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom(...names).map(askPrice),
        pair.map(([x, y]) => sequence(x, y)),
        pair.map(([x, y]) => fallback(x, { use: y })),
        pair.map(([x, y]) => fallback(x, { unless: '$price.data[0] > 2', use: y })),
        pair.map(([x, y]) => choose('$features.shape[0] > 2', { use: x, otherwise: y })),
        pair.map(([x, y]) => split({ weight: 1, step: x }, { weight: 3, step: y })),
        fc
          .tuple(fc.array(inner, { minLength: 1, maxLength: 3 }), inner, fc.nat(2))
          .map(([all, last, quorum]) =>
            sequence(gather(all, { quorum: Math.min(all.length, quorum + 1) }), last),
          ),
      ),
    };
  });
  const errors = { OutOfRangeError: 422, 'Lambda.TooManyRequestsException': 429, Odd: 503 };

  it('answers, or refuses with the status that those who failed agree on', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitrary,
        fc.subarray(names),
        fc.constantFrom(...Object.keys(errors)),
        // It also draws the waits before retries: above, eight throttled functions in a row outlast the deadline, which is a 504.
        fc.double({ min: 0, max: 0.38, noNaN: true }),
        async (steps, broken, error, drawn) => {
          const functions = Object.fromEntries(
            names.map((name, index) => [
              name,
              broken.includes(name) ? fails(error) : gives(index, index, index),
            ]),
          );
          const machine = machineOf(of(steps, first('price')));
          const { statusCode, body } = await run(machine, three, functions, () => drawn);
          expect(Object.keys(body.failed).every((name) => broken.includes(name))).toBe(true);
          expect(body.requestId).toEqual(expect.any(String));
          if (statusCode === 200) {
            expect(body.predictions).toHaveLength(3);
            expect(Object.keys(body.models).some((name) => !broken.includes(name))).toBe(true);
          } else {
            expect(broken.length).toBeGreaterThan(0);
            expect(statusCode).toBe(errors[error as keyof typeof errors]);
            expect(body.error).toContain('why');
          }
          if (broken.length === 0) expect(statusCode).toBe(200);
          if (broken.length === names.length) expect(statusCode).not.toBe(200);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('may ask no function at all', async () => {
  const echo = workflow({
    name: 'echo',
    request: text({ maxBytes: 100 }),
    steps: give({ said: '$uppercase($text)' }),
    answer: output('said'),
    example: { text: 'hello' },
  });
  expect(await run(machineOf(echo), { text: 'hello' }, {})).toMatchObject({
    statusCode: 200,
    body: { predictions: ['HELLO'], models: {}, failed: {} },
  });
  expect(await run(machineOf(echo), {}, {})).toMatchObject({ statusCode: 400 });
});
