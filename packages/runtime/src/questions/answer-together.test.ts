import { InvalidRequestError, ThrottledError } from '@chorus/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Handler, InvocationContext } from '../handler.ts';
import { answerTogether } from './answer-together.ts';
import type { Tensors } from './join-questions.ts';

const context = { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes: {} };

interface Table {
  readonly shape: readonly [number, number];
  readonly data: readonly number[];
}

/** A model that doubles two columns and sums them, and refuses negative numbers; it counts its runs. */
function doubling(most = 1000) {
  const runs: number[] = [];
  const answer: Handler = async (event) => {
    const { inputs } = event as { readonly inputs: readonly [Table] };
    const [{ shape, data }] = inputs;
    runs.push(shape[0]);
    if (shape[0] > most) throw new InvalidRequestError('too many rows');
    if (data.some((each) => each < 0)) throw new InvalidRequestError('a negative number');
    const sums = Array.from(
      { length: shape[0] },
      (_, row) => (data[2 * row] ?? 0) + (data[2 * row + 1] ?? 0),
    );
    return {
      model_name: 'm',
      model_version: 'v1',
      outputs: [
        { name: 'double', datatype: 'FP64', shape, data: data.map((each) => 2 * each) },
        { name: 'sum', datatype: 'FP64', shape: [shape[0]], data: sums },
      ],
    };
  };
  return { runs, answer };
}

const asks = (data: readonly number[], name = 'x'): Tensors => ({
  inputs: [{ name, datatype: 'FP64', shape: [data.length / 2, 2], data }],
  outputs: [{ name: 'double' }, { name: 'sum' }],
});

const table = fc
  .array(fc.tuple(fc.integer({ min: -1, max: 50 }), fc.double({ min: 0, noNaN: true })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((rows) => rows.flat());

it('says of each question what it would say of it alone, in fewer runs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(table, { maxLength: 12 }),
      fc.integer({ min: 4, max: 40 }),
      async (tables, most) => {
        const [together, alone] = [doubling(most), doubling(most)];
        const questions = tables.map((data) => asks(data));
        const said = await answerTogether(together.answer, questions, context);
        const expected = await Promise.all(
          questions.map((each) => answerTogether(alone.answer, [each], context)),
        );
        expect(said).toEqual(expected.flat());
      },
    ),
  );
});

it('asks all of them at once', async () => {
  const { answer, runs } = doubling();
  await answerTogether(answer, [asks([1, 2]), asks([3, 4, 5, 6]), asks([7, 8])], context);
  expect(runs).toEqual([4]);
});

it('asks rows that are lists of their own at once, too', async () => {
  const seen: unknown[] = [];
  const answer: Handler = async (event) => {
    const { inputs } = event as { readonly inputs: readonly [Table] };
    seen.push(inputs[0]);
    return { outputs: [{ name: 'y', datatype: 'FP64', shape: [3], data: [1, 2, 3] }] };
  };
  const rows = (data: readonly (readonly number[])[]): Tensors => ({
    inputs: [{ name: 'x', datatype: 'FP64', shape: [data.length, 2], data }],
    outputs: [],
  });
  const said = await answerTogether(
    answer,
    [
      rows([[1, 2]]),
      rows([
        [3, 4],
        [5, 6],
      ]),
    ],
    context,
  );
  expect(seen).toMatchObject([
    {
      shape: [3, 2],
      data: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
  ]);
  expect(said).toMatchObject([
    { response: { outputs: [{ shape: [1], data: [1] }] } },
    { response: { outputs: [{ shape: [2], data: [2, 3] }] } },
  ]);
});

it('counts each question once, however often it was asked', async () => {
  const counted: InvocationContext = { ...context };
  const answer: Handler = async (event, own) => {
    const { inputs } = event as { readonly inputs: readonly [Table] };
    const [{ shape, data }] = inputs;
    own.count = () => ({ refused: 1 });
    if (data.some((each) => each < 0)) throw new InvalidRequestError('a negative number');
    own.count = () => ({ rows: shape[0], counts: `${data[0]};m|${shape[0]}x2` });
    return {
      outputs: [{ name: 'y', datatype: 'FP64', shape: [shape[0]], data: data.slice(shape[0]) }],
    };
  };
  await answerTogether(answer, [asks([1, 2]), asks([-3, 4]), asks([5, 6])], counted);
  await answerTogether(answer, [asks([7, 8])], counted);
  expect(counted.count?.()).toEqual({ rows: 3, refused: 1, counts: '1,5,7;m,m,m|1x2,1x2,1x2' });
});

it('asks apart what differs in more than its rows', async () => {
  const { answer, runs } = doubling();
  const said = await answerTogether(answer, [asks([1, 2]), asks([3, 4], 'y')], context);
  expect(runs).toEqual([1, 1]);
  expect(said.every((each) => 'response' in each)).toBe(true);
});

it('does not ask again for each of them what has nothing to do with the questions', async () => {
  let runs = 0;
  const answer = () => {
    runs += 1;
    return Promise.reject(new ThrottledError('busy'));
  };
  const said = await answerTogether(answer, [asks([1, 2]), asks([3, 4])], context);
  expect(runs).toBe(1);
  expect(said).toEqual([1, 2].map(() => ({ error: 'ThrottledError', message: 'busy' })));
});

it.each<[string, object]>([
  ['has fewer rows than were asked about', { shape: [1], data: [1] }],
  ['has parameters for its elements', { shape: [2], data: [1, null], parameters: { special: 1 } }],
  ['is packed', { shape: [2], parameters: { content_type: 'base64' } }],
])('asks apart where the answer %s', async (_, tensor) => {
  let runs = 0;
  const answer: Handler = async (event) => {
    runs += 1;
    const { inputs } = event as { readonly inputs: readonly [Table] };
    const own = inputs[0].shape[0] === 1 ? { shape: [1], data: [inputs[0].data[0]] } : tensor;
    return { outputs: [{ name: 'sum', datatype: 'FP64', ...own }] };
  };
  const said = await answerTogether(answer, [asks([1, 2]), asks([3, 4])], context);
  expect(runs).toBe(3);
  expect(said).toMatchObject([
    { response: { outputs: [{ data: [1] }] } },
    { response: { outputs: [{ data: [3] }] } },
  ]);
});
