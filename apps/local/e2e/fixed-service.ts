import {
  ask,
  asynchronous,
  type Blueprint,
  functionsOf,
  gatewayName,
  gather,
  idempotent,
  mean,
  model,
  routesTo,
  rows,
  traced,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';
import { blueprint as service } from '@chorus/service';
import { bostonColumns, bostonExample, bostonSchema } from '@chorus/training/boston';

const housePrice: WorkflowSpec = workflow({
  name: 'house-price',
  request: rows({ columns: bostonColumns }),
  steps: gather(
    ['linear-regression', 'random-forest', 'svr'].map((name) =>
      ask(model(name), bostonSchema(name)),
    ),
    { quorum: 1 },
  ),
  answer: mean('price'),
  example: bostonExample,
});

const workflows = [housePrice, ...service.workflows.filter(({ name }) => name === 'animal')];

const { functions: later, ...answeredLater } = asynchronous(workflows);
const timed = traced(workflows, answeredLater.routes);
const once = idempotent(timed.routes);

const timedHouses = traced([housePrice], routesTo([housePrice]));
const onceHouses = idempotent(timedHouses.routes);

/**
 * The service with the models and workflows it came with: what these tests expect of it stays true when a model or a
 * workflow is added.
 */
export const fixedService: Blueprint = {
  ...service,
  ...answeredLater,
  functions: [
    ...functionsOf(workflows, later),
    ...service.functions
      .filter(({ kind, name }) => kind === 'http' && later.every((each) => each.name !== name))
      .map((each) =>
        each.name === gatewayName ? { ...each, source: 'apps/local/e2e/functions/gateway' } : each,
      ),
  ],
  workflows,
  machines: [...answeredLater.machines, ...timed.machines, ...once.machines],
  routes: [
    ...once.routes,
    ...service.routes.filter(
      (route) =>
        'function' in route && answeredLater.routes.every(({ path }) => path !== route.path),
    ),
  ],
  // Pipelines have tests of their own.
  buckets: service.buckets.filter(({ created }) => created === undefined),
  schedules: [],
  tables: service.tables ?? [],
};

/** Its three models of houses and their routes: enough for most tests, without the database that photos come with. */
export const houses: Blueprint = {
  functions: fixedService.functions.filter(
    (each) => each.name === gatewayName || housePrice.functions.includes(each),
  ),
  workflows: [housePrice],
  routes: [
    ...onceHouses.routes,
    ...fixedService.routes.filter(({ path }) => path.startsWith('/v2')),
  ],
  machines: [...timedHouses.machines, ...onceHouses.machines],
  tables: onceHouses.tables,
  buckets: fixedService.buckets,
};
