import type { Tensor } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type DivergenceSums, divergenceOf, unusable } from './divergence.ts';

const price = (...data: Tensor['data']): Tensor => ({
  name: 'price',
  datatype: 'FP64',
  shape: [data.length],
  data,
});

describe('the divergence of two versions', () => {
  it('is the mean and the largest difference, beside the spread of the old values', () => {
    const sums: DivergenceSums = new Map();
    expect(compare(sums, [price(10, 20)], [price(11, 20)])).toBeUndefined();
    expect(compare(sums, [price(30)], [price(25)])).toBeUndefined();
    const found = divergenceOf(sums);
    expect(found).toMatchObject({ values: 3, mean: 2, max: 5 });
    expect(found?.spread).toBeCloseTo(Math.sqrt(200 / 3), 10);
  });

  it('has the spread that the textbook gives, however the values come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }),
        (old) => {
          const sums: DivergenceSums = new Map();
          for (const value of old) compare(sums, [price(value)], [price(value + 1)]);
          const mean = old.reduce((sum, value) => sum + value, 0) / old.length;
          const variance = old.reduce((sum, value) => sum + (value - mean) ** 2, 0) / old.length;
          const found = divergenceOf(sums);
          if (variance > 1e-6) expect(found?.spread).toBeCloseTo(Math.sqrt(variance), 4);
          expect(found?.mean).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('measures by the value itself when there is only one', () => {
    const sums: DivergenceSums = new Map();
    compare(sums, [price(20)], [price(25)]);
    expect(divergenceOf(sums)).toMatchObject({ mean: 5, spread: 20 });
  });

  it('is that of the output that diverges most', () => {
    const sums: DivergenceSums = new Map();
    const rent = (value: number): Tensor => ({ ...price(value), name: 'rent' });
    for (const value of [1, 2]) compare(sums, [price(value), rent(value)], [price(value), rent(9)]);
    expect(divergenceOf(sums)?.max).toBe(8);
  });

  it('is nothing when nothing was compared', () => {
    expect(divergenceOf(new Map())).toBeUndefined();
  });

  it('is refused when one version gives fewer values, or none of that name', () => {
    expect(compare(new Map(), [price(1, 2)], [price(1)])).toContain('2 values of the old');
    expect(compare(new Map(), [price(1)], [])).toContain('0 of the new');
  });
});

it.each([[null], [Number.NaN], ['12'], [Number.POSITIVE_INFINITY]])(
  'an output with %j is no prediction',
  (value) => {
    expect(unusable([price(1), price(value as number)])).toBe(
      'the output price is not of finite numbers',
    );
  },
);

describe('a label', () => {
  const label = (...data: Tensor['data']): Tensor => ({
    name: 'label',
    datatype: 'BYTES',
    shape: [data.length],
    data,
  });

  it('diverges by the share of answers in which it is another', () => {
    const sums: DivergenceSums = new Map();
    expect(compare(sums, [label('a', 'b')], [label('a', 'c')])).toBeUndefined();
    expect(compare(sums, [label('a', 'b')], [label('a', 'b')])).toBeUndefined();
    expect(divergenceOf(sums)).toMatchObject({ values: 4, mean: 0.25, max: 1, spread: 1 });
  });

  it('is a text', () => {
    expect(unusable([label('a')])).toBeUndefined();
    expect(unusable([label('a', 1)])).toBe('the output label is not of texts');
  });
});

describe('a float that is not finite, null in JSON', () => {
  const none = null as unknown as number;

  it('may be in an answer beside others, and has to be in the same places in both', () => {
    expect(unusable([price(1, none)])).toBeUndefined();
    const sums: DivergenceSums = new Map();
    expect(compare(sums, [price(1, none)], [price(3, none)])).toBeUndefined();
    expect(divergenceOf(sums)).toMatchObject({ values: 1, mean: 2 });
    for (const [one, other] of [
      [price(1, none), price(1, 2)],
      [price(1, 2), price(1, none)],
    ] as const)
      expect(compare(sums, [one], [other])).toBe(
        'the output price is finite in one of the two versions only',
      );
  });

  it('is no integer', () => {
    const count: Tensor = { name: 'count', datatype: 'INT64', shape: [2], data: [1, none] };
    expect(unusable([count])).toBe('the output count is not of finite numbers');
  });
});

it('outputs of numbers, booleans and large integers are predictions', () => {
  expect(unusable([price(1, true, 2n ** 60n)])).toBeUndefined();
});
