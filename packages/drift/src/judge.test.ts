import type { CategoryReference, TrainingRecord } from '@chorus/registry/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts, WindowCounts } from './counts.ts';
import { CountsMismatchError } from './errors.ts';
import { judge } from './judge.ts';
import { summariseNumbers, withThresholds } from './summarise.ts';

const ages = summariseNumbers(
  'age',
  Array.from({ length: 1000 }, (_, row) => 20 + (row % 50)),
);
const plans: CategoryReference = {
  name: 'plan',
  categories: ['free', 'paid'],
  shares: [0.8, 0.2],
  rows: 1000,
};
const [age = ages] = withThresholds([ages], 2);
const [plan = plans] = withThresholds([plans], 2);
const training: TrainingRecord = { metrics: {}, reference: [age, plan] };

const asExpected = (rows: number): Counts => ({
  bins: age.shares.map((share) => Math.round(share * rows)),
  missing: 0,
  below: 0,
  above: 0,
  unseen: 0,
});
const plansOf = (free: number, paid: number): Counts => ({ ...asExpected(0), bins: [free, paid] });

function windowOf(inputs: WindowCounts['inputs']): WindowCounts {
  return {
    model: 'churn',
    version: 'v1',
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-02T00:00:00.000Z',
    rows: 1000,
    refused: 2,
    inputs,
    outputs: {},
  };
}

const judged = (inputs: WindowCounts['inputs'], of = training) => judge(of, windowOf(inputs));
const good = { age: asExpected(1000), plan: plansOf(800, 200) };

describe('a window', () => {
  it('as the training has not drifted', () => {
    const verdict = judged(good);
    expect(verdict).toMatchObject({
      model: 'churn',
      version: 'v1',
      rows: 1000,
      refused: 2,
      verdict: 'no drift',
      inputs: [
        { name: 'age', verdict: 'no drift', because: [], rows: 1000, js: 0, wasserstein: 0 },
        { name: 'plan', verdict: 'no drift', because: [], rows: 1000 },
      ],
    });
    expect(verdict.inputs[1]).not.toHaveProperty('ks');
    expect(verdict.inputs[1]?.shares).toEqual({ expected: [0.8, 0.2], found: [0.8, 0.2] });
  });

  it('of other categories has drifted in them', () => {
    const { verdict, inputs } = judged({ ...good, plan: plansOf(600, 400) });
    expect(verdict).toBe('drift');
    expect(inputs).toMatchObject([{ verdict: 'no drift' }, { verdict: 'drift', because: ['js'] }]);
  });

  it('of fewer than 300 rows has no verdict, however far off it is', () => {
    const few = { age: asExpected(0), plan: plansOf(0, 299) };
    expect(judged(few)).toMatchObject({ verdict: 'too few rows' });
    expect(judged({ ...few, plan: plansOf(0, 300) })).toMatchObject({
      verdict: 'drift',
      inputs: [{ verdict: 'too few rows' }, { verdict: 'drift' }],
    });
    expect(judged({})).toMatchObject({ verdict: 'too few rows' });
  });

  it('of fewer rows is judged where that is asked for, down to 100', () => {
    const counts = windowOf({ plan: plansOf(0, 120) });
    expect(judge(training, counts, { minimumRows: 120 }).verdict).toBe('drift');
    expect(judge(training, windowOf({ plan: plansOf(0, 99) }), { minimumRows: 1 }).verdict).toBe(
      'too few rows',
    );
  });

  it.each([
    ['missing', { missing: 60 }],
    ['range', { below: 50 }],
    ['range', { above: 50 }],
    ['unseen', { unseen: 60 }],
  ])('says what is wrong with values: %s', (rule, wrong) => {
    const { inputs } = judged({ ...good, age: { ...asExpected(1000), ...wrong } });
    expect(inputs[0]).toMatchObject({ verdict: 'drift', because: [rule], problems: [{ rule }] });
    const [problem] = inputs[0]?.problems ?? [];
    expect(problem?.share).toBeGreaterThan(problem?.limit ?? 1);
  });

  it('tells a column that is empty, and one that never was another value', () => {
    const nothing = { ...asExpected(0), missing: 1000 };
    expect(judged({ ...good, age: nothing }).inputs[0]).toMatchObject({ because: ['missing'] });
    const constant = withThresholds([summariseNumbers('age', new Array(1000).fill(7))], 1);
    const changed = { ...asExpected(0), bins: [1000], above: 1000 };
    expect(judged({ age: changed }, { metrics: {}, reference: constant }).inputs[0]).toMatchObject({
      because: ['range'],
    });
  });

  it('has the same missing values as the training', () => {
    const reference = [{ ...age, missing: 0.1 }];
    const counts = { age: { ...asExpected(900), missing: 100 } };
    expect(judged(counts, { metrics: {}, reference })).toMatchObject({ verdict: 'no drift' });
  });

  it('is judged by a manifest of before there were thresholds too', () => {
    const { thresholds: _, centres: __, rows: ___, ...old } = age;
    const before = { metrics: {}, reference: [old], split: { trainRows: 1000, testRows: 0 } };
    expect(judged({ age: asExpected(1000) }, before).verdict).toBe('no drift');
    const moved = { ...asExpected(0), bins: asExpected(1000).bins.map((_, bin) => bin * 30) };
    expect(judged({ age: moved }, before).inputs[0]).toMatchObject({
      because: ['js', 'ks', 'wasserstein'],
    });
  });

  it('of a model without a reference says so', () => {
    expect(judged({}, { metrics: {} }).verdict).toBe('no reference');
    expect(judge(undefined, windowOf({})).verdict).toBe('no reference');
  });

  it('of another version is refused', () => {
    expect(() => judged({ age: plansOf(1, 2) })).toThrow(CountsMismatchError);
    expect(() => judged({ income: asExpected(1) })).toThrow('counts income');
  });

  it('of answers is judged as well', () => {
    const outputs = { price: asExpected(1000) };
    const record = { metrics: {}, outputReference: [{ ...age, name: 'price' }] };
    expect(judge(record, { ...windowOf({}), outputs })).toMatchObject({
      verdict: 'no drift',
      outputs: [{ name: 'price', rows: 1000 }],
    });
  });

  it('has finite figures, whatever was counted', () => {
    const count = fc.nat({ max: 2000 });
    const any = fc.record({
      bins: fc.array(count, { minLength: 2, maxLength: 2 }),
      missing: count,
      below: count,
      above: count,
      unseen: count,
    });
    fc.assert(
      fc.property(any, (counts) => {
        const [, feature] = judged({ ...good, plan: counts }).inputs;
        expect(Number.isFinite(feature?.js)).toBe(true);
        expect(Number.isFinite(feature?.psi)).toBe(true);
        expect(feature?.verdict === 'drift').toBe((feature?.because.length ?? 0) > 0);
      }),
    );
  });
});
