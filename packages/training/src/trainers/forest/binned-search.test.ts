import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate } from '../../metrics.ts';
import { resolveOptions } from '../../options.ts';
import { sfc32 } from '../../random.ts';
import { selectRows } from '../../table.ts';
import { friedmanRows } from '../../testing/many-rows.ts';
import { growNodes, predictTree } from '../grow-tree.ts';
import { fitForest, randomForest } from '../random-forest.ts';
import { binTable } from './binned-rows.ts';
import { bagOf, binnedNodes } from './binned-search.ts';

const optionsOf = (given: Record<string, number>) =>
  resolveOptions('forest', randomForest.options, given);

// Two columns often part a few rows alike, and then rounding chooses between them: one column, or leaves of many rows.
it.each([
  { maxFeatures: 0.01, minLeaf: 1 },
  { maxFeatures: 0.01, minLeaf: 3 },
  { maxFeatures: 0.5, minLeaf: 10 },
])('grows the trees of the exact search where each value has a bin of its own: %o', (options) => {
  fc.assert(
    fc.property(
      fc.record({
        rows: fc.integer({ min: 1, max: 300 }),
        values: fc.constantFrom(2, 7, 256),
        seed: fc.integer({ min: 0, max: 1000 }),
        maxDepth: fc.constantFrom(0, 3),
      }),
      ({ rows, values, seed, maxDepth }) => {
        const table = friedmanRows(rows, seed, values);
        const given = { trees: 2, maxDepth, ...options };
        const exact = fitForest(table, optionsOf(given), { seed }).trees;
        const binned = fitForest(table, optionsOf({ ...given, exactRows: 0 }), { seed }).trees;
        const expected = exact.map(({ leaves, ...tree }) => ({
          ...tree,
          leaves: Array.from(leaves, (leaf) => expect.closeTo(leaf, 9)),
        }));
        expect(binned.map((tree) => ({ ...tree, leaves: [...tree.leaves] }))).toEqual(expected);
      },
    ),
  );
});

it('predicts unseen rows as well as the exact search', () => {
  const table = friedmanRows(6000, 5);
  const rowsFrom = (first: number, length: number) =>
    selectRows(
      table,
      Array.from({ length }, (_, row) => first + row),
    );
  const [training, test] = [rowsFrom(0, 4000), rowsFrom(4000, 2000)];
  const errorOf = (exactRows: number) => {
    const options = optionsOf({ trees: 20, minLeaf: 3, exactRows });
    return evaluate(fitForest(training, options, { seed: 1 }).predict(test.features), test.target);
  };
  expect(errorOf(0).rmse).toBeLessThan(1.02 * errorOf(4000).rmse);
});

it('parts rows by its thresholds as it did by their bins', () => {
  const table = friedmanRows(2000, 3);
  const data = binTable(table, 0);
  const options = { candidates: 3, minLeaf: 7, maxDepth: 0 };
  const bag = bagOf(new Uint8Array(2000).fill(1));
  const tree = growNodes(binnedNodes(data, bag, options, sfc32(1)), 0);
  const sums = new Map<number, { rows: number; target: number }>();
  table.target.forEach((target, row) => {
    const features = Float32Array.from(table.features.subarray(row * 7, (row + 1) * 7));
    const leaf = predictTree(tree, features);
    const sum = sums.get(leaf) ?? { rows: 0, target: 0 };
    sums.set(leaf, { rows: sum.rows + 1, target: sum.target + target });
  });
  expect(sums.size).toBe(tree.leaves.length);
  expect(sums.size).toBeGreaterThan(100);
  for (const [leaf, { rows, target }] of sums) {
    expect(rows).toBeGreaterThanOrEqual(7);
    expect(target / rows).toBeCloseTo(leaf, 9);
  }
});

it('counts a row that was drawn more often than a byte of its bag can say', () => {
  const target = Float64Array.of(1, 3, 8);
  const data = binTable({ columns: ['x'], features: Float64Array.of(1, 2, 3), target }, 0);
  const bag = bagOf(Uint8Array.of(40, 20, 0));
  const tree = growNodes(
    binnedNodes(data, bag, { candidates: 1, minLeaf: 10, maxDepth: 0 }, sfc32(0)),
    0,
  );
  expect([...tree.leaves]).toEqual([(40 * 1 + 20 * 3) / 60]);
});

it('keeps targets apart that differ in their last digits only', () => {
  const features = Float64Array.from({ length: 200 }, (_, row) => row);
  const target = features.map((value) => 1e9 + (value < 100 ? 0 : 1e-3));
  const table = { columns: ['x'], features, target };
  const options = optionsOf({ trees: 1, exactRows: 0, maxDepth: 1 });
  const [tree] = fitForest(table, options, { seed: 0 }).trees;
  expect(tree?.threshold[0]).toBeGreaterThan(90);
  expect(tree?.threshold[0]).toBeLessThan(110);
});
