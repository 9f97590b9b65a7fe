import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import type { InferResponse } from '@chorus/protocol';
import {
  boston,
  bostonSchema,
  ordinaryLeastSquares,
  type Recipe,
  randomForest,
  supportVectorRegression,
  train,
} from '@chorus/training';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepLoaded, loadModel, weightsLocation } from './loader.ts';
import { createModelHandler } from './model-handler.ts';
import { stubVariables } from './testing/stub-variables.ts';

let s3: FaultyS3;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-runtime-'));
  s3 = await startFaultyS3();
  stubVariables(s3, folder, 'models/house/v3/model.onnx');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await s3.close();
  await rm(folder, { recursive: true });
});

const common = { schema: bostonSchema('house'), dataset: boston, seed: 0 };
const recipes: readonly Recipe[] = [
  { ...common, trainer: ordinaryLeastSquares, options: {} },
  { ...common, trainer: randomForest, options: { trees: 5 } },
  { ...common, trainer: supportVectorRegression, options: {} },
];

it.each(recipes)('serves what $trainer.name trained, at the price of its day', async (recipe) => {
  const { bytes, manifest } = await train(recipe);
  await s3.put('weights/models/house/v3/model.onnx', bytes);
  await s3.put(
    'weights/models/house/v3/manifest.json',
    Buffer.from(JSON.stringify({ ...manifest, version: 'v3' })),
  );
  const { table } = await boston.load();
  const data = Array.from(table.features.slice(0, 26));
  const load = keepLoaded((until) => loadModel(recipe.schema, weightsLocation(), until));
  await (await load(0)).stored;
  const handle = createModelHandler({ schema: recipe.schema, loadModel: load });
  const answer = (await handle(
    { inputs: [{ name: 'features', datatype: 'FP64', shape: [2, 13], data }] },
    { requestId: 'r', deadlineMs: Date.now() + 30_000, functionArn: 'arn', notes: {} },
  )) as InferResponse;
  expect(answer.model_version).toBe('v3');
  const prices = answer.outputs[0]?.data as number[];
  expect(prices).toHaveLength(2);
  for (const [row, price] of prices.entries()) {
    // Thousands of dollars; the recipes are off by 3 to 5 on average.
    expect(Math.abs(price - (table.target[row] ?? Number.NaN))).toBeLessThan(12);
  }
});
