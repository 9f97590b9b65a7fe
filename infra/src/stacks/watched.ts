import type { FeatureStoreSpec, FunctionSpec, QueueSpec } from '@chorus/blueprint';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { StageOptions } from '../options.ts';
import type { DeployedWorkflow } from './workflows.ts';

/** The parts of a deployment that can be watched. */
export interface Parts {
  readonly api: RestApi;
  readonly functions: readonly FunctionSpec[];
  readonly workflows: readonly DeployedWorkflow[];
  readonly queues: readonly QueueSpec[];
  readonly featureStore?: FeatureStoreSpec | undefined;
}

/** The parts to watch, with the stage's options. */
export interface Watched extends Parts {
  readonly options: StageOptions;
}
