import { onnxModel } from '@chorus/blueprint';
import type { Tensor, TensorSpec } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import type { Combination } from './workflow-answers.ts';
import { type Member, planWorkflow } from './workflow-plan.ts';
import { workflowOf } from './workflow-source.ts';

const odds = (labels?: readonly string[], width = labels?.length ?? 2): TensorSpec => ({
  name: 'p',
  datatype: 'FP32',
  shape: [-1, width],
  ...(labels && { labels }),
});
const label = (datatype: 'INT64' | 'BYTES' = 'INT64'): TensorSpec => ({
  name: 'label',
  datatype,
  shape: [-1],
});
const number: TensorSpec = { name: 'variable', datatype: 'FP32', shape: [-1, 1] };
const classifier = [label(), odds(['no', 'yes'])];

const table = (names: readonly string[], more: object = {}): TensorSpec => ({
  name: 'X',
  datatype: 'FP32',
  shape: [-1, names.length],
  columns: names.map((name) => ({ name, description: '' })),
  ...more,
});
const value = (name: string, datatype: TensorSpec['datatype'], more: object = {}): TensorSpec => ({
  name,
  datatype,
  shape: [-1, 1],
  ...more,
});

const member = (
  name: string,
  inputs: readonly TensorSpec[],
  outputs: readonly TensorSpec[] = classifier,
  example?: readonly Tensor[],
): Member => ({
  spec: onnxModel(name),
  schema: { name, inputs, outputs, maxBatch: 9 },
  example: example && { inputs: example },
  rows: [],
});

const plan = (members: readonly Member[], combine: Combination, weights?: readonly number[]) =>
  planWorkflow(members, { name: 'flow', combine, weights });

describe('the columns of a workflow', () => {
  it('are those of all models, each once, as all of them take them', () => {
    const age = { name: 'age', description: 'years', minimum: 0, maximum: 90 };
    const made = plan(
      [
        member('a', [
          table([], {
            shape: [-1, 2],
            columns: [age, { name: 'fee', description: '' }],
            missing: true,
          }),
        ]),
        member('b', [
          value('colour', 'BYTES', {
            columns: [{ name: 'colour', description: '', categories: ['red', 'blue'] }],
          }),
          value('age', 'INT64', { columns: [{ name: 'age', description: '', minimum: 10 }] }),
          value('fee', 'FP64', { missing: true }),
          value('vip', 'BOOL'),
        ]),
        member('c', [
          value('colour', 'BYTES', {
            columns: [{ name: 'colour', description: '', categories: ['green', 'blue'] }],
          }),
          value('note', 'BYTES'),
        ]),
      ],
      'softVote',
    );
    expect(made.columns).toEqual([
      { name: 'age', description: 'years', minimum: 10, maximum: 90, datatype: 'INT64' },
      { name: 'fee', description: '', missing: true },
      { name: 'colour', description: '', categories: ['blue'] },
      { name: 'vip', description: '', datatype: 'BOOL' },
      { name: 'note', description: '', datatype: 'BYTES' },
    ]);
    expect(made.example).toEqual({ age: 10, fee: 0, colour: 'blue', vip: false, note: '' });
    expect(workflowOf(made).schema.inputs.map(({ name }) => name)).toEqual([
      'age',
      'fee',
      'colour',
      'vip',
      'note',
    ]);
  });

  it('have values of the models’ examples', () => {
    const example: readonly Tensor[] = [
      { name: 'X', datatype: 'FP32', shape: [1, 2], data: [1.5, 7] },
    ];
    const made = plan([member('a', [table(['fee', 'calls'])], [number], example)], 'mean');
    expect(made.example).toEqual({ fee: 1.5, calls: 7 });
  });

  it.each<[TensorSpec['datatype'], object, readonly unknown[], unknown]>([
    ['FP32', {}, ['x', null, 5], 5],
    ['FP32', { minimum: 1, maximum: 3 }, [0, 4, 1], 1],
    ['FP32', { minimum: 1, maximum: 3 }, [4, 3], 3],
    ['FP32', { minimum: 1 }, [0], 1],
    ['FP32', { maximum: -2 }, [0], -2],
    ['INT64', {}, [1.5, 2], 2],
    ['BYTES', {}, [1, 'x'], 'x'],
    ['BYTES', {}, [1], ''],
    ['BYTES', { categories: ['a', 'b'] }, ['z', 'b'], 'b'],
    ['BYTES', { categories: ['a', 'b'] }, ['z'], 'a'],
    ['BOOL', {}, ['x', 1, true], true],
    ['BOOL', {}, [1], false],
  ])(
    'have a value that fits: of %s %j and the examples %j it is %j',
    (datatype, more, known, fits) => {
      const columns = [{ name: 'c', description: '', ...more }];
      const one = member('a', [value('c', datatype, { columns })]);
      const rows = known.map((c) => ({ c }));
      expect(plan([{ ...one, rows }], 'softVote').example).toEqual({ c: fits });
    },
  );

  it.each([
    [true, null],
    [false, 0],
  ])('have no value in an example only where it may be missing (%s)', (missing, fits) => {
    const one = member('a', [value('c', 'FP32', missing ? { missing } : {})]);
    expect(plan([{ ...one, rows: [{ c: null }] }], 'softVote').example).toEqual({ c: fits });
  });

  it('are numbered where no model names them, which is said', () => {
    const unnamed = { name: 'X', datatype: 'FP32', shape: [-1, 2] } as const;
    const made = plan([member('a', [unnamed]), member('b', [unnamed])], 'softVote');
    expect(made.columns.map(({ name }) => name)).toEqual(['x1', 'x2']);
    expect(made.notes.join()).toContain('a has no names for its columns, so they are x1, x2');
    for (const other of [table(['x1', 'x2']), { ...unnamed, shape: [-1, 3] }])
      expect(() => plan([member('a', [unnamed]), member('b', [other])], 'softVote')).toThrow(
        '--columns',
      );
  });

  it.each([
    [value('age', 'FP32'), value('age', 'BYTES'), 'age is a number for a and a text for b'],
    [
      value('age', 'FP32', { columns: [{ name: 'age', description: '', maximum: 1 }] }),
      value('age', 'FP32', { columns: [{ name: 'age', description: '', minimum: 2 }] }),
      'No value of age is right for both a and b',
    ],
    [
      value('age', 'FP32'),
      { ...value('pixels', 'FP32'), shape: [1, 3, 8, 8] },
      'b takes pixels FP32 [1,3,8,8]',
    ],
  ])('are refused where no row is right for both', (one, other, message) => {
    expect(() => plan([member('a', [one]), member('b', [other])], 'softVote')).toThrow(message);
  });
});

it.each<[string, TensorSpec]>([
  ['whole numbers', { name: 'count', datatype: 'INT64', shape: [-1] }],
  ['several numbers for each row', { name: 'vector', datatype: 'FP32', shape: [-1, 8] }],
  ['numbers that are of no row', { name: 'weights', datatype: 'FP32', shape: [1] }],
])('the number that is combined is told from %s', (_, other) => {
  const { asks, output } = plan([member('a', [table(['x'])], [other, number])], 'mean');
  expect([output, asks.map((each) => each.output.name)]).toEqual(['variable', ['variable']]);
});

describe('answers that cannot be combined', () => {
  const X = [table(['a'])];
  const of = (...outputs: readonly (readonly TensorSpec[])[]) =>
    outputs.map((each, index) => member(`m${index}`, X, each));

  it.each<readonly [Combination, readonly Member[], string]>([
    ['mean', of([number], classifier), 'm1 is a classifier'],
    ['median', of([label('BYTES')]), 'm0 is a classifier'],
    ['mean', of([label(), odds()]), 'm0 is a classifier'],
    ['weighted', of([number, { ...number, name: 'z' }]), 'needs exactly one number'],
    [
      'softVote',
      of(classifier, [label(), odds(['no', 'maybe'])]),
      'm0 has the classes no, yes, but m1 has no, maybe',
    ],
    ['softVote', of(classifier, [label(), odds(['yes', 'no'])]), 'in the same order'],
    ['softVote', of(classifier, [label(), odds()]), '--labels no,yes'],
    ['softVote', of(classifier, [number]), '--combine mean'],
    ['majority', of(classifier, [number]), 'm1 gives variable FP32 [-1,1]'],
    ['majority', of(classifier, [label('BYTES')]), 'm0 gives INT64 labels, but m1 gives BYTES'],
    ['first', of(classifier, [number]), 'm0 is a classifier and m1 is none'],
  ])('by a %s are refused with a remedy', (combine, members, message) => {
    expect(() => plan(members, combine, combine === 'weighted' ? [1] : undefined)).toThrow(message);
  });

  it('are those of models that are called as the answer is', () => {
    expect(() => plan([member('ensemble', X, [number])], 'mean')).toThrow(
      "has 'ensemble' in its answer",
    );
  });

  it.each([undefined, [1], [1, 0], [1, Number.NaN], [1, 2, 3]])(
    'by weights %j are refused',
    (weights) => {
      expect(() => plan(of([number], [number]), 'weighted', weights)).toThrow(
        '--weights 0.50,0.50',
      );
      if (weights !== undefined)
        expect(() => plan(of([number]), 'mean', weights)).toThrow(
          '--weights is for --combine weighted',
        );
    },
  );
});

it('gives outputs of several names one', () => {
  const members = ['p', 'q'].map((name) =>
    member(`m-${name}`, [table(['a'])], [{ ...odds(['no', 'yes']), name }]),
  );
  const { asks, output } = plan(members, 'softVote');
  expect(output).toBe('probabilities');
  expect(asks.map((each) => [each.output.name, each.output.as])).toEqual([
    ['p', 'probabilities'],
    ['q', 'probabilities'],
  ]);
});
