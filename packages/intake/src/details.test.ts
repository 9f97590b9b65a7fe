import type { TensorSpec } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { withDetails } from './details.ts';

const table: TensorSpec = { name: 'X', datatype: 'FP32', shape: [-1, 2] };
const list: TensorSpec = { name: 'ids', datatype: 'INT64', shape: [-1] };
const probabilities: TensorSpec = { name: 'p', datatype: 'FP32', shape: [-1, 3] };

const found = {
  inputs: [table],
  outputs: [probabilities],
  example: [],
  answer: [],
  notes: ['a note'],
  classes: [] as readonly string[],
  labels: new Map<string, readonly string[]>(),
  texts: new Map<string, readonly string[]>(),
};

describe('--columns', () => {
  it('names the columns of a table', () => {
    const { inputs, notes } = withDetails(found, { columns: ['a', 'b'] });
    expect(inputs).toEqual([
      {
        ...table,
        columns: [
          { name: 'a', description: '' },
          { name: 'b', description: '' },
        ],
      },
    ]);
    expect(notes).toEqual(['a note']);
  });

  it('says how wide a table is that leaves that open', () => {
    const open = { ...found, inputs: [{ ...table, shape: [-1, -1] }] };
    const { inputs } = withDetails(open, { columns: ['a', 'b', 'c'] });
    expect(inputs[0]?.shape).toEqual([-1, 3]);
  });

  it.each([
    [
      'of another width',
      [table],
      '--columns names 3 columns, but X has 2: say which one it predicts with --target <column>',
    ],
    ['of too few', [{ ...table, shape: [-1, 4] }], /names 3 columns, but X has 4$/],
    [
      'of two inputs',
      [table, table],
      'columns of one table, but the model takes X [-1,2], X [-1,2]',
    ],
    [
      'of a list',
      [list],
      'the model takes ids [-1]: its inputs have names of their own, so leave --columns out',
    ],
    ['of no input', [], 'columns of one table'],
    ['of three dimensions', [{ ...table, shape: [-1, 2, 3] }], 'the model takes X [-1,2,3]'],
  ])('refuses names %s', (_, inputs, message) => {
    const asked = () => withDetails({ ...found, inputs }, { columns: ['a', 'b', 'c'] });
    expect(asked).toThrow(expect.objectContaining({ name: 'UnsupportedModelError' }));
    expect(asked).toThrow(message);
  });
});

describe('classes', () => {
  const outputsOf = (change: object, labels?: readonly string[]) =>
    withDetails({ ...found, ...change }, { ...(labels && { labels }) }).outputs;
  const three = ['a', 'b', 'c'];

  it('name the columns of an output: those that are given, that its own operator has, or that the graph has', () => {
    const own = new Map([['p', ['d', 'e', 'f']]]);
    expect(outputsOf({ classes: three, labels: own }, ['x', 'y', 'z'])[0]).toMatchObject({
      labels: ['x', 'y', 'z'],
    });
    expect(outputsOf({ classes: three, labels: own })[0]).toMatchObject({
      labels: ['d', 'e', 'f'],
    });
    expect(outputsOf({ classes: three })[0]).toMatchObject({ labels: three });
  });

  it.each<[string, TensorSpec, readonly string[]]>([
    ['of another width', { ...probabilities, shape: [-1, 4] }, three],
    ['of whole numbers', { ...probabilities, datatype: 'INT64' }, three],
    ['of one dimension', { ...probabilities, shape: [3] }, three],
    ['of one column', { ...probabilities, shape: [-1, 1] }, ['a']],
  ])('are not those of an output %s', (_, output, classes) => {
    expect(outputsOf({ outputs: [output], classes })).toEqual([output]);
  });

  it.each([
    ['a', 'c', 'b'],
    ['b', 'a', 'other'],
  ])('are refused when they would name another class: %s, %s, %s', (...labels) => {
    const asked = () => outputsOf({ classes: three }, labels);
    expect(asked).toThrow(expect.objectContaining({ name: 'UnsupportedModelError' }));
    expect(asked).toThrow('the columns of the model are a, b, c');
    expect(outputsOf({ classes: three }, ['a', 'x', 'c'])[0]).toMatchObject({
      labels: ['a', 'x', 'c'],
    });
  });

  it('are refused when they are given and no output has as many columns', () => {
    expect(() => outputsOf({}, ['a', 'b'])).toThrow(
      '--labels names 2 classes, but no output has 2 columns: p [-1,3]',
    );
  });
});

it('only rows of floats may have missing values, and only when that is said', () => {
  const both = { ...found, inputs: [table, list] };
  expect(withDetails(both, { missing: true }).inputs).toEqual([{ ...table, missing: true }, list]);
  expect(withDetails(both, { missing: false }).inputs).toEqual([table, list]);
  expect(withDetails(both, {}).inputs).toEqual([table, list]);
});
