import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainedModel } from './conclude-training.ts';
import { boston } from './datasets/boston.ts';
import { bostonSchema } from './datasets/boston-columns.ts';
import type { Dataset } from './datasets/dataset.ts';
import { OptionError, ParityError, TrainingError } from './errors.ts';
import type { Recipe } from './recipe.ts';
import type { Table } from './table.ts';
import { train, trainOn } from './train.ts';
import type { Trainer } from './trainer.ts';
import { fitLinear, ordinaryLeastSquares } from './trainers/ordinary-least-squares.ts';
import { randomForest } from './trainers/random-forest.ts';
import { supportVectorRegression } from './trainers/support-vector-regression.ts';

const recipeOf = (trainer: Trainer, options: Recipe['options'] = {}): Recipe => ({
  schema: bostonSchema('house'),
  dataset: boston,
  trainer,
  options,
  seed: 7,
});

const forest = recipeOf(randomForest, { trees: 20 });

const datasetOf = (table: Table): Dataset => ({
  name: 'made-up',
  load: async () => ({ table, sha256: '00' }),
});

/** A recipe whose data are the given rows of one feature and a target. */
function recipeFor(rows: readonly (readonly [number, number])[], trainer: Trainer): Recipe {
  const table = {
    columns: ['x'],
    features: Float64Array.from(rows, ([x]) => x),
    target: Float64Array.from(rows, ([, y]) => y),
  };
  const schema = {
    name: 'small',
    inputs: [{ name: 'in', datatype: 'FP64' as const, shape: [-1, 1] }],
    outputs: [{ name: 'out', datatype: 'FP64' as const, shape: [-1] }],
    maxBatch: 10,
  };
  return { schema, dataset: datasetOf(table), trainer, options: {}, seed: 0 };
}

describe('a trained model', () => {
  let trained: TrainedModel;
  beforeAll(async () => {
    trained = await train(forest);
  });

  it('comes with a manifest that describes its file', () => {
    const { bytes, manifest } = trained;
    expect(manifest).not.toHaveProperty('version');
    expect(manifest).toMatchObject({
      format: 1,
      name: 'house',
      file: {
        name: 'model.onnx',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      schema: bostonSchema('house'),
      training: {
        dataset: { name: 'boston', rows: 506, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        trainer: 'random-forest',
        options: { trees: 20, maxFeatures: 1 / 3, minLeaf: 1, maxDepth: 0 },
        seed: 7,
        split: {
          trainRows: 420,
          testRows: 86,
          rule: { by: 'features', seed: 0, share: 0.2 },
        },
      },
    });
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  it('is judged on rows it has not seen', () => {
    const metrics = trained.manifest.training?.metrics;
    // On its own training rows a forest comes to about 1.4.
    expect(metrics?.rmse).toBeGreaterThan(2);
    expect(metrics?.rmse).toBeLessThan(5);
    expect(metrics?.r2).toBeGreaterThan(0.7);
  });

  it('carries the reference statistics of all features', () => {
    const reference = trained.manifest.training?.reference ?? [];
    expect(reference.map((feature) => feature.name)).toEqual(
      bostonSchema('house').inputs[0]?.columns?.map((column) => column.name),
    );
    const river = reference.find((feature) => feature.name === 'CHAS');
    expect(river).toMatchObject({
      edges: [0],
      shares: [expect.closeTo(0.93, 1), expect.closeTo(0.07, 1)],
    });
  });
});

describe('training again', () => {
  const recipes = [recipeOf(ordinaryLeastSquares), forest, recipeOf(supportVectorRegression)];

  it.each(recipes)('gives the same file, to the byte ($trainer.name)', async (recipe) => {
    const [first, second] = [await train(recipe), await train(recipe)];
    expect(second).toEqual(first);
  });

  it('gives the same files in another process', async () => {
    const index = new URL('./index.ts', import.meta.url).href;
    const script = `
      import * as training from '${index}';
      const { boston, bostonSchema } = training;
      const recipe = { schema: bostonSchema('house'), dataset: boston, seed: 7 };
      for (const name of ['ordinaryLeastSquares', 'randomForest', 'supportVectorRegression']) {
        const options = name === 'randomForest' ? { trees: 20 } : {};
        const { manifest } = await training.train({ ...recipe, trainer: training[name], options });
        console.log(manifest.file.sha256);
      }`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    const here = await Promise.all(recipes.map((recipe) => train(recipe)));
    expect(stdout.trim().split('\n')).toEqual(here.map(({ manifest }) => manifest.file.sha256));
  });

  it('with another seed or other options gives another file', async () => {
    const files = await Promise.all(
      [{}, { seed: 8 }, { options: { trees: '21' } }].map(async (overrides) => {
        return (await train(forest, overrides)).manifest;
      }),
    );
    expect(new Set(files.map(({ file }) => file.sha256)).size).toBe(3);
    expect(files.map(({ training }) => training?.seed)).toEqual([7, 8, 7]);
    expect(files.map(({ training }) => training?.options?.['trees'])).toEqual([20, 20, 21]);
  });
});

it('reports every step from nothing to all, and every tree', async () => {
  const seen: string[] = [];
  await train(forest, {
    options: { trees: 3 },
    onProgress: (step, done, total) => seen.push(`${step} ${done}/${total}`),
  });
  expect(seen).toEqual([
    ...['load 0/1', 'load 1/1', 'fit 0/1', 'fit 1/3', 'fit 2/3', 'fit 3/3', 'fit 1/1'],
    ...['export 0/1', 'export 1/1', 'verify 0/1', 'verify 1/1'],
  ]);
});

it('takes a data set and a trainer that this package has never heard of', async () => {
  const typical: Trainer = {
    name: 'typical-value',
    options: {},
    fit: (table) => {
      const model = fitLinear({ ...table, target: table.target.map(() => 42) });
      return { predict: model.predict, toOnnx: model.toOnnx };
    },
  };
  const rows = Array.from({ length: 10 }, (_, i) => [i, i % 3] as const);
  const { manifest } = await train(recipeFor(rows, typical));
  expect(manifest.training).toMatchObject({
    trainer: 'typical-value',
    dataset: { name: 'made-up' },
  });
});

describe('training refuses', () => {
  const wrong: Trainer = {
    name: 'wrong',
    options: {},
    fit: (table) => {
      const model = fitLinear(table);
      return {
        predict: (features) => model.predict(features).map((price) => price + 2e-9),
        toOnnx: model.toOnnx,
      };
    },
  };

  it('a file that answers otherwise than the model', async () => {
    await expect(train(recipeOf(wrong))).rejects.toThrow(ParityError);
  });

  it('a file that ONNX Runtime cannot load', async () => {
    const fit: Trainer['fit'] = (table) => ({
      ...fitLinear(table),
      toOnnx: () => Uint8Array.of(1, 2, 3),
    });
    await expect(train(recipeOf({ name: 'broken', options: {}, fit }))).rejects.toThrow(
      'ONNX Runtime does not run the exported file',
    );
  });

  it.each([
    [
      'NaN among the features',
      [
        [1, 1],
        [NaN, 2],
      ],
      'Row 1, column x is NaN',
    ],
    [
      'an infinite target',
      [
        [1, 1],
        [2, Infinity],
      ],
      'The target of row 1 is Infinity',
    ],
    ['an empty table', [], 'no rows'],
    ['a single row', [[1, 1]], 'at least two'],
    [
      'rows with the same features',
      [
        [1, 1],
        [1, 2],
      ],
      'at least two with different features',
    ],
  ] as const)('%s', async (_, rows, message) => {
    const training = train(recipeFor(rows, randomForest));
    await expect(training).rejects.toThrow(TrainingError);
    await expect(training).rejects.toThrow(message);
  });

  it('a schema for another number of columns', async () => {
    const [first] = forest.schema.inputs;
    const inputs = first ? [{ ...first, shape: [-1, 12] }] : [];
    const training = train({ ...forest, schema: { ...forest.schema, inputs } });
    await expect(training).rejects.toThrow('one FP64 input [-1,13]');
  });

  it('options and seeds the trainer does not take', async () => {
    const misspelt = train(forest, { options: { tres: 3 } });
    await expect(misspelt).rejects.toThrow(
      "random-forest has no option 'tres'; it takes trees, maxFeatures, minLeaf, maxDepth",
    );
    await expect(train(forest, { options: { trees: 0 } })).rejects.toThrow(OptionError);
    await expect(train(forest, { seed: -1 })).rejects.toThrow('from 0 to 4294967295');
  });
});

describe.each([ordinaryLeastSquares, randomForest, supportVectorRegression] as const)(
  'with hardly any data, $name',
  (trainer: Trainer) => {
    it('learns from a single row to give its target', async () => {
      const { manifest } = await train(
        recipeFor(
          [
            [1, 5],
            [2, 5],
          ],
          trainer,
        ),
      );
      expect(manifest.training).toMatchObject({
        split: { trainRows: 1, testRows: 1 },
        metrics: { rmse: expect.closeTo(0, 9) },
      });
    });

    it('learns a constant target as that constant', async () => {
      const rows = Array.from({ length: 12 }, (_, i) => [i, 3] as const);
      const { manifest } = await train(recipeFor(rows, trainer));
      expect(manifest.training?.metrics.rmse).toBeCloseTo(0, 9);
    });

    it('learns from a feature that never changes', async () => {
      const rows = Array.from({ length: 12 }, (_, i) => [0.1, i] as const);
      const { dataset, ...run } = recipeFor(rows, trainer);
      const { table } = await dataset.load();
      const dataOf = { name: 'made-up', rows: 24, sha256: '00' };
      const data = { dataset: dataOf, training: table, heldOut: table };
      const { manifest } = await trainOn(data, run);
      expect(manifest.training?.metrics.rmse).toBeLessThan(12);
    });
  },
);
