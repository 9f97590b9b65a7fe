import { describe, expect, it } from 'vitest';
import { ask, first, model, rows, workflow } from '../index.ts';
import { answers, type Event, machineOf, run } from '../testing/run-workflow.ts';
import type { RowColumn } from './row-columns.ts';

const columns: readonly RowColumn[] = [
  { name: 'note', description: '', datatype: 'BYTES' },
  { name: 'fee', description: '', missing: true },
  { name: 'months', description: '' },
];

const flat = (inputs: Event['inputs']) =>
  inputs.map(({ name, datatype, shape, data }) => [name, datatype, shape, data.flat()]);

describe('a model that takes some of the columns', () => {
  const numbers = ['A', 'B', 'C'].map((name) => ({ name, description: '' }));
  const X = { name: 'X', datatype: 'FP32', shape: [-1, 2] } as const;
  const y = { name: 'y', datatype: 'FP64', shape: [-1] } as const;
  const of = (table: readonly RowColumn[], input: object) =>
    workflow({
      name: 'w',
      request: rows({ columns: table }),
      steps: ask(model('a'), { inputs: [{ ...X, ...input }], outputs: [y] }),
      answer: first('y'),
      example: {},
    });

  it.each([
    ['objects', { C: 3, B: 2, A: 1 }],
    ['arrays', { instances: [[1, 2, 3]] }],
  ])('of a table of numbers gets only those, in its order: %s', async (_, body) => {
    let got: unknown;
    await run(machineOf(of(numbers, { columns: [{ name: 'C' }, { name: 'A' }] })), body, {
      a: ({ inputs }) => {
        got = flat(inputs);
        return answers('y', [1]);
      },
    });
    expect(got).toEqual([['X', 'FP32', [1, 2], [3, 1]]]);
  });

  it.each([
    [
      numbers,
      { columns: [{ name: 'C' }, { name: 'D' }] },
      'of the column D, but the rows have A, B, C',
    ],
    [numbers, { columns: [{ name: 'C' }] }, 'but C make [-1,1]'],
    [
      columns,
      { columns: [{ name: 'months' }, { name: 'note' }] },
      'but the column note holds a string',
    ],
    [columns, { columns: [{ name: 'months' }, { name: 'fee' }] }, 'the column fee may be missing'],
  ])('is refused where it cannot have them', (table, input, message) => {
    expect(() => of(table, input)).toThrow(message);
  });

  it.each(['instances', 'parameters'])('cannot have a column called %s', (name) => {
    expect(() => rows({ columns: [{ name, description: '' }] })).toThrow('rename it');
  });
});
