import { train } from '@chorus/training';
import { expect, it } from 'vitest';
import { recipe } from './recipe.ts';
import { schema } from './schema.ts';

it('trains a model worth serving, whose file answers as it did', async () => {
  const { bytes, manifest } = await train(recipe);
  expect(manifest).toMatchObject({ name: 'linear-regression', schema });
  expect(manifest.file.bytes).toBe(bytes.length);
  expect(manifest.training?.metrics.rmse).toBeLessThan(5.1);
  expect(manifest.training?.metrics.r2).toBeGreaterThan(0.68);
  expect(manifest.training?.parity).toBeLessThan(1e-9);
});
