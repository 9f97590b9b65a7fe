import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { boston } from './datasets/boston.ts';
import { evaluate, type Metrics } from './metrics.ts';
import { resolveOptions } from './options.ts';
import { sfc32 } from './random.ts';
import { selectRows, type Table } from './table.ts';
import { predictTree } from './trainers/grow-tree.ts';
import { fitLinear } from './trainers/ordinary-least-squares.ts';
import { fitForest, randomForest } from './trainers/random-forest.ts';
import { growTree } from './trainers/regression-tree.ts';
import { prepareTreeData } from './trainers/split-search.ts';
import { fitScaler } from './trainers/standard-scaler.ts';
import { fitSvr, supportVectorRegression } from './trainers/support-vector-regression.ts';

/** Written by fixtures/make-scikit-learn.py. */
interface Fixture {
  readonly splits: readonly {
    readonly test: readonly number[];
    readonly linear: Metrics & {
      readonly coefficients: readonly number[];
      readonly intercept: number;
    };
    readonly forest: Metrics;
    readonly svr: Metrics;
  }[];
  readonly svrFirstSplit: readonly number[];
  readonly treeDepth1: readonly number[];
  readonly treeDepth3: readonly number[];
  readonly deficientCoefficients: readonly number[];
}

let table: Table;
let fixture: Fixture;
let splits: { train: Table; test: Table; expected: Fixture['splits'][number] }[];

beforeAll(async () => {
  table = (await boston.load()).table;
  const file = new URL('../fixtures/scikit-learn.json', import.meta.url);
  fixture = JSON.parse(await readFile(file, 'utf8'));
  splits = fixture.splits.map((expected) => {
    const held = new Set(expected.test);
    const rest = [...table.target.keys()].filter((row) => !held.has(row));
    return { train: selectRows(table, rest), test: selectRows(table, expected.test), expected };
  });
});

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - (actual[i] ?? NaN))));
}

describe('ordinary least squares', () => {
  it('finds the coefficients of scikit-learn within 1e-10 on ten splits', () => {
    for (const { train, test, expected } of splits) {
      const model = fitLinear(train);
      expect(largestDifference(model.coefficients, expected.linear.coefficients)).toBeLessThan(
        1e-10,
      );
      expect(Math.abs(model.intercept - expected.linear.intercept)).toBeLessThan(1e-10);
      expect(evaluate(model.predict(test.features), test.target)).toEqual({
        rmse: expect.closeTo(expected.linear.rmse, 10),
        r2: expect.closeTo(expected.linear.r2, 10),
      });
    }
  });

  it('shares a coefficient between repeated columns and gives none to a constant one, as scikit-learn', () => {
    const rows = [...table.target.keys()];
    const deficient: Table = {
      columns: [...table.columns, 'RM again', 'constant'],
      features: Float64Array.from(
        rows.flatMap((row) => {
          const features = table.features.subarray(row * 13, (row + 1) * 13);
          return [...features, features[5] ?? NaN, 3];
        }),
      ),
      target: table.target,
    };
    const scaler = fitScaler(deficient);
    const standardised = fitLinear(deficient).coefficients.map(
      (b, i) => b * (scaler.std[i] ?? NaN),
    );
    expect(largestDifference(standardised, fixture.deficientCoefficients)).toBeLessThan(1e-10);
  });
});

describe('support vector regression', () => {
  const options = (tolerance: number) =>
    resolveOptions('svr', supportVectorRegression.options, { c: 100, tolerance });

  it('predicts as scikit-learn within 1e-6 when both are solved tightly', () => {
    const [first] = splits;
    const model = fitSvr(first?.train ?? table, options(1e-9));
    const difference = largestDifference(model.predict(table.features), fixture.svrFirstSplit);
    expect(difference).toBeLessThan(1e-6);
  });

  it('is as good as scikit-learn on ten splits at the usual tolerance', () => {
    for (const { train, test, expected } of splits) {
      const { rmse } = evaluate(fitSvr(train, options(1e-3)).predict(test.features), test.target);
      expect(Math.abs(rmse - expected.svr.rmse)).toBeLessThan(0.002);
    }
  });
});

describe('random forest', () => {
  it.each([1, 3])('grows the tree of scikit-learn to depth %i', (maxDepth) => {
    const width = table.columns.length;
    const tree = growTree(
      prepareTreeData(table),
      new Int32Array(table.target.length).fill(1),
      { candidates: width, minLeaf: 1, maxDepth },
      sfc32(0),
    );
    const features = Float32Array.from(table.features);
    const predicted = Array.from(table.target, (_, row) =>
      predictTree(tree, features.subarray(row * width, (row + 1) * width)),
    );
    const expected = maxDepth === 1 ? fixture.treeDepth1 : fixture.treeDepth3;
    expect(largestDifference(predicted, expected)).toBeLessThan(1e-12);
  });

  it('is as good as scikit-learn on ten splits within 0.1 RMSE', () => {
    const options = resolveOptions('forest', randomForest.options, {});
    const scores = splits.map(({ train, test }, seed) =>
      evaluate(fitForest(train, options, { seed }).predict(test.features), test.target),
    );
    const expected = fixture.splits.map((split) => split.forest);
    const rmse = mean(scores.map((score) => score.rmse));
    expect(Math.abs(rmse - mean(expected.map((score) => score.rmse)))).toBeLessThan(0.1);
    const r2 = mean(scores.map((score) => score.r2));
    expect(Math.abs(r2 - mean(expected.map((score) => score.r2)))).toBeLessThan(0.01);
  });
});
