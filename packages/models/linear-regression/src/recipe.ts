import { boston, ordinaryLeastSquares, type Recipe } from '@chorus/training';
import { schema } from './schema.ts';

/** How the model is trained. */
export const recipe: Recipe = {
  schema,
  dataset: boston,
  trainer: ordinaryLeastSquares,
  options: {},
  seed: 0,
};
