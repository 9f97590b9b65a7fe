import { describe, expect, it } from 'vitest';
import { ProbeError } from './errors.ts';
import { findShapes } from './find-shapes.ts';
import type { Port } from './ports.ts';
import type { Probe } from './probe.ts';
import type { ProbeTensor } from './probe-messages.ts';

type Answer = Omit<ProbeTensor, 'name' | 'datatype'>;

const port = (dimensions: Port['dimensions'], name = 'X'): Port => ({
  name,
  datatype: 'FP32',
  dimensions,
});

/** Zeros of a shape. */
const zeros = (...shape: readonly number[]): Answer => ({
  shape,
  data: Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => 0),
});

/** A model that answers with `answer`; `asked` has what it was asked. */
function model(answer: (input: ProbeTensor) => Answer, isOpen = true) {
  const asked: ProbeTensor[] = [];
  const probe: Probe = {
    async run([input]) {
      if (input === undefined) throw new ProbeError('no input');
      asked.push(input);
      return [{ name: 'Y', datatype: 'FP32', ...answer(input) }];
    },
    isOpen: () => isOpen,
    close: () => {},
  };
  const find = (
    input: Port['dimensions'],
    output: Port['dimensions'] = ['n'],
    given?: readonly ProbeTensor[],
  ) => findShapes(probe, [port(input)], [port(output, 'Y')], new Map(), given);
  return { find, asked };
}

const rowsOf = (input: ProbeTensor): number => input.shape[0] ?? 1;
const refuse = (why: string): never => {
  throw new ProbeError(why);
};
const given = (shape: readonly number[], value = 7): readonly ProbeTensor[] => [
  { name: 'X', datatype: 'FP32', ...zeros(...shape), data: zeros(...shape).data.map(() => value) },
];

describe('the shapes of a model', () => {
  it('have open rows where two rows are answered with two', async () => {
    const { find } = model((input) => zeros(rowsOf(input)));
    const { inputs, outputs, notes } = await find(['n', 4]);
    expect(inputs.map(({ shape }) => shape)).toEqual([[-1, 4]]);
    expect(outputs.map(({ shape }) => shape)).toEqual([[-1]]);
    expect(notes).toEqual([]);
  });

  it('have one row where two fail inside the graph, which is noted', async () => {
    const { find } = model((input) => (rowsOf(input) > 1 ? refuse('two') : zeros(1)));
    const { inputs, outputs, notes } = await find(['n', 4]);
    expect(inputs[0]?.shape).toEqual([1, 4]);
    expect(outputs[0]?.shape).toEqual([1]);
    expect(notes).toEqual(['takes one row at a time: two rows fail inside the graph']);
  });

  it('have as many rows as the graph fixes', async () => {
    const { find, asked } = model(() => zeros(3));
    const { inputs, outputs, notes } = await find([3, 4], [3]);
    expect([inputs[0]?.shape, outputs[0]?.shape]).toEqual([[3, 4], [3]]);
    expect(notes).toEqual([]);
    expect(new Set(asked.map(({ shape }) => shape.join()))).toEqual(new Set(['3,4']));
  });

  it('are those of a number where the graph takes one', async () => {
    const { find } = model(() => zeros());
    const { inputs, outputs } = await find([], []);
    expect([inputs[0]?.shape, outputs[0]?.shape]).toEqual([[], []]);
  });

  it('leave open what follows the rows, what grows with a longer input, and what the graph leaves open', async () => {
    const { find } = model(({ shape: [rows = 1, length = 1] }) => zeros(rows, length, 5, 6));
    const { outputs } = await find(['n', 'length'], ['n', 8, 'k', 6]);
    expect(outputs[0]?.shape).toEqual([-1, -1, -1, 6]);
  });

  it('leave open a dimension of which an answer had none', async () => {
    const { find } = model((input) => zeros(rowsOf(input), 0));
    expect((await find(['n', 2], ['n', 3])).outputs[0]?.shape).toEqual([-1, -1]);
  });

  it('take the answer for what it is where the graph declares another rank', async () => {
    const { find } = model(() => zeros(1, 6));
    expect((await find([1, 2], ['n'])).outputs[0]?.shape).toEqual([1, 6]);
  });

  it('try rows that are alike where a second row of ones fails', async () => {
    const { find, asked } = model((input) =>
      input.data.includes(1) ? refuse('a one') : zeros(rowsOf(input)),
    );
    expect((await find(['n', 2])).inputs[0]?.shape).toEqual([-1, 2]);
    expect(asked.at(-1)?.data).toEqual([0, 0, 0, 0]);
  });
});

describe('a dimension between the first and the last', () => {
  const shapesOf = (asked: readonly ProbeTensor[]) => asked.map(({ shape }) => shape.join());

  it('is tried with two rows too, as that of a recurrent state', async () => {
    const { find, asked } = model((input) =>
      rowsOf(input) === 1 || input.shape[1] === 2 ? zeros(rowsOf(input)) : refuse('other rows'),
    );
    expect((await find(['n', 'batch', 4])).inputs[0]?.shape).toEqual([-1, -1, 4]);
    expect(shapesOf(asked)).toContain('2,2,4');
  });

  it('is not, where it has to be larger anyway', async () => {
    const { find, asked } = model((input) =>
      rowsOf(input) === 1 && input.shape[1] === 8 ? zeros(1) : refuse('another size'),
    );
    expect((await find(['n', 'height', 4])).inputs[0]?.shape).toEqual([1, -1, 4]);
    expect(shapesOf(asked)).not.toContain('2,2,4');
  });
});

describe('a model that does not answer zeros', () => {
  it('is asked ones', async () => {
    const { find } = model((input) =>
      input.data.every((value) => value === 0) ? refuse('zero') : zeros(rowsOf(input)),
    );
    expect((await find(['n', 2])).example[0]?.data).toEqual([1, 1]);
  });

  it('is refused with its first reason when it answers no ones either', async () => {
    let times = 0;
    const { find } = model(() => refuse(`reason ${++times}`));
    await expect(find(['n', 2])).rejects.toMatchObject({
      name: 'ProbeError',
      message: expect.stringMatching(
        /answers neither a row of zeros nor one of ones: reason 1\. Remedy: .*--samples rows\.json/,
      ),
      cause: expect.objectContaining({ message: 'reason 1' }),
    });
  });

  it('is asked no more once its process has ended', async () => {
    const { find, asked } = model(() => refuse('it ended'), false);
    await expect(find(['n', 2], ['n'], given([1, 2]))).rejects.toThrow(/^it ended$/);
    expect(asked).toHaveLength(1);
  });

  it('is asked the rows that are given', async () => {
    const { find } = model((input) =>
      input.data.every((value) => value === 7) ? zeros(rowsOf(input)) : refuse('not seven'),
    );
    const { inputs, example } = await find(['n', 2], ['n'], given([1, 2]));
    expect(inputs[0]?.shape).toEqual([-1, 2]);
    expect(example[0]?.data).toEqual([7, 7]);
  });

  it('is refused with its reason when it answers no given rows either', async () => {
    const { find } = model(() => refuse('never'));
    await expect(find(['n', 2], ['n'], given([1, 2]))).rejects.toThrow(
      'The model opens, but it does not answer its samples: never',
    );
  });
});

describe('rows that are given', () => {
  it('say the rank of what has no shape, before anything is tried', async () => {
    const { find, asked } = model((input) => zeros(rowsOf(input)));
    const { inputs } = await find(undefined, ['n'], given([1, 2, 3]));
    expect(inputs[0]?.shape).toEqual([-1, -1, -1]);
    expect(asked[0]?.shape).toEqual([1, 2, 3]);
  });

  it('come after zeros where the shape is known', async () => {
    const { find, asked } = model((input) => zeros(rowsOf(input)));
    const { example } = await find(['n', 2], ['n'], given([1, 2]));
    expect(asked[0]?.data).toEqual([0, 0]);
    expect(example[0]?.data).toEqual([0, 0]);
  });
});

describe('an answer without a number', () => {
  const nan = (input: ProbeTensor): Answer => ({
    ...zeros(rowsOf(input)),
    data: zeros(rowsOf(input)).data.map(() => Number.NaN),
  });

  it('to zeros is replaced by that to ones', async () => {
    const { find } = model((input) => (input.data[0] === 0 ? nan(input) : zeros(rowsOf(input))));
    const { example, answer } = await find(['n', 2]);
    expect(example[0]?.data).toEqual([1, 1]);
    expect(answer[0]?.data).toEqual([0]);
  });

  it('to ones too is replaced by that to what is given', async () => {
    const { find } = model((input) => (input.data[0] === 7 ? zeros(rowsOf(input)) : nan(input)));
    expect((await find(['n', 2], ['n'], given([1, 2]))).example[0]?.data).toEqual([7, 7]);
  });

  it('whatever is asked is refused', async () => {
    const { find } = model(nan);
    await expect(find(['n', 2])).rejects.toThrow('answers only NaN or infinities');
  });

  it('is fine where a number is among them, or where there is nothing', async () => {
    const some = model(() => ({ shape: [2], data: [Number.NaN, 1] }));
    expect((await some.find([1, 2], [2])).example[0]?.data).toEqual([0, 0]);
    const none = model(() => zeros(0));
    expect((await none.find([1, 2], [0])).example[0]?.data).toEqual([0, 0]);
  });
});
