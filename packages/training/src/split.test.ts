import { holdOut } from '@chorus/data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sfc32 } from './random.ts';
import { splitRows } from './split.ts';
import type { Table } from './table.ts';

const rule = { seed: 0, share: 0.2 };

const tableOf = (features: readonly number[]): Table => ({
  columns: ['x'],
  features: Float64Array.from(features),
  target: new Float64Array(features.length),
});

const numbered = (rows: number) => tableOf([...Array(rows).keys()]);

describe('splitRows', () => {
  it('puts every row into exactly one part, about a fifth of them held out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 400 }), fc.nat(), (rows, seed) => {
        const { train, test } = splitRows(numbered(rows), { seed, share: 0.2 });
        expect([...train, ...test].sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
        // Six standard deviations of a binomial count.
        expect(Math.abs(test.length - rows / 5)).toBeLessThan(6 * Math.sqrt(rows * 0.16));
      }),
    );
  });

  it('holds out what a file of the same rows holds out', () => {
    const table = numbered(100);
    const isHeldOut = holdOut(rule, 1);
    const expected = [...Array(100).keys()].filter((row) => isHeldOut([row]));
    expect([...splitRows(table, rule).test]).toEqual(expected);
  });

  it('never trains on a row that it has held out of another table', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 30, maxLength: 90 });
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const [before, after] = [splitRows(tableOf(one), rule), splitRows(tableOf(other), rule)];
        const seen = new Set(Array.from(before.train, (row) => one[row]));
        // One table may hold out more, where it would hold out nothing by the share.
        const test = Array.from(after.test, (row) => other[row]);
        const isHeldOut = holdOut(rule, 1);
        for (const value of test) if (isHeldOut([value ?? -1])) expect(seen).not.toContain(value);
      }),
    );
  });

  it('keeps rows with the same features on one side', () => {
    const { train, test } = splitRows(tableOf([...Array(200).keys()].map((row) => row % 20)), rule);
    const learned = new Set(Array.from(train, (row) => row % 20));
    for (const row of test) expect(learned).not.toContain(row % 20);
  });

  it('holds out one of a few rows, but never all', () => {
    for (let first = 0; first < 40; first++) {
      const table = tableOf([first, first + 100]);
      const isHeldOut = holdOut(rule, 1);
      if (isHeldOut([first]) && isHeldOut([first + 100])) {
        expect(() => splitRows(table, rule)).toThrow('2 row(s), of which 2 would be held out');
      } else expect(splitRows(table, rule).test).toHaveLength(1);
    }
  });

  it('refuses rows of which none differs from another', () => {
    expect(() => splitRows(tableOf([7, 7, 7]), rule)).toThrow('at least two');
  });
});

describe('sfc32', () => {
  it('draws evenly, and differently in each stream', () => {
    const [random, other] = [sfc32(5), sfc32(5, 1)];
    const counts = new Array<number>(10).fill(0);
    let same = 0;
    for (let draw = 0; draw < 10_000; draw++) {
      const value = random.below(10);
      counts[value] = (counts[value] ?? 0) + 1;
      same += Number(value === other.below(10));
    }
    // Five standard deviations of a binomial count are 150.
    for (const count of [...counts, same]) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('draws what it has always drawn: files trained by a recipe depend on it', () => {
    const random = sfc32(42, 1);
    expect([1, 2, 3, 4].map(() => random.below(2 ** 32))).toEqual([
      1960356726, 3073982541, 1646972858, 746640000,
    ]);
  });
});
