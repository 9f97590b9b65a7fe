import type { InferResponse, ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, comparedSoFar, newComparison, unusable } from './compare-answers.ts';

type Answer = InferResponse['outputs'];

const schemaOf = (...outputs: readonly TensorSpec[]): ModelSchema => ({
  name: 'toy',
  inputs: [],
  outputs,
  maxBatch: 10,
});

/** Compares pairs of answers, each of the old and of the new version. */
function compared(schema: ModelSchema, ...pairs: readonly (readonly [Answer, Answer])[]) {
  const comparison = newComparison(schema);
  const problems = pairs.map(([older, newer]) => compare(comparison, older, newer));
  return { ...comparedSoFar(comparison), problem: problems.find((each) => each !== undefined) };
}

/** Returns a tensor as JSON has it: what is not finite is null there. */
const tensor = (spec: TensorSpec, shape: readonly number[], data: readonly unknown[]): Tensor => ({
  ...spec,
  shape,
  data: data as Tensor['data'],
});

const priceSpec = { name: 'price', datatype: 'FP64', shape: [-1] } as const;
const price = (...data: readonly unknown[]) => tensor(priceSpec, [data.length], data);
const prices = schemaOf(priceSpec);

describe('the divergence of two versions that answer numbers', () => {
  it('is the mean and the largest difference, beside the spread of the old values', () => {
    const { divergence } = compared(
      prices,
      [[price(10, 20)], [price(11, 20)]],
      [[price(30)], [price(25)]],
    );
    expect(divergence).toMatchObject({ values: 3, mean: 2, max: 5 });
    expect(divergence?.spread).toBeCloseTo(Math.sqrt(200 / 3), 10);
  });

  it('has the spread that the textbook gives, however the values come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }),
        (old) => {
          const pairs = old.map((value) => [[price(value)], [price(value + 1)]] as const);
          const { divergence } = compared(prices, ...pairs);
          const mean = old.reduce((sum, value) => sum + value, 0) / old.length;
          const variance = old.reduce((sum, value) => sum + (value - mean) ** 2, 0) / old.length;
          if (variance > 1e-6) expect(divergence?.spread).toBeCloseTo(Math.sqrt(variance), 4);
          expect(divergence?.mean).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('measures by the value itself when there is only one', () => {
    const { divergence } = compared(prices, [[price(20)], [price(25)]]);
    expect(divergence).toMatchObject({ mean: 5, spread: 20 });
  });

  it('is that of the output that diverges most, and of each column by its own spread', () => {
    const rent = { ...priceSpec, name: 'rent' };
    const both = (one: number, other: number) => [price(one), tensor(rent, [1], [other])];
    const pairs = [1, 2].map((value) => [both(value, value), both(value, 9)] as const);
    expect(compared(schemaOf(priceSpec, rent), ...pairs).divergence?.max).toBe(8);

    const pair = { ...priceSpec, shape: [-1, 2] };
    const old = tensor(pair, [2, 2], [1, 1000, 2, 2000]);
    const near = tensor(pair, [2, 2], [2, 1000, 1, 2000]);
    const { divergence } = compared(schemaOf(pair), [[old], [near]]);
    expect(divergence).toEqual({ values: 2, mean: 1, max: 1, spread: 0.5 });
  });

  it('leaves out what is not finite in both, and is refused for what is not in one', () => {
    expect(compared(prices, [[price(1, null)], [price(3, null)]])).toMatchObject({
      divergence: { values: 1, mean: 2 },
      problem: undefined,
    });
    expect(compared(prices, [[price(null)], [price(null)]])).toMatchObject({
      divergence: undefined,
      problem: undefined,
    });
    for (const [one, other] of [
      [price(1, null), price(1, 2)],
      [price(1, 2), price(1, null)],
    ] as const)
      expect(compared(prices, [[one], [other]]).problem).toBe(
        'the output price is finite in one of the two versions only',
      );
  });

  it('is nothing when nothing was compared', () => {
    expect(compared(prices)).toMatchObject({
      divergence: undefined,
      disagreements: [],
      differences: [],
    });
  });

  it('is refused when one version gives fewer values', () => {
    expect(compared(prices, [[price(1, 2)], [price(1)]]).problem).toContain('2 values of the old');
  });
});

describe('the disagreement of two versions that answer classes', () => {
  const label = { name: 'label', datatype: 'BYTES', shape: [-1] } as const;
  const labels = ['no', 'yes', 'maybe'];
  const probability = { name: 'p', datatype: 'FP32', shape: [-1, 3], labels } as const;
  const classes = schemaOf(label, probability);
  const answer = (names: readonly string[], ...rows: readonly (readonly unknown[])[]) => [
    tensor(label, [names.length], names),
    tensor(probability, [rows.length, 3], rows.flat()),
  ];

  it('is the share of other labels and of other most probable classes', () => {
    const old = answer(['no', 'yes'], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]);
    const next = answer(['no', 'no'], [0.5, 0.4, 0.1], [0.5, 0.4, 0.1]);
    const { disagreements, divergence } = compared(classes, [old, next], [old, old]);
    expect(disagreements).toMatchObject([
      { output: 'label', decisions: 4, share: 0.25, probability: null },
      { output: 'p', decisions: 4, share: 0.25, probability: expect.closeTo(0.125, 10) },
    ]);
    expect(divergence).toBeUndefined();
  });

  it('is at least so much by what was seen, and the more was seen the surer', () => {
    const old = answer(['no'], [0.9, 0.1, 0]);
    const next = answer(['yes'], [0.4, 0.6, 0]);
    const seen = (differing: number, alike: number) =>
      compared(
        classes,
        ...new Array(differing).fill([old, next]),
        ...new Array(alike).fill([old, old]),
      ).disagreements;
    // Wilson's interval, as of scipy.stats: binomtest(k, n, alternative='greater').proportion_ci(0.99, 'wilson').
    expect(seen(5, 15)[0]?.shareAtLeast).toBeCloseTo(0.0963, 3);
    expect(seen(50, 150)[0]?.shareAtLeast).toBeCloseTo(0.1859, 3);
    expect(seen(20, 0)[0]?.shareAtLeast).toBeCloseTo(0.7871, 3);
    expect(seen(0, 20)[0]?.shareAtLeast).toBe(0);
    const [, few] = seen(5, 15);
    const [, many] = seen(50, 150);
    expect(few?.probability).toBeCloseTo(0.125, 10);
    expect(few?.probabilityAtLeast).toBeLessThan(many?.probabilityAtLeast ?? 0);
    expect(many?.probabilityAtLeast).toBeLessThan(0.125);
    expect(seen(20, 0)[1]?.probabilityAtLeast).toBeCloseTo(0.5, 6);
  });

  it('counts class numbers as classes, and other whole numbers as numbers', () => {
    const whole = (name: string) => ({ name, datatype: 'INT64', shape: [-1] }) as const;
    const of = (spec: TensorSpec, ...more: readonly TensorSpec[]) =>
      compared(schemaOf(spec, ...more), [
        [tensor(spec, [2], [1, 2]), ...more.map((each) => tensor(each, [1, 3], [1, 0, 0]))],
        [tensor(spec, [2], [1, 3]), ...more.map((each) => tensor(each, [1, 3], [1, 0, 0]))],
      ]);
    for (const name of ['output_label', 'class_id'])
      expect(of(whole(name))).toMatchObject({ disagreements: [{ share: 0.5 }] });
    expect(of(whole('y'), probability).disagreements).toHaveLength(2);
    expect(of(whole('rooms'))).toMatchObject({ disagreements: [], divergence: { max: 1 } });
  });

  it('compares a ranking by its names, whatever its order', () => {
    const names = { name: 'names', datatype: 'BYTES', shape: [-1, -1] } as const;
    const scores = { name: 'scores', datatype: 'FP32', shape: [-1, -1] } as const;
    const ranked = (who: readonly string[], how: readonly number[], rows = 1) => [
      tensor(names, [rows, who.length / rows], who),
      tensor(scores, [rows, how.length / rows], how),
    ];
    const schema = schemaOf(names, scores);
    const old = ranked(['cat', 'dog', 'owl'], [0.7, 0.2, 0.1]);
    const tail = ranked(['cat', 'owl', 'dog'], [0.7, 0.2, 0.1]);
    expect(compared(schema, [old, tail])).toMatchObject({
      disagreements: [{ output: 'names', decisions: 1, share: 0, probability: 0.1 }],
      divergence: undefined,
      differences: [],
    });
    const shorter = ranked(['dog', 'cat'], [0.6, 0.4]);
    const { disagreements } = compared(schema, [old, shorter]);
    expect(disagreements[0]).toMatchObject({ share: 1, probability: expect.closeTo(0.4, 10) });
    const broken = ranked(['dog', 'cat'], [1]);
    expect(compared(schema, [old, broken]).problem).toContain('2 classes for 1 rows');
    const two = ranked(['cat', 'dog', 'dog', 'cat'], [0.7, 0.3, 0.6, 0.4], 2);
    expect(compared(schema, [two, two]).disagreements[0]).toMatchObject({ decisions: 2, share: 0 });
  });

  it('takes texts of any number, and counts the rest as other ones', () => {
    const words = { name: 'words', datatype: 'BYTES', shape: [-1, -1] } as const;
    const said = (...text: readonly string[]) => [tensor(words, [1, text.length], text)];
    const { disagreements } = compared(schemaOf(words), [said('a', 'b'), said('a', 'b', 'c', 'd')]);
    expect(disagreements).toMatchObject([{ decisions: 4, share: 0.5 }]);
  });
});

describe('the difference of two versions whose answers vary in size', () => {
  const boxes = { name: 'boxes', datatype: 'FP32', shape: [1, -1, 2] } as const;
  const found = (...data: readonly unknown[]) => [tensor(boxes, [1, data.length / 2, 2], data)];
  const meanOf = (older: Answer, newer: Answer) => {
    const { differences, problem } = compared(schemaOf(boxes), [older, newer]);
    expect(problem).toBeUndefined();
    return differences[0]?.mean;
  };

  it('is the length of the difference, beside the longer of both', () => {
    expect(meanOf(found(3, 4), found(3, 4))).toBe(0);
    expect(meanOf(found(3, 4), found(3, 0))).toBeCloseTo(0.8, 10);
    expect(meanOf(found(3, 4), found(-3, -4))).toBeCloseTo(2, 10);
    expect(meanOf(found(0, 0), found(0, 0))).toBe(0);
    expect(meanOf(found(null, 4), found(null, 4))).toBe(0);
  });

  it('is all of it when one has more than the other', () => {
    expect(meanOf(found(3, 4), found(3, 4, 1, 1))).toBe(1);
    expect(meanOf(found(), found())).toBe(0);
  });
});

describe('an answer', () => {
  it.each([['12'], [true], [{}]])('with %j is of no finite numbers', (value) => {
    expect(unusable(prices, [price(1), price(1, value)].slice(1))).toBe(
      'the output price is not of finite numbers',
    );
  });

  it.each([
    ['FP32', null, true],
    ['INT64', null, false],
    ['INT64', 5, true],
    ['BYTES', 'dog', true],
    ['BYTES', 5, false],
    ['BOOL', true, true],
    ['BOOL', 1, false],
  ] as const)('of %s may have %j: %s', (datatype, value, isFine) => {
    const spec = { name: 'it', datatype, shape: [-1] };
    expect(unusable(schemaOf(spec), [tensor(spec, [1], [value])]) === undefined).toBe(isFine);
  });
});
