import type { TensorSpec } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { mergeColumns, ownColumns } from './workflow-columns.ts';

const spec = (name: string, change: Partial<TensorSpec> = {}): TensorSpec => ({
  name,
  datatype: 'FP32',
  shape: [-1],
  ...change,
});
const own = (model: string, ...inputs: readonly TensorSpec[]) =>
  ownColumns(model, { name: model, inputs, outputs: [], maxBatch: 1 });
const namesOf = (...inputs: readonly TensorSpec[]) => {
  const { columns, isNamed } = own('a', ...inputs);
  return [columns.map(({ names }) => names), isNamed];
};
const column = (change: object = {}) => ({ name: 'x', description: '', ...change });

describe('the columns of one model', () => {
  const columns = ['p', 'q'].map((name) => ({ name, description: '' }));

  it.each<[string, TensorSpec[], unknown]>([
    ['a table with names', [spec('X', { shape: [-1, 2], columns })], [[['p', 'q']], true]],
    ['a table without names', [spec('X', { shape: [-1, 2] })], [[['x1', 'x2']], false]],
    ['a table of one column', [spec('X', { shape: [-1, 1] })], [[['X']], true]],
    ['one value', [spec('X')], [[['X']], true]],
    ['several values', [spec('X'), spec('Y', { shape: [-1, 1] })], [[['X'], ['Y']], true]],
  ])('are those of %s', (_, inputs, expected) => {
    expect(namesOf(...inputs)).toEqual(expected);
  });

  it.each<[string, TensorSpec[]]>([
    ['a table of a fixed number of rows', [spec('X', { shape: [1, 2] })]],
    ['a table that leaves its width open', [spec('X', { shape: [-1, -1] })]],
    ['a picture', [spec('X', { shape: [-1, 3, 8] })]],
    ['a number of no row', [spec('X', { shape: [] })]],
    ['a table beside a value', [spec('X', { shape: [-1, 2] }), spec('Y')]],
    ['a value of a fixed number of rows', [spec('X', { shape: [1] }), spec('Y')]],
  ])('are refused where it takes %s', (_, inputs) => {
    expect(() => own('a', ...inputs)).toThrow('a takes X FP32');
  });
});

describe('the columns of two models', () => {
  const merge = (one: Partial<TensorSpec>, other: Partial<TensorSpec>) =>
    mergeColumns([own('a', spec('x', one)), own('b', spec('x', other))]).columns[0];

  it.each<[string, Partial<TensorSpec>, Partial<TensorSpec>, object]>([
    ['numbers', {}, { datatype: 'FP64' }, {}],
    ['whole numbers', { datatype: 'INT64' }, { datatype: 'INT8' }, { datatype: 'INT64' }],
    ['a number and a whole one', {}, { datatype: 'INT32' }, { datatype: 'INT64' }],
    ['a whole number and another', { datatype: 'UINT8' }, {}, { datatype: 'INT64' }],
    ['texts', { datatype: 'BYTES' }, { datatype: 'BYTES' }, { datatype: 'BYTES' }],
    ['truths', { datatype: 'BOOL' }, { datatype: 'BOOL' }, { datatype: 'BOOL' }],
    ['missing for both', { missing: true }, { missing: true }, { missing: true }],
    ['missing for the first', { missing: true }, {}, {}],
    ['missing for the second', {}, { missing: true }, {}],
    [
      'ranges that overlap',
      { columns: [column({ minimum: 0, maximum: 9 })] },
      { columns: [column({ minimum: 3, maximum: 12 })] },
      { minimum: 3, maximum: 9 },
    ],
    [
      'ranges that touch',
      { columns: [column({ maximum: 3 })] },
      { columns: [column({ minimum: 3 })] },
      { minimum: 3, maximum: 3 },
    ],
    [
      'categories of one',
      { datatype: 'BYTES', columns: [column({ categories: ['r', 'b'] })] },
      { datatype: 'BYTES' },
      { categories: ['r', 'b'] },
    ],
    [
      'categories of the other',
      { datatype: 'BYTES' },
      { datatype: 'BYTES', columns: [column({ categories: ['r'] })] },
      { categories: ['r'] },
    ],
    [
      'the first description that there is',
      { columns: [column()] },
      { columns: [column({ description: 'years' })] },
      { description: 'years' },
    ],
  ])('that are %s are one', (_, one, other, expected) => {
    expect(merge(one, other)).toEqual({ ...column(), ...expected });
  });

  it.each<[string, Partial<TensorSpec>, Partial<TensorSpec>, string]>([
    ['a number and a text', {}, { datatype: 'BYTES' }, 'x is a number for a and a text for b'],
    [
      'a truth and a whole number',
      { datatype: 'BOOL' },
      { datatype: 'INT8' },
      'x is true or false for a and a whole number for b',
    ],
    [
      'ranges apart',
      { columns: [column({ maximum: 3 })] },
      { columns: [column({ minimum: 4 })] },
      'No value of x is right for both a and b',
    ],
    [
      'categories apart',
      { datatype: 'BYTES', columns: [column({ categories: ['r'] })] },
      { datatype: 'BYTES', columns: [column({ categories: ['b'] })] },
      'No value of x is right for both a and b',
    ],
  ])('that are %s are refused', (_, one, other, message) => {
    expect(() => merge(one, other)).toThrow(message);
  });

  it.each<[number, TensorSpec | undefined]>([
    [2, undefined],
    [3, spec('X', { shape: [-1, 3] })],
    [2, spec('y')],
  ])('without names have to be as many (%i, %j)', (width, other) => {
    const unnamed = own('a', spec('X', { shape: [-1, 2] }));
    const all = () => mergeColumns([unnamed, own('b', other ?? spec('X', { shape: [-1, width] }))]);
    if (other === undefined) expect(all().columns.map(({ name }) => name)).toEqual(['x1', 'x2']);
    else expect(all).toThrow('a has no names for its 2 columns, so which of them b takes');
  });
});
