import { type Blueprint, narrow } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';

/** The workflow whose models are trained again, and all that it takes. */
export const pipelineService: Blueprint = narrow(blueprint, {
  workflows: ['house-price'],
  featureStore: false,
});
