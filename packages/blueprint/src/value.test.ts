import { describe, expect, it } from 'vitest';
import { ask, give, model, output, type Step, sequence, task, text, workflow } from './index.ts';
import { type Event, machineOf, run } from './testing/run-workflow.ts';
import type { Value } from './value.ts';

const of = (steps: Step) =>
  machineOf(
    workflow({
      name: 'test',
      request: text({ maxBytes: 99 }),
      steps,
      answer: output('x'),
      example: {},
    }),
  );

const words = { name: 'words', datatype: 'BYTES', shape: [-1] } as const;
const count = { name: 'x', datatype: 'INT64', shape: [1] } as const;

/** Answers how many elements a model was asked about. */
const counts =
  (events: Event[]) =>
  (event: Event): unknown => {
    events.push(event);
    const length = event.inputs[0]?.data.length ?? 0;
    return {
      model_version: 'v1',
      parameters: { chorus_duration_ms: 1, chorus_cold_start: false },
      outputs: [{ ...count, data: [length] }],
    };
  };

/** Asks a model about the tensor that a task gives. */
const afterTask = (value: Value) =>
  sequence(
    ask(task('split'), { input: '{ "text": $text }', outputs: { words: value } }),
    ask(model('count'), { inputs: [words], outputs: [count] }),
  );

describe('a tensor of a task’s answer', () => {
  const value = { datatype: 'BYTES', shape: [-1], data: '$states.result.Payload.words' } as const;

  it.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    // One element is a list too, and so is one that is no list.
    [['a'], ['a']],
    ['a', ['a']],
  ])('%j is what a model after it takes', async (given, data) => {
    const events: Event[] = [];
    const functions = { split: () => ({ words: given }), count: counts(events) };
    const { body } = await run(of(afterTask(value)), { text: 'a b' }, functions);
    expect(events[0]?.inputs).toEqual([{ ...words, shape: [data.length], data }]);
    expect(body.predictions).toEqual([data.length]);
  });

  it('has the elements that its shape says; an answer with others is none', async () => {
    const functions = { split: () => ({ words: ['a', 'b', 'c'] }), count: counts([]) };
    for (const shape of [[2], [-1, 2]]) {
      const machine = of(
        sequence(
          ask(task('split'), { input: '{}', outputs: { words: { ...value, shape } } }),
          give({ x: '1' }),
        ),
      );
      const { statusCode, body } = await run(machine, { text: 'a' }, functions);
      expect([statusCode, body.failed['split']]).toEqual([
        503,
        {
          error: 'UnexpectedAnswerError',
          message: `it answered something else than words BYTES [${shape.join(',')}]`,
        },
      ]);
    }
  });

  it('varies in its first dimension only', () => {
    expect(() => of(afterTask({ ...value, shape: [1, -1] }))).toThrow(
      'words BYTES [1,-1]: only the first dimension of a tensor that is given may vary',
    );
  });

  it('has to fit what the model takes', () => {
    expect(() => of(afterTask({ ...value, datatype: 'FP64' }))).toThrow(
      'count needs words BYTES [-1], but split gives words FP64 [-1]',
    );
  });
});

it('a tensor is given without asking, in rows too', async () => {
  const events: Event[] = [];
  const pairs = { name: 'pairs', datatype: 'FP64', shape: [-1, 2] } as const;
  const steps = sequence(
    give({ pairs: { ...pairs, data: '[1, $length($text), 3, 4]' } }),
    ask(model('count'), { inputs: [pairs], outputs: [count] }),
  );
  await run(of(steps), { text: 'hi' }, { count: counts(events) });
  expect(events[0]?.inputs).toEqual([{ ...pairs, shape: [2, 2], data: [1, 2, 3, 4] }]);
});
