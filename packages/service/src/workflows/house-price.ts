import {
  ask,
  type FunctionSpec,
  gather,
  mean,
  model,
  rows,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';
import { bostonColumns, bostonExample, bostonSchema } from '@chorus/training/boston';

/** The models that answer together for a house. A new one is a package under `packages/models` and a line here. */
const houseModels: readonly FunctionSpec[] = [
  model('linear-regression'),
  model('random-forest'),
  model('svr'),
];

/** The price of a house, by each model and by their mean, in thousands of dollars. */
export const housePrice: WorkflowSpec = workflow({
  name: 'house-price',
  request: rows({ columns: bostonColumns }),
  steps: gather(
    houseModels.map((each) => ask(each, bostonSchema(each.name))),
    { quorum: 1 },
  ),
  answer: mean('price'),
  example: bostonExample,
});
