import { boston, type Recipe, supportVectorRegression } from '@chorus/training';
import { schema } from './schema.ts';

/** How the model is trained. */
export const recipe: Recipe = {
  schema,
  dataset: boston,
  trainer: supportVectorRegression,
  options: { c: 100, epsilon: 0.1, tolerance: 1e-8 },
  seed: 0,
};
