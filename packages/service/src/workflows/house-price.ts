import { type FunctionSpec, model, scatterGather, type WorkflowSpec } from '@chorus/blueprint';
import { bostonColumns, bostonExample } from '@chorus/training/boston';

/** The models that answer together for a house. A new one is a package under `packages/models` and a line here. */
export const houseModels: readonly FunctionSpec[] = [
  model('linear-regression'),
  model('random-forest'),
  model('svr'),
];

/** What a house costs, by each model and by their mean, in thousands of dollars. */
export const housePrice: WorkflowSpec = scatterGather({
  name: 'house-price',
  input: { name: 'features', columns: bostonColumns },
  output: { name: 'price' },
  models: houseModels,
  quorum: 1,
  example: bostonExample,
});
