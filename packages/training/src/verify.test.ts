import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { boston } from './datasets/boston.ts';
import { resolveOptions } from './options.ts';
import type { Table } from './table.ts';
import type { FittedModel, Trainer } from './trainer.ts';
import { ordinaryLeastSquares } from './trainers/ordinary-least-squares.ts';
import { randomForest } from './trainers/random-forest.ts';
import { supportVectorRegression } from './trainers/support-vector-regression.ts';
import { verifyParity } from './verify.ts';

const ports = { input: 'features', output: 'price' };

function learn(trainer: Trainer, table: Table): FittedModel {
  const options = resolveOptions(trainer.name, trainer.options, {});
  return trainer.fit(table, options, { seed: 3 });
}

describe.each([ordinaryLeastSquares, randomForest, supportVectorRegression] as const)(
  'the exported file of $name',
  (trainer: Trainer) => {
    let table: Table;
    let model: FittedModel;
    let session: InferenceSession;
    beforeAll(async () => {
      table = (await boston.load()).table;
      model = learn(trainer, table);
      session = await InferenceSession.create(model.toOnnx(ports));
    });
    const run = async (features: Float64Array, dims: readonly number[]) =>
      (await session.run({ features: new Tensor('float64', features, dims) }))['price'];

    it('takes a batch of rows in float64 and gives one float64 each', () => {
      expect(session.inputMetadata).toMatchObject([
        { name: 'features', type: 'float64', shape: ['batch', 13] },
      ]);
      expect(session.outputMetadata).toMatchObject([
        { name: 'price', type: 'float64', shape: ['batch'] },
      ]);
    });

    it('answers as the model within 1e-9 on all rows', async () => {
      const difference = await verifyParity(model.toOnnx(ports), model, table.features, ports);
      expect(difference).toBeLessThan(1e-9);
    });

    it('answers nothing to nothing', async () => {
      const answer = await run(new Float64Array(), [0, 13]);
      expect(answer?.dims).toEqual([0]);
      expect(answer?.data).toEqual(new Float64Array());
    });

    it('answers one row as it does in a batch', async () => {
      const batch = await run(table.features, [506, 13]);
      const single = await run(table.features.slice(0, 13), [1, 13]);
      expect(single?.dims).toEqual([1]);
      expect(single?.data[0]).toBeCloseTo(Number(batch?.data[0]), 10);
    });

    it('answers numbers far outside the data with finite numbers, as the model', async () => {
      const far = Float64Array.from({ length: 39 }, (_, i) => (i % 2 ? -1 : 1) * 10 ** (i % 50));
      const answer = await run(far, [3, 13]);
      const expected = model.predict(far);
      expected.forEach((value, row) => {
        expect(Number.isFinite(value)).toBe(true);
        expect(Math.abs(Number(answer?.data[row]) / value - 1)).toBeLessThan(1e-9);
      });
    });

    it('refuses rows of another width', async () => {
      await expect(run(new Float64Array(12), [1, 12])).rejects.toThrow(/13/);
    });

    it('answers as the model whatever the table', async () => {
      await fc.assert(
        fc.asyncProperty(tables, async (small) => {
          const fitted = learn(trainer, small);
          await verifyParity(fitted.toOnnx(ports), fitted, small.features, ports);
        }),
        { numRuns: 60 },
      );
    });
  },
);

it('a forest tells no values apart that are the same in float32', async () => {
  const features = Float64Array.of(0.1, 0.1 + 1e-9, 16777216, 16777217);
  const table = { columns: ['x'], features, target: Float64Array.of(1, 2, 3, 4) };
  const forest = learn(randomForest, table);
  const [a, b, c, d] = forest.predict(features);
  expect([a, c]).toEqual([b, d]);
  await verifyParity(forest.toOnnx(ports), forest, features, ports);
});

// Tenths, so that columns of a small table are often dependent, but never by a hair: no least
// squares survives that.
const value = fc.integer({ min: -1000, max: 1000 }).map((tenths) => tenths / 10);

const tables = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, width]) => {
    const numbers = (count: number) => fc.array(value, { minLength: count, maxLength: count });
    return fc.record({
      features: numbers(rows * width),
      target: numbers(rows),
      width: fc.constant(width),
    });
  })
  .map(({ features, target, width }) => ({
    columns: Array.from({ length: width }, (_, column) => `c${column}`),
    features: Float64Array.from(features),
    target: Float64Array.from(target),
  }));
