import { describe, expect, it } from 'vitest';
import type { ProbeTensor } from './probe-messages.ts';
import {
  checkSamples,
  compareAnswers,
  firstSample,
  inputsOfSamples,
  parseSamples,
  placeSamples,
  type Samples,
} from './samples.ts';

type Value = Samples['outputs'][number]['data'][number];

const samplesOf = (...data: readonly Value[]): Samples => ({
  inputs: [{ name: 'X', datatype: 'FP32', shape: [2, 1], data: [1, 2] }],
  outputs: [{ name: 'Y', datatype: 'FP32', shape: [data.length], data }],
});
const answerOf = (...data: ProbeTensor['data']): readonly ProbeTensor[] => [
  { name: 'Y', datatype: 'FP32', shape: [data.length], data },
];

describe('the difference from a sample', () => {
  it.each<[Value, number | string | boolean, number]>([
    [1, 1.5, 0.5],
    [-1, -0.5, 0.5],
    [0.5, 0.25, 0.25],
    [1000, 1001, 0.001],
    [-1000, -999, 0.001],
    [1, Number.NaN, 1],
    [null, Number.NaN, 0],
    [null, Number.POSITIVE_INFINITY, 0],
    [null, 3, 1],
    [Number.NaN, Number.NaN, 0],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1],
    [Number.POSITIVE_INFINITY, 5, 1],
    ['cat', 'cat', 0],
    ['cat', 'dog', 1],
    [true, true, 0],
    [true, false, 1],
  ])('of %s that is %s is %d', (expected, found, difference) => {
    const told = compareAnswers(samplesOf(expected), answerOf(found)).difference;
    expect(told).toBeCloseTo(difference, 12);
  });

  it('is the largest, with where it is and both values', () => {
    const samples = samplesOf(1, 2, 3);
    const two = {
      ...samples,
      outputs: [
        ...samples.outputs,
        { name: 'Z', datatype: 'FP32' as const, shape: [1], data: [4] },
      ],
    };
    const z = (value: number) => ({
      name: 'Z',
      datatype: 'FP32' as const,
      shape: [1],
      data: [value],
    });
    expect(compareAnswers(two, [...answerOf(1, 5, 3), z(4)])).toEqual({
      output: 'Y',
      difference: 1.5,
      expected: 2,
      found: 5,
    });
    expect(compareAnswers(two, [...answerOf(1, 2, 3), z(40)])).toEqual({
      output: 'Z',
      difference: 9,
      expected: 4,
      found: 40,
    });
    expect(compareAnswers(two, [...answerOf(1, 2, 3), z(4)])).toMatchObject({
      output: 'Y',
      difference: 0,
    });
  });

  it('is none where an output, or a value, is missing', () => {
    expect(() => compareAnswers(samplesOf(1), [])).toThrow('The model has no output Y');
    expect(() => compareAnswers(samplesOf(1, 2), answerOf(1))).toThrow(
      'The model answers 1 values of Y; the samples have 2',
    );
  });
});

describe('checking samples', () => {
  const probe = (run: () => Promise<readonly ProbeTensor[]>) => ({
    run,
    isOpen: () => true,
    close: () => {},
  });
  const check = (found: number) =>
    checkSamples(
      probe(async () => answerOf(found)),
      samplesOf(1),
      [],
    );

  it('takes a difference of a thousandth, and no more', async () => {
    expect((await check(1.001)).difference).toBeCloseTo(0.001, 6);
    await expect(check(1.0011)).rejects.toThrow('Y is 1.0011 instead of 1');
  });

  it('passes on what is no fault of the model', async () => {
    const failing = probe(async () => {
      throw new TypeError('a fault of ours');
    });
    await expect(checkSamples(failing, samplesOf(1), [])).rejects.toThrow(TypeError);
  });
});

describe('arrays of a NumPy archive', () => {
  const array = (name: string) => ({
    name,
    datatype: 'FP64' as const,
    shape: [1],
    data: [1],
  });
  const inputs = [{ name: 'X', datatype: 'FP32' as const }];
  const outputs = [
    { name: 'Y', datatype: 'INT64' as const },
    { name: 'Z', datatype: 'FP32' as const },
  ];
  const place = (...names: readonly string[]) => placeSamples(names.map(array), inputs, outputs);

  it('find their places by their names, in the model’s datatypes', () => {
    const placed = place('Y', 'X');
    expect(placed.inputs.map(({ name, datatype }) => [name, datatype])).toEqual([['X', 'FP32']]);
    expect(placed.outputs.map(({ name, datatype }) => [name, datatype])).toEqual([['Y', 'INT64']]);
  });

  it.each([
    ['a stray one', ['X', 'Y', 'Q']],
    ['no input', ['Y', 'Z']],
    ['no output', ['X']],
  ])('are refused with %s', (_, names) => {
    expect(() => place(...names)).toThrow(
      `The samples have the arrays ${names.join(', ')}; the model takes X and gives Y, Z`,
    );
  });

  it('leave samples that are tensors as they are', () => {
    expect(placeSamples(samplesOf(1), inputs, outputs)).toEqual(samplesOf(1));
  });
});

describe('a file of samples', () => {
  const tensor = { name: 'X', datatype: 'FP32', shape: [1], data: [1] };
  const parse = (inputs: unknown, outputs: unknown = [tensor]) =>
    parseSamples(JSON.stringify({ inputs, outputs }), 'rows.json');

  it('has inputs and outputs', () => {
    expect(parse([tensor])).toEqual({ inputs: [tensor], outputs: [tensor] });
  });

  it.each<[string, unknown, unknown?]>([
    ['no list', 'X'],
    ['an empty list', []],
    ['no outputs', [tensor], []],
    ['null', [null]],
    ['a text', ['X']],
    ['one that is no tensor among others', [tensor, {}]],
    ['a tensor without a name', [{ ...tensor, name: undefined }]],
    ['a tensor whose name is a number', [{ ...tensor, name: 1 }]],
    ['a tensor without a shape', [{ ...tensor, shape: undefined }]],
    ['a tensor whose shape is no list', [{ ...tensor, shape: 1 }]],
    ['a tensor without a datatype', [{ ...tensor, datatype: undefined }]],
    ['a tensor without data', [{ ...tensor, data: undefined }]],
    ['a tensor whose data is no list', [{ ...tensor, data: 1 }]],
  ])('has no samples with %s', (_, inputs, outputs) => {
    expect(() => parse(inputs, outputs)).toThrow('rows.json has no samples');
  });

  it('has NaN for null', () => {
    const [input] = inputsOfSamples({
      ...samplesOf(1),
      inputs: [{ ...tensor, datatype: 'FP32', data: [null, 0] }],
    });
    expect(input?.data).toEqual([Number.NaN, 0]);
  });
});

describe('the first sample', () => {
  const first = (shape: readonly number[], data: readonly number[], spec: readonly number[]) =>
    firstSample({ ...samplesOf(1), inputs: [{ name: 'X', datatype: 'FP32', shape, data }] }, [
      { name: 'X', datatype: 'FP32', shape: spec },
    ]).inputs[0];

  it('is the first row', () => {
    expect(first([2, 2], [1, 2, 3, 4], [-1, 2])).toMatchObject({ shape: [1, 2], data: [1, 2] });
  });

  it('is all of it where the first dimension is no row, or there is none', () => {
    expect(first([2, 2], [1, 2, 3, 4], [2, 2])).toMatchObject({ shape: [2, 2] });
    expect(first([0, 2], [], [-1, 2])).toMatchObject({ shape: [0, 2], data: [] });
    expect(first([], [1], [])).toMatchObject({ shape: [], data: [1] });
  });
});
