import { boston, type Recipe, supportVectorRegression } from '@chorus/training';
import { bostonRecipes } from '@chorus/training/boston-recipes';
import { schema } from './schema.ts';

/** How the model is trained. */
export const recipe: Recipe = {
  schema,
  dataset: boston,
  trainer: supportVectorRegression,
  options: bostonRecipes.svr.options,
  seed: bostonRecipes.svr.seed,
};
