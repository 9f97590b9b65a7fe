import { describe, expect, it } from 'vitest';
import { checkInputs } from './check-inputs.ts';
import type { InferRequest, ModelSchema, Tensor } from './types.ts';

const schema: ModelSchema = {
  name: 'prices',
  inputs: [
    {
      name: 'x',
      datatype: 'FP64',
      shape: [-1, 3],
      columns: [
        { name: 'rooms', description: 'rooms', minimum: 1, maximum: 20 },
        { name: 'age', description: 'years', minimum: 0 },
        { name: 'river', description: 'metres', maximum: 100 },
      ],
    },
  ],
  outputs: [
    { name: 'price', datatype: 'FP64', shape: [-1] },
    { name: 'error', datatype: 'FP64', shape: [-1] },
  ],
  maxBatch: 2,
};
const input: Tensor = { name: 'x', datatype: 'FP64', shape: [1, 3], data: [5, 30, 0] };
const request = (members: Partial<Tensor>): InferRequest => ({
  inputs: [{ ...input, ...members }],
});

describe('checkInputs', () => {
  it('lets a fitting request pass, up to the limits of batch and columns', () => {
    const data = [1, 0, 100, 20, 1e9, -1e9];
    const outputs = [{ name: 'error' }];
    expect(() =>
      checkInputs({ ...request({ shape: [2, 3], data }), outputs }, schema),
    ).not.toThrow();
  });

  it.each<[string, InferRequest, string]>([
    [
      'no input at all',
      { inputs: [] },
      'inputs: model "prices" takes "x" (FP64 [-1,3]); missing: "x"',
    ],
    [
      'an input by another name',
      request({ name: 'features' }),
      'inputs: model "prices" takes "x" (FP64 [-1,3]); missing: "x"; unknown: "features"',
    ],
    [
      'an input too many',
      { inputs: [input, { ...input, name: 'y' }] },
      'inputs: model "prices" takes "x" (FP64 [-1,3]); unknown: "y"',
    ],
    ['a datatype', request({ datatype: 'FP32' }), 'input "x": expected datatype FP64, got FP32'],
    ['a width', request({ shape: [1, 2] }), 'input "x": expected shape [-1,3], got [1,2]'],
    ['a rank', request({ shape: [3] }), 'input "x": expected shape [-1,3], got [3]'],
    [
      'an empty batch',
      request({ shape: [0, 3], data: [] }),
      'input "x": shape [0,3] is empty; send at least one row',
    ],
    [
      'a batch too large',
      request({ shape: [3, 3], data: Array(9).fill(1) }),
      'input "x": 3 rows; at most 2 per request',
    ],
    [
      'an output it never had',
      { ...request({}), outputs: [{ name: 'price' }, { name: 'cost' }] },
      'outputs: model "prices" has "price", "error"; unknown: "cost"',
    ],
    [
      'NaN',
      request({ data: [5, Number.NaN, 0] }),
      'input "x", row 0, column "age": expected a finite number, got NaN',
    ],
    [
      'NaN at the beginning',
      request({ data: [Number.NaN, 5, 0] }),
      'input "x", row 0, column "rooms": expected a finite number, got NaN',
    ],
  ])('refuses %s with 400', (_what, value, message) => {
    expect(() => checkInputs(value, schema)).toThrow(
      expect.objectContaining({ status: 400, message }),
    );
  });

  it.each<[number[], string]>([
    [[5, 30, 0, 0.5, 1, 1], 'input "x", row 1, column "rooms": expected 1 to 20, got 0.5'],
    [[5, 30, 0, 21, 1, 1], 'input "x", row 1, column "rooms": expected 1 to 20, got 21'],
    [[5, -1, 0, 1, 1, 1], 'input "x", row 0, column "age": expected at least 0, got -1'],
    [[5, 30, 101, 1, 1, 1], 'input "x", row 0, column "river": expected at most 100, got 101'],
  ])('refuses values out of range with 422', (data, message) => {
    expect(() => checkInputs(request({ shape: [2, 3], data }), schema)).toThrow(
      expect.objectContaining({ status: 422, name: 'OutOfRangeError', message }),
    );
  });

  it('answers 400 before 422 when both are wrong', () => {
    const data = [0, 30, 0, 5, 30, Number.POSITIVE_INFINITY];
    expect(() => checkInputs(request({ shape: [2, 3], data }), schema)).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });

  const texts = (categories: readonly string[]): ModelSchema => ({
    ...schema,
    inputs: [
      {
        name: 'x',
        datatype: 'BYTES',
        shape: [-1],
        columns: [{ name: 'plan', description: '', categories }],
      },
    ],
  });
  const text = (...data: string[]) => request({ datatype: 'BYTES', shape: [data.length], data });

  it('answers 422 to a text that is none of the categories, and names them', () => {
    expect(() => checkInputs(text('free', ''), texts(['free', '']))).not.toThrow();
    expect(() => checkInputs(text('free', 'Free'), texts(['free', 'paid']))).toThrow(
      expect.objectContaining({
        status: 422,
        message: 'input "x", element [1]: expected one of "free", "paid", got "Free"',
      }),
    );
  });

  it('lists the first of many categories, and shows the beginning of a long text', () => {
    const many = Array.from({ length: 22 }, (_, index) => `c${index}`);
    expect(() => checkInputs(text('secret '.repeat(100)), texts(many))).toThrow(
      /"c0", .*"c19" and 2 more, got "secret .{33}"…$/,
    );
  });

  it('compares a bigint with its column', () => {
    const long: ModelSchema = {
      ...schema,
      inputs: [
        {
          name: 'x',
          datatype: 'INT64',
          shape: [-1, 1],
          columns: [{ name: 'n', description: '', maximum: 9 }],
        },
      ],
    };
    const value = request({ datatype: 'INT64', shape: [1, 1], data: [2n ** 60n] });
    expect(() => checkInputs(value, long)).toThrow(
      'column "n": expected at most 9, got 1152921504606846976',
    );
  });

  it('wants the same number of rows in all inputs that vary, and only in those', () => {
    const two: ModelSchema = {
      ...schema,
      inputs: [
        { name: 'a', datatype: 'INT8', shape: [-1] },
        { name: 'b', datatype: 'INT8', shape: [-1, -1] },
        { name: 'c', datatype: 'INT8', shape: [3] },
      ],
    };
    const tensor = (name: string, shape: number[]): Tensor => ({
      name,
      datatype: 'INT8',
      shape,
      data: [],
    });
    const c = tensor('c', [3]);
    expect(() =>
      checkInputs({ inputs: [c, tensor('b', [2, 5]), tensor('a', [2])] }, two),
    ).not.toThrow();
    expect(() => checkInputs({ inputs: [tensor('a', [1]), tensor('b', [2, 5]), c] }, two)).toThrow(
      'inputs: all must have the same number of rows, but "a" has 1 and "b" has 2',
    );
  });
});
