import type { ModelSchema } from '@chorus/protocol';
import { expect, it } from 'vitest';
import { evaluate } from './metrics.ts';
import { resolveOptions } from './options.ts';
import { selectRows, type Table } from './table.ts';
import { friedmanRows, inPieces } from './testing/many-rows.ts';
import { trainOn } from './train.ts';
import { trainOnRows } from './train-rows.ts';
import { ordinaryLeastSquares } from './trainers/ordinary-least-squares.ts';
import { fitForest, randomForest } from './trainers/random-forest.ts';
import { supportVectorRegression } from './trainers/support-vector-regression.ts';

const schema: ModelSchema = {
  name: 'price-of-something',
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 7] }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 1000,
};

function splitOf(table: Table, trainRows: number) {
  const from = (first: number, end: number) =>
    selectRows(
      table,
      Array.from({ length: end - first }, (_, row) => first + row),
    );
  return {
    dataset: { name: 'friedman', rows: table.target.length, sha256: '0'.repeat(64) },
    training: from(0, trainRows),
    heldOut: from(trainRows, table.target.length),
  };
}

const inPiecesOf = (split: ReturnType<typeof splitOf>, size: number) => ({
  ...split,
  training: inPieces(split.training, size),
  heldOut: inPieces(split.heldOut, size),
});

const forest = { schema, trainer: randomForest, options: { trees: 3, minLeaf: 20 }, seed: 3 };

it.each([ordinaryLeastSquares, randomForest])(
  'gives the bytes of a table for as few rows as fit into one: $name',
  async (trainer) => {
    const split = splitOf(friedmanRows(500, 1), 400);
    const run = { schema, trainer, options: {}, seed: 3 };
    expect(await trainOnRows(inPiecesOf(split, 77), run)).toEqual(await trainOn(split, run));
  },
);

it('gives the same bytes where shares have done some of the work, and only does the rest', async () => {
  const split = splitOf(friedmanRows(500, 1), 400);
  const kept = new Map<string, Uint8Array>();
  const written: string[] = [];
  const checkpoints = {
    read: async (name: string) => kept.get(name),
    write: async (name: string, bytes: Uint8Array) => {
      written.push(name);
      kept.set(name, bytes);
    },
  };
  const options = resolveOptions('', randomForest.options, forest.options);
  const { training } = inPiecesOf(split, 77);
  await randomForest.shares?.fit(training, options, { first: 1, end: 3 }, { seed: 3, checkpoints });
  expect(written).toHaveLength(2);
  const whole = await trainOnRows(inPiecesOf(split, 77), forest, { checkpoints, divided: true });
  expect(written).toHaveLength(3);
  expect(whole).toEqual(await trainOn(split, forest));
});

it('measures on all held-out rows of many, and knows the features by a sample', async () => {
  const split = splitOf(friedmanRows(120_000, 2), 96_000);
  const steps: string[] = [];
  const kept: string[] = [];
  const { manifest } = await trainOnRows(inPiecesOf(split, 50_000), forest, {
    onProgress: (step, done, total) => steps.push(`${step} ${done}/${total}`),
    checkpoints: {
      read: async () => undefined,
      write: async (name) => {
        kept.push(name);
      },
    },
  });
  const { metrics, split: counted, parity, options } = manifest.training ?? {};
  expect(counted).toEqual({ trainRows: 96_000, testRows: 24_000 });
  const all = { maxFeatures: 1 / 3, maxDepth: 0, exactRows: 50_000, ...forest.options };
  expect(options).toEqual(all);
  const model = fitForest(split.training, all, forest);
  expect(metrics).toEqual({
    ...evaluate(model.predict(split.heldOut.features), split.heldOut.target),
  });
  expect(parity).toBeLessThan(1e-9);
  const [first] = manifest.training?.reference ?? [];
  expect(first).toMatchObject({ name: 'a', mean: expect.closeTo(0.5, 1) });
  expect(kept.length).toBe(3);
  expect(steps.filter((step) => step.startsWith('fit'))).toEqual([
    'fit 0/1',
    'fit 1/3',
    'fit 2/3',
    'fit 3/3',
    'fit 1/1',
  ]);
});

it('refuses more rows than a trainer is made for before it reads any', async () => {
  const read = () => {
    throw new Error('a row was read');
  };
  const { dataset } = splitOf(friedmanRows(10, 1), 5);
  const rows = { columns: [...'abcdefg'], rows: 20_000, read };
  const run = { schema, trainer: supportVectorRegression, options: {}, seed: 0 };
  await expect(trainOnRows({ dataset, training: rows, heldOut: rows }, run)).rejects.toThrow(
    'support-vector-regression learns from at most 10000 rows, not from 20000',
  );
});
