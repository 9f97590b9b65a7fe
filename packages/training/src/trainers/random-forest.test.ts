import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { boston } from '../datasets/boston.ts';
import { resolveOptions } from '../options.ts';
import { sfc32 } from '../random.ts';
import { fitRows } from '../rows/fit-rows.ts';
import { tableRows } from '../rows/row-source.ts';
import type { Table } from '../table.ts';
import { fitForest, randomForest } from './random-forest.ts';
import { growTree } from './regression-tree.ts';
import { prepareTreeData } from './split-search.ts';

const optionsOf = (given: Record<string, number>) =>
  resolveOptions('forest', randomForest.options, given);

describe('a forest on the Boston data', () => {
  let table: Table;
  beforeAll(async () => {
    table = (await boston.load()).table;
  });

  it('keeps its trees when more are asked for', () => {
    const few = fitForest(table, optionsOf({ trees: 3 }), { seed: 1 });
    const more = fitForest(table, optionsOf({ trees: 5 }), { seed: 1 });
    expect(more.trees.slice(0, 3)).toEqual(few.trees);
    expect(more.trees[4]).not.toEqual(more.trees[3]);
  });

  it('remembers its data when a leaf may be a single row and no row is left out', () => {
    const data = prepareTreeData(table);
    const all = { candidates: 13, minLeaf: 1, maxDepth: 0 };
    const tree = growTree(data, new Int32Array(506).fill(1), all, sfc32(0));
    expect([...tree.leaves]).toEqual(expect.arrayContaining([...new Set(table.target)]));
  });

  it.each([1, 2, 20])('has no leaf of fewer than %i rows', (minLeaf) => {
    const weights = new Int32Array(506).fill(1);
    const data = prepareTreeData(table);
    const tree = growTree(data, weights, { candidates: 4, minLeaf, maxDepth: 0 }, sfc32(0));
    const rowsIn = (node: number, rows: number[]): number[] => {
      if (node < 0) return [rows.length];
      const column = data.values[tree.feature[node] ?? -1];
      const goesLeft = (row: number) => (column?.[row] ?? NaN) <= (tree.threshold[node] ?? NaN);
      return [
        ...rowsIn(tree.left[node] ?? NaN, rows.filter(goesLeft)),
        ...rowsIn(
          tree.right[node] ?? NaN,
          rows.filter((row) => !goesLeft(row)),
        ),
      ];
    };
    const sizes = rowsIn(tree.root, [...weights.keys()]);
    expect(sizes.length).toBe(tree.leaves.length);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(minLeaf);
  });

  it('goes no deeper than it may', () => {
    const { trees } = fitForest(table, optionsOf({ trees: 2, maxDepth: 2 }), { seed: 1 });
    for (const tree of trees) expect(tree.leaves.length).toBeLessThanOrEqual(4);
  });
});

it('predicts within the range of the targets it has seen', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 30 }),
      fc.array(number, { minLength: 2, maxLength: 2 }),
      (rows, probe) => {
        const target = Float64Array.from(rows, ([, , y]) => y);
        const features = Float64Array.from(rows.flatMap(([a, b]) => [a, b] as const));
        const table = { columns: ['a', 'b'], features, target };
        const model = fitForest(table, optionsOf({ trees: 4 }), { seed: 0 });
        const [price = NaN] = model.predict(Float64Array.from(probe));
        const slack = 1e-9;
        expect(price).toBeGreaterThanOrEqual(Math.min(...target) - slack);
        expect(price).toBeLessThanOrEqual(Math.max(...target) + slack);
      },
    ),
  );
});

it('follows the data as deep as they go', () => {
  const rows = 300;
  // Each split of a target that grows this fast takes off the last row: a tree as deep as the table
  // is long.
  const features = Float64Array.from({ length: rows }, (_, row) => row);
  const target = Float64Array.from({ length: rows }, (_, row) => 3 ** row);
  const data = prepareTreeData({ columns: ['x'], features, target });
  const weights = new Int32Array(rows).fill(1);
  const tree = growTree(data, weights, { candidates: 1, minLeaf: 1, maxDepth: 0 }, sfc32(0));
  let depth = 0;
  for (let node = tree.root; node >= 0; node = tree.left[node] ?? NaN) depth++;
  expect(depth).toBeGreaterThan(250);
});

it('refuses to become larger than a file of ONNX may be, as soon as a tree has grown', async () => {
  const { table } = await boston.load();
  const grown: number[] = [];
  const context = { seed: 0, onProgress: (done: number) => grown.push(done) };
  const options = { ...optionsOf({}), trees: 1e6 };
  expect(() => fitForest(table, options, context)).toThrow('a larger minLeaf');
  await expect(fitRows(randomForest, tableRows(table), options, context)).rejects.toThrow(
    'at most 50000000',
  );
  expect(grown).toEqual([]);
});
