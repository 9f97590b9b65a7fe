import type { ModelSchema, Tensor } from '@chorus/protocol';
import type { FeatureReference, Manifest } from '@chorus/registry/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCounter } from './counter.ts';
import { createSum } from './sum-counts.ts';

const numbers = (name: string, edges: readonly number[], range: readonly [number, number]) => ({
  name,
  edges,
  minimum: range[0],
  maximum: range[1],
  mean: 0,
  std: 1,
  shares: [...edges, 0].map(() => 1 / (edges.length + 1)),
});

const schema: ModelSchema = {
  name: 'toy',
  inputs: [
    {
      name: 'features',
      datatype: 'FP64',
      shape: [-1, 2],
      missing: true,
      columns: [
        { name: 'rooms', description: '' },
        { name: 'age', description: '' },
      ],
    },
    { name: 'plan', datatype: 'BYTES', shape: [-1] },
  ],
  outputs: [
    { name: 'price', datatype: 'FP64', shape: [-1] },
    { name: 'chances', datatype: 'FP32', shape: [-1, 2], labels: ['stays', 'leaves'] },
    { name: 'class', datatype: 'INT64', shape: [-1] },
  ],
  maxBatch: 100_000,
};

/** A version with references; those of columns that it does not have count nothing. */
function versionOf(
  reference: readonly FeatureReference[],
  outputReference: readonly FeatureReference[] = [],
): Pick<Manifest, 'schema' | 'training'> {
  return { schema, training: { metrics: {}, reference, outputReference } };
}

const version = versionOf(
  [
    numbers('age', [10, 20], [0, 90]),
    numbers('gone', [1], [0, 2]),
    { name: 'plan', categories: ['free', ''], shares: [0.5, 0.5] },
    numbers('rooms', [], [1, 9]),
  ],
  [
    numbers('price', [100], [50, 500]),
    { name: 'chances', categories: ['stays', 'leaves'], shares: [0.5, 0.5] },
    { name: 'class', categories: ['0', '1'], shares: [0.5, 0.5] },
  ],
);

const request = (
  rows: readonly (readonly [rooms: number, age: number, plan: string])[],
): readonly Tensor[] => [
  {
    name: 'features',
    datatype: 'FP64',
    shape: [rows.length, 2],
    data: rows.flatMap((row) => [row[0], row[1]]),
  },
  { name: 'plan', datatype: 'BYTES', shape: [rows.length], data: rows.map(([, , plan]) => plan) },
];

const answer: readonly Tensor[] = [
  { name: 'price', datatype: 'FP64', shape: [3], data: [100, 101, 900] },
  { name: 'chances', datatype: 'FP32', shape: [3, 2], data: [0.9, 0.1, 0.2, 0.8, 0.4, 0.6] },
  { name: 'class', datatype: 'INT64', shape: [3], data: [0, 1n, 7] },
];

describe('what an event counts as', () => {
  it('is the bins of its values, in the order of the references', () => {
    const counter = createCounter(version);
    const rows = [
      [3, 10, 'free'],
      [12, 11, 'paid'],
      [0, Number.NaN, ''],
    ] as const;
    // Age: 10 is in the first bin, 11 in the second, one is missing. Plan: one is unseen. Rooms: one above, one below.
    expect(counter(request(rows), answer)).toEqual({
      rows: 3,
      counts: '0,1,m;0,1,u;0x3,b,a|0,1x2,a;0,1x2;0,1,u',
    });
    expect(counter(request([[3, 95, 'free']]), answer.slice(1))).toEqual({
      rows: 1,
      counts: '2,a;0;0|;0,1x2;0,1,u',
    });
  });

  it('is of a large batch some of its rows, from all over it, and others the next time', () => {
    const counter = createCounter(version);
    const sum = createSum(version);
    const rows = Array.from({ length: 1000 }, (_, row) => [3, (row % 4) * 8, 'free'] as const);
    for (let times = 0; times < 10; times += 1) {
      const { rows: answered, counts = '' } = counter(request(rows), []);
      expect(answered).toBe(1000);
      sum.add(counts);
    }
    // Every tenth row, ten times.
    expect(sum.inputs()['age']?.bins).toEqual([500, 250, 250]);
    expect(sum.inputs()['plan']?.bins).toEqual([1000, 0]);
  });

  it('is only how many rows there are, without a reference', () => {
    expect(createCounter({ schema })(request([[1, 2, 'x']]), [])).toEqual({ rows: 1 });
  });

  it('never has a value in it', () => {
    const counter = createCounter(version);
    const value = fc.double({ noNaN: true, min: 1e3, max: 1e9 });
    const row = fc.tuple(value, value, fc.string({ minLength: 5 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        expect(counter(request(rows), []).counts).toMatch(/^[\dxmbau,;|]*$/);
      }),
    );
  });
});

describe('the sum of lines', () => {
  it('is what a plain count of all their rows is, however these were sent', () => {
    const age = fc.oneof(
      fc.constantFrom(0, 10, 20, 90, Number.NaN, -0.5, Number.POSITIVE_INFINITY),
      fc.double({ min: -5, max: 95, noNaN: true }),
    );
    const row = fc.tuple(fc.constant(3), age, fc.constantFrom('free', '', 'paid'));
    const events = fc.array(fc.array(row, { minLength: 1, maxLength: 30 }), { maxLength: 10 });
    fc.assert(
      fc.property(events, (sent) => {
        const counter = createCounter(version);
        const sum = createSum(version);
        for (const rows of sent)
          expect(sum.add(counter(request(rows), []).counts ?? '')).toBe(true);
        const ages = sent.flat().map((each) => each[1]);
        const plans = sent.flat().map((each) => each[2]);
        const many = <Of>(list: readonly Of[], is: (each: Of) => boolean) => list.filter(is).length;
        expect(sum.inputs()['age']).toEqual({
          bins: [
            many(ages, (x) => x <= 10),
            many(ages, (x) => x > 10 && x <= 20),
            many(ages, (x) => x > 20),
          ],
          missing: many(ages, Number.isNaN),
          below: many(ages, (x) => x < 0),
          above: many(ages, (x) => x > 90),
          unseen: 0,
        });
        expect(sum.inputs()['plan']).toEqual({
          bins: [many(plans, (x) => x === 'free'), many(plans, (x) => x === '')],
          missing: 0,
          below: 0,
          above: 0,
          unseen: many(plans, (x) => x === 'paid'),
        });
      }),
    );
  });

  it('has each number in the bin of how many edges it exceeds, for any edges', () => {
    const edge = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -9, max: 9 }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(edge, { minLength: 2, maxLength: 12, comparator: (a, b) => a === b }),
        fc.array(fc.double({ noNaN: true }), { maxLength: 20 }),
        (list, others) => {
          const [minimum = 0, ...rest] = list.sort((a, b) => a - b);
          const maximum = rest.at(-1) ?? 0;
          const edges = rest.slice(0, -1);
          const values = [...others, ...list, ...list.map((each) => each * (1 - 2 ** -52))];
          const one = versionOf([numbers('age', edges, [minimum, maximum])]);
          const sum = createSum(one);
          const rows = values.map((value) => [0, value, ''] as const);
          const counter = createCounter(one);
          sum.add(counter(request(rows), []).counts ?? '');
          const alone = createSum(one);
          for (const row of rows) alone.add(counter(request([row]), []).counts ?? '');
          expect(alone.inputs()).toEqual(sum.inputs());
          const bins = edges.map(() => 0).concat(0);
          for (const value of values) {
            const bin = edges.filter((each) => value > each).length;
            bins[bin] = (bins[bin] ?? 0) + 1;
          }
          expect(sum.inputs()['age']?.bins).toEqual(bins);
        },
      ),
    );
  });

  it('takes no line of another version, and no part of one', () => {
    const sum = createSum(version);
    const wrong = [
      '',
      '|',
      '0;0|;;',
      '0;0;0',
      '0;0;0|;;|',
      '0;0;1|;;',
      '0;0;0|;;9',
      '0;0;q|;;',
      '0;0;0x|;;',
      '0;0;-1|;;',
      '0;0;0|;;constructor',
    ];
    expect(wrong.filter((text) => sum.add(text))).toEqual([]);
    expect(sum.inputs()['age']?.bins).toEqual([0, 0, 0]);
    expect(sum.add('1;0;0|;;1')).toBe(true);
    expect(sum.outputs()['class']?.bins).toEqual([0, 1]);
    fc.assert(fc.property(fc.string(), (text) => typeof sum.add(text) === 'boolean'));
  });
});
