import { describe, expect, it } from 'vitest';
import { givenRows, twice } from './given-rows.ts';
import type { Port } from './ports.ts';
import type { ProbeTensor } from './probe-messages.ts';

const table: Port = { name: 'X', datatype: 'FP32', dimensions: ['n', 2] };
const any: Port = { name: 'Z', datatype: 'FP32', dimensions: undefined };
const rows = (change: Partial<ProbeTensor> = {}): ProbeTensor => ({
  name: 'X',
  datatype: 'FP32',
  shape: [2, 2],
  data: [1, 2, 3, 4],
  ...change,
});

describe('rows that a person gives', () => {
  it('come in the order of the inputs', () => {
    const z = rows({ name: 'Z', shape: [1, 1, 4] });
    expect(givenRows([table, any], [z, rows()])).toEqual([rows(), z]);
  });

  it.each<[string, readonly ProbeTensor[], string]>([
    ['of an input that is not there', [rows(), rows({ name: 'Q' })], 'the model has no input Q'],
    ['without an input', [], 'there is no X in them'],
    ['of another datatype', [rows({ datatype: 'FP64' })], 'their X is FP64'],
    ['of another width', [rows({ shape: [1, 4] })], 'their X is [1, 4]'],
    ['of another rank', [rows({ shape: [4] })], 'their X is [4]'],
  ])('are refused %s', (_, given, why) => {
    expect(() => givenRows([table], given)).toThrow(
      `The samples do not fit the model: ${why}. It takes X FP32 [?, 2]`,
    );
  });

  it('are refused with what an input of any shape takes', () => {
    expect(() => givenRows([any], [])).toThrow('It takes Z FP32 of any shape');
  });
});

it('twice are the rows of inputs that may have more of them', () => {
  const one = rows({ shape: [1, 2], data: [1, 2] });
  const scalar = rows({ shape: [], data: [1] });
  expect(twice([one], () => true)).toEqual([rows({ data: [1, 2, 1, 2] })]);
  expect(twice([one], () => false)).toEqual([one]);
  expect(twice([scalar], () => true)).toEqual([scalar]);
});
