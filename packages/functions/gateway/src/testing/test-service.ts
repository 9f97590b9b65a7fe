import {
  ask,
  type Blueprint,
  workflow as defineWorkflow,
  functionsOf,
  gateway,
  gather,
  mean,
  model,
  models,
  routesTo,
  rows,
  type WorkflowSpec,
  workflows,
} from '@chorus/blueprint';
import { blueprint as service } from '@chorus/service';
import { bostonColumns, bostonExample, bostonSchema } from '@chorus/training/boston';

/** The models of `workflow`. They stay three, whatever the service gains. */
export const modelNames: readonly string[] = ['linear-regression', 'random-forest', 'svr'];

/** A workflow over rows: every model's price, and their mean. */
export const workflow: WorkflowSpec = defineWorkflow({
  name: 'house-price',
  request: rows({ columns: bostonColumns }),
  steps: gather(
    modelNames.map((name) => ask(model(name), bostonSchema(name))),
    { quorum: 1 },
  ),
  answer: mean('price'),
  example: bostonExample,
});

const served = [workflow, ...service.workflows.filter(({ name }) => name === 'animal')];

/** The service that these tests deploy: a workflow over rows, and one over photos. */
export const testService: Blueprint = {
  functions: functionsOf(served, [gateway({ links: [models(), workflows()] })]),
  workflows: served,
  routes: routesTo(served),
  buckets: service.buckets,
};
