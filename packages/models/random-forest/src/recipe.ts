import { boston, type Recipe, randomForest } from '@chorus/training';
import { bostonRecipes } from '@chorus/training/boston-recipes';
import { schema } from './schema.ts';

/** How the model is trained. */
export const recipe: Recipe = {
  schema,
  dataset: boston,
  trainer: randomForest,
  options: bostonRecipes['random-forest'].options,
  seed: bostonRecipes['random-forest'].seed,
};
