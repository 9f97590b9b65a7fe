import { type Blueprint, model, narrow, pipelines } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { bostonSchema } from '@chorus/training/boston';
import { bostonRecipes, bostonTarget } from '@chorus/training/boston-recipes';

/** The workflow whose models are trained again, and all that it takes. */
export const pipelineService: Blueprint = narrow(blueprint, {
  workflows: ['house-price'],
  featureStore: false,
});

const [workflow] = pipelineService.workflows;
if (workflow === undefined) throw new Error('there is no workflow of houses');

const name = 'linear-regression';

const { machines } = pipelines([
  {
    name: 'house-price',
    workflow,
    target: { name: bostonTarget },
    train: [{ model: model(name), schema: bostonSchema(name), ...bostonRecipes[name] }],
    rows: { minimum: 100, maximum: 10_000 },
    promotion: 'approval',
  },
]);

/** The same with one model, whose new versions wait for a person. */
export const approvingService: Blueprint = {
  ...pipelineService,
  machines: [
    ...(pipelineService.machines ?? []).filter((each) =>
      machines.every((own) => own.name !== each.name),
    ),
    ...machines,
  ],
};
