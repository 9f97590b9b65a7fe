import { boston, ordinaryLeastSquares, type Recipe } from '@chorus/training';
import { bostonRecipes } from '@chorus/training/boston-recipes';
import { schema } from './schema.ts';

/** How the model is trained. */
export const recipe: Recipe = {
  schema,
  dataset: boston,
  trainer: ordinaryLeastSquares,
  options: bostonRecipes['linear-regression'].options,
  seed: bostonRecipes['linear-regression'].seed,
};
