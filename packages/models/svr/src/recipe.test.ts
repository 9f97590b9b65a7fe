import { train } from '@chorus/training';
import { expect, it } from 'vitest';
import { recipe } from './recipe.ts';
import { schema } from './schema.ts';

it('trains a model worth serving, whose file answers as it did', async () => {
  const { bytes, manifest } = await train(recipe);
  expect(manifest).toMatchObject({ name: 'svr', schema });
  expect(manifest.file.bytes).toBe(bytes.length);
  expect(manifest.training?.metrics.rmse).toBeLessThan(3.4);
  expect(manifest.training?.metrics.r2).toBeGreaterThan(0.86);
  expect(manifest.training?.parity).toBeLessThan(1e-9);
});
