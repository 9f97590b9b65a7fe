import { readFile } from 'node:fs/promises';
import {
  binOf,
  type Counts,
  jensenShannon,
  judgeFeature,
  kolmogorovSmirnov,
  noCounts,
  stabilityIndex,
  summariseNumbers,
  wasserstein,
} from '@chorus/drift';
import type { NumberReference } from '@chorus/registry';
import { beforeAll, describe, expect, it } from 'vitest';
import { boston } from './datasets/boston.ts';
import { sfc32 } from './random.ts';
import { referencesOf } from './reference.ts';
import { columnOf, selectRows, type Table } from './table.ts';

/** Written by fixtures/make-scipy-drift.py. */
type Fixture = Readonly<
  Record<
    string,
    {
      readonly edges: readonly number[];
      readonly js: number;
      readonly psi: number;
      readonly binnedKs: number;
      readonly ks: number;
      readonly wasserstein: number;
    }
  >
>;

let table: Table;
let scipy: Fixture;

beforeAll(async () => {
  table = (await boston.load()).table;
  scipy = JSON.parse(
    await readFile(new URL('../fixtures/scipy-drift.json', import.meta.url), 'utf8'),
  );
});

const rowsFrom = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, row) => from + row);

function columnNamed(name: string): Float64Array {
  const column = table.columns.findIndex((each) => each.toLowerCase() === name);
  return column < 0 ? table.target : columnOf(table, column);
}

/** Returns the shares of the bins; of these a value on an edge is right of it, as numpy has it. */
function sharesOf(values: Float64Array, edges: readonly number[]): number[] {
  const bins = [...edges, Number.POSITIVE_INFINITY].map((edge) => values.filter((x) => x < edge));
  return bins.map((bin, at) => (bin.length - (bins[at - 1]?.length ?? 0)) / values.length);
}

function countsOf(reference: NumberReference, values: Iterable<number>): Counts {
  const { bins, ...rest } = noCounts(reference.shares.length);
  const counted = [...bins];
  let [below, above] = [0, 0];
  for (const value of values) {
    const bin = binOf(reference.edges, value);
    counted[bin] = (counted[bin] ?? 0) + 1;
    if (value < reference.minimum) below += 1;
    if (value > reference.maximum) above += 1;
  }
  return { ...rest, bins: counted, below, above };
}

describe('the first half of the Boston data against the second', () => {
  it('is as far off as scipy says, in each column', () => {
    expect(Object.keys(scipy)).toHaveLength(14);
    for (const [name, expected] of Object.entries(scipy)) {
      const values = columnNamed(name);
      const [before, after] = [values.slice(0, 253), values.slice(253)];
      const [p, q] = [sharesOf(before, expected.edges), sharesOf(after, expected.edges)];
      expect(jensenShannon(p, q)).toBeCloseTo(expected.js, 9);
      expect(stabilityIndex(p, q)).toBeCloseTo(expected.psi, 9);
      expect(kolmogorovSmirnov(p, q)).toBeCloseTo(expected.binnedKs, 9);

      // With each value as a bin of its own, the distances are those of the samples.
      const points = [...new Set(values)].sort((a, b) => a - b);
      const [each, other] = [before, after].map((half) => sharesOf(half, points.slice(1)));
      if (each === undefined || other === undefined) throw new Error('there are two halves');
      expect(kolmogorovSmirnov(each, other)).toBeCloseTo(expected.ks, 9);
      const { std } = summariseNumbers(name, before);
      expect(wasserstein(points, each, other) / std).toBeCloseTo(expected.wasserstein, 9);
    }
  });

  it('has drifted in CRIM, and not in CHAS', () => {
    const before = selectRows(table, rowsFrom(0, 253));
    const { reference } = referencesOf([before], { name: 'price', values: before.target });
    const verdictOf = (name: string) => {
      const one = reference.find((each) => each.name === name);
      if (one === undefined) throw new Error(`there is no ${name}`);
      const counts = countsOf(one, columnNamed(name.toLowerCase()).slice(253));
      return judgeFeature(one, counts, { rows: 253, among: 14, minimumRows: 253 });
    };
    expect(verdictOf('CRIM')).toMatchObject({
      verdict: 'drift',
      because: ['js', 'ks', 'wasserstein', 'range'],
    });
    expect(verdictOf('CHAS')).toMatchObject({ verdict: 'no drift', because: [], rows: 253 });
  });
});

describe('windows of the Boston data', () => {
  const random = sfc32(1);
  const drawRows = (rows: number) => Array.from({ length: rows }, () => random.below(506));

  it.each([300, 1000, 3000])('of %i rows raise a false alarm one time in 100 at most', (rows) => {
    const keys = rowsFrom(0, 506).map(() => random.below(2 ** 32));
    const shuffled = rowsFrom(0, 506).toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    const training = selectRows(table, shuffled.slice(0, 404));
    const { reference } = referencesOf([training], { name: 'price', values: training.target });
    const columns = reference.map((one, column) => ({ one, values: columnOf(table, column) }));
    const alarms = Array.from({ length: 500 }, () => {
      // From all rows: those that were held out too.
      const window = drawRows(rows);
      return columns.some(({ one, values }) => {
        const counts = countsOf(
          one,
          window.map((row) => values[row] ?? Number.NaN),
        );
        return judgeFeature(one, counts, { rows: 404, among: 14 }).verdict !== 'no drift';
      });
    }).filter((isAlarm) => isAlarm).length;
    expect(alarms).toBeLessThanOrEqual(5);
  });

  it('of 1,000 rows that are shifted by 0.3 standard deviations are told 95 times in 100', () => {
    const { reference } = referencesOf([table], { name: 'price', values: table.target });
    const told = reference.map((one, column) => {
      const values = columnOf(table, column);
      const windows = Array.from({ length: 100 }, () =>
        drawRows(1000).map((row) => (values[row] ?? Number.NaN) + 0.3 * one.std),
      );
      return windows.filter(
        (window) =>
          judgeFeature(one, countsOf(one, window), { rows: 506, among: 14 }).verdict === 'drift',
      ).length;
    });
    expect(Math.min(...told)).toBeGreaterThanOrEqual(95);
  });
});
