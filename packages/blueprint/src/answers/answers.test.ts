import type { Datatype, ModelSchema, TensorSpec } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import type { Given } from '../outcome.ts';
import type { Port } from '../ports.ts';
import type { Answer } from './answer.ts';
import { first } from './first.ts';
import { majority } from './majority.ts';
import { mean } from './mean.ts';
import { median } from './median.ts';
import { output } from './output.ts';
import { softVote } from './soft-vote.ts';
import { weighted } from './weighted.ts';

const tensor = (datatype: Datatype, shape: readonly number[] = [-1], name = 'y'): TensorSpec => ({
  name,
  datatype,
  shape: [...shape],
});

/** The outcome of a gathering: a voice for each list of ports, called a, b, … */
const voices = (...ports: readonly (readonly Port[])[]): Given => ({
  outputs: [],
  voices: ports.map((of, index) => ({
    name: 'abc'[index] ?? '',
    outputs: of.map((port) => ({ port, at: `branches[${index}].outputs.${port.name}` })),
  })),
});
const two = (port: Port): Given => voices([port], [tensor('FP64', [-1], 'z'), port]);

const classes = ['stays', 'leaves'];
const vote = softVote('y', { classes });
const numbers: readonly (readonly [string, Answer])[] = [
  ['mean', mean('y')],
  ['median', median('y')],
  ['weighted mean', weighted('y', { a: 1, b: 2 })],
];
const values: readonly (readonly [string, Answer])[] = [
  ...numbers,
  ['majority', majority('y')],
  ['first', first('y')],
];

const json = { name: 'y', datatype: 'JSON' } as const;
const schema = { name: 'w' } as ModelSchema;
const tensorsOf = (
  answer: Answer,
  given: Given,
  predictions: readonly unknown[],
  failed: Readonly<Record<string, unknown>> = {},
) => answer(given).tensorsOf({ predictions, models: {}, failed }, schema)?.tensors;

describe('what the steps give', () => {
  it.each(numbers)('is for a %s one number for each row', (_, answer) => {
    for (const port of [tensor('FP64'), tensor('INT8', [1]), tensor('FP32', [-1, 1, 1])])
      expect(answer(two(port)).outputs.map(({ name }) => name)).toEqual(['a', 'b', 'ensemble']);
    for (const port of [tensor('BYTES'), tensor('BOOL'), tensor('FP64', [-1, 2]), json])
      expect(() => answer(two(port))).toThrow(
        'needs one number for each row from each, but a gives',
      );
  });

  it('is for a majority one label for each row', () => {
    for (const datatype of ['BYTES', 'BOOL', 'INT64', 'UINT8'] as const)
      expect(majority('y')(two(tensor(datatype))).outputs).toEqual(
        ['a', 'b', 'label'].map((name) => tensor(datatype, [-1], name)),
      );
    for (const port of [tensor('FP64'), tensor('BYTES', [-1, 2]), tensor('INT8', [-1, 2]), json])
      expect(() => majority('y')(two(port))).toThrow('needs one label for each row from each');
  });

  it('is for a soft vote a number for each row and class', () => {
    expect(vote(two(tensor('FP32', [-1, 2]))).outputs.map(({ shape }) => shape)).toEqual([
      [-1],
      [-1],
      [-1, 2],
    ]);
    for (const port of [
      tensor('BYTES', [-1, 2]),
      tensor('FP32', [-1, 3]),
      tensor('FP32', [2]),
      tensor('FP32', [-1, 2, 1]),
      json,
    ])
      expect(() => vote(two(port))).toThrow('needs 2 numbers for each row (stays, leaves)');
  });

  it.each([
    [[], 'none'],
    [['one'], 'one'],
    [['one', 'one'], 'one, one'],
  ])('is for a soft vote of at least two classes, each once: %j is refused', (names, got) => {
    expect(() =>
      softVote('y', { classes: names })(two(tensor('FP32', [-1, names.length]))),
    ).toThrow(`needs names of at least two classes, each once, got ${got}`);
  });

  it.each([
    [{ a: 1, b: 0 }],
    [{ a: 1, b: -1 }],
    [{ a: 1, b: Number.POSITIVE_INFINITY }],
    [{ a: 1, b: Number.NaN }],
    [{ a: 1 }],
    [{ a: 1, b: 1, c: 1 }],
  ])('is for a weighted mean weighed by a positive number each: %j is refused', (weights) => {
    expect(() => weighted('y', weights)(two(tensor('FP64')))).toThrow(
      'needs a positive weight for each of a, b, got',
    );
  });

  it.each(values)('is for a %s given by each, and by someone', (_, answer) => {
    expect(() => answer(voices([tensor('INT8')], [tensor('INT8', [-1], 'z')]))).toThrow(
      'but b gives z INT8 [-1]',
    );
    expect(() => answer(voices([tensor('INT8')], []))).toThrow('but b gives nothing');
    expect(() => answer(voices())).toThrow('but nothing answers');
  });

  it('is for an output the one of that name', () => {
    const outputs = [json, { ...json, name: 'z' }].map((port) => ({ port, at: port.name }));
    expect(output('z')({ outputs, voices: [] }).body.predictions).toBe('{% [$states.input.z] %}');
    expect(
      output('y')({ outputs: [{ port: tensor('FP64'), at: 'y' }], voices: [] }).body.predictions,
    ).toBe('{% [$states.input.y.data] %}');
    expect(() => output('x')({ outputs, voices: [] })).toThrow(
      'the answer is x, but the steps give y JSON, z JSON',
    );
  });
});

describe('an answer as tensors', () => {
  it.each(numbers)('of a %s has a number for each voice that answered', (_, answer) => {
    const given = two(tensor('FP64'));
    expect(tensorsOf(answer, given, [{ a: 1, b: 2, ensemble: 1.5 }])).toEqual(
      [1, 2, 1.5].map((value, index) => ({
        ...tensor('FP64', [1], ['a', 'b', 'ensemble'][index]),
        data: [value],
      })),
    );
    const without = [{ a: 1, ensemble: 1 }];
    expect(tensorsOf(answer, given, without, { b: {} })).toHaveLength(2);
    expect(tensorsOf(answer, given, without)).toBeUndefined();
    for (const row of [{ a: 1, b: '2', ensemble: 1 }, [1], null, 'x'])
      expect(tensorsOf(answer, given, [{ a: 1, b: 2, ensemble: 1 }, row])).toBeUndefined();
  });

  it.each([
    ['BOOL', true, 'true'],
    ['BYTES', 'cat', 1],
    ['INT8', 1, true],
  ] as const)('has labels of %s, and no others', (datatype, right, wrong) => {
    const given = voices([tensor(datatype)]);
    for (const answer of [majority('y'), first('y')]) {
      const row = (value: unknown) => ({ a: value, label: value, y: value });
      for (const each of tensorsOf(answer, given, [row(right)]) ?? [])
        expect(each).toMatchObject({ datatype, data: [right] });
      expect(tensorsOf(answer, given, [row(right)])).not.toEqual([]);
      expect(tensorsOf(answer, given, [row(right), row(wrong)])).toBeUndefined();
    }
  });

  it('of a soft vote has all probabilities in the order of the classes', () => {
    const given = two(tensor('FP32', [-1, 2]));
    const row = {
      label: 'leaves',
      probability: 0.75,
      probabilities: { leaves: 0.75, stays: 0.25 },
    };
    expect(tensorsOf(vote, given, [row, row])).toMatchObject([
      { name: 'label', shape: [2], data: ['leaves', 'leaves'] },
      { name: 'probability', shape: [2], data: [0.75, 0.75] },
      { name: 'probabilities', shape: [2, 2], data: [0.25, 0.75, 0.25, 0.75] },
    ]);
    for (const wrong of [
      { ...row, label: 1 },
      { ...row, probability: '1' },
      { ...row, probabilities: { leaves: 1 } },
      { ...row, probabilities: { leaves: 1, stays: '0' } },
      { ...row, probabilities: [0, 1] },
      null,
    ])
      expect(tensorsOf(vote, given, [row, wrong])).toBeUndefined();
  });

  it('of an output is the JSON of each, and a text as it is', () => {
    const given: Given = { outputs: [{ port: json, at: 'y' }], voices: [] };
    expect(tensorsOf(output('y'), given, ['x', 1, { a: null }, null])).toEqual([
      { ...tensor('BYTES', [4]), data: ['x', '1', '{"a":null}', 'null'] },
    ]);
  });
});

describe('an answer as a person reads it', () => {
  const shownOf = (answer: Answer, given: Given, predictions: readonly unknown[]) =>
    answer(given).shownOf({ predictions, models: {}, failed: {} }, ['a', 'b']);

  it.each(numbers)('of a %s is a table without the columns that no row has', (_, answer) => {
    const rows = [{ a: 1, ensemble: 1 }, { ensemble: 2 }, 'x'];
    expect(shownOf(answer, two(tensor('FP64')), rows)).toEqual({
      lines: [],
      header: ['row', 'a', 'ensemble'],
      rows: [
        ['1', 1, 1],
        ['2', undefined, 2],
        ['3', undefined, undefined],
      ],
    });
  });

  it('of a soft vote has the classes, and of many the most probable of each row', () => {
    const row = {
      label: 'leaves',
      probability: 0.75,
      probabilities: { stays: 0.25, leaves: 0.75 },
    };
    expect(shownOf(vote, two(tensor('FP32', [-1, 2])), [row, 'x'])).toEqual({
      lines: [],
      header: ['row', 'label', 'probability', 'stays', 'leaves'],
      rows: [
        ['1', 'leaves', 0.75, 0.25, 0.75],
        ['2', undefined, undefined, undefined, undefined],
      ],
    });
    const classes = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = softVote('y', { classes });
    const spread = [0.05, 0.1, 0.3, 0.25, 0.2, 0.1];
    const probabilities = Object.fromEntries(classes.map((name, index) => [name, spread[index]]));
    expect(
      shownOf(many, two(tensor('FP32', [-1, 6])), [
        { label: 'c', probability: 0.3, probabilities },
      ]),
    ).toMatchObject({
      header: ['row', 'label', 'probability', 'most probable of 6'],
      rows: [['1', 'c', 0.3, 'c 0.300, d 0.250, e 0.200, b 0.100, f 0.100']],
    });
  });

  it('has a dash for what is missing, and JSON for what is neither a number nor a text', () => {
    const given: Given = { outputs: [{ port: json, at: 'y' }], voices: [] };
    expect(shownOf(output('y'), given, [1, 'x', null, true, { a: 1 }, [2]])?.rows).toEqual([
      ['1', 1],
      ['2', 'x'],
      ['3', undefined],
      ['4', 'true'],
      ['5', '{"a":1}'],
      ['6', '[2]'],
    ]);
  });
});
