import { model, type PipelineSpec, type TrainedModelSpec } from '@chorus/blueprint';
import { bostonSchema } from '@chorus/training/boston';
import { bostonRecipes, bostonTarget } from '@chorus/training/boston-recipes';
import { housePrice } from '../workflows/house-price.ts';

const trained = (name: keyof typeof bostonRecipes): TrainedModelSpec => ({
  model: model(name),
  schema: bostonSchema(name),
  ...bostonRecipes[name],
});

/** Trains the models of a house's price again, with each new file of houses and what they were sold for, and when one of them drifts. */
export const housePricePipeline: PipelineSpec = {
  name: 'house-price',
  workflow: housePrice,
  // In thousands of dollars.
  target: { name: bostonTarget, minimum: 0 },
  train: [
    trained('linear-regression'),
    // Of so many rows a hundred trees take minutes in one function.
    { ...trained('random-forest'), shares: { of: 8, rows: 100_000 } },
    trained('svr'),
  ],
  rows: { minimum: 100, maximum: 1_000_000 },
  duplicates: { maximumShare: 0.5 },
  startedBy: ['file', 'drift'],
};
