import { bucketVariable, type FunctionSpec, physicalName } from '@chorus/blueprint';
import { modelKey } from '@chorus/registry/manifest';
import type { NestedStack } from 'aws-cdk-lib';
import { bucketName, liveAlias, stateMachineArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { featureStoreVariables, readLink } from './feature-store-link.ts';
import type { Service } from './service.ts';

/** Where a model's weights are. */
function weightsOf({ name }: FunctionSpec, { prefix, versions }: StageOptions) {
  const pinned = versions[name];
  return {
    MODEL_BUCKET: bucketName('models', prefix),
    ...(pinned !== undefined && { MODEL_KEY: modelKey(name, pinned.version) }),
    ...(pinned?.sha256 !== undefined && { MODEL_SHA256: pinned.sha256 }),
  };
}

/** What the gateway calls. */
function calledByGateway(
  stack: NestedStack,
  { blueprint }: Service,
  { prefix }: StageOptions,
): Record<string, string> {
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  const named = (entries: readonly (readonly [string, string])[]) =>
    stack.toJsonString(Object.fromEntries(entries));
  return {
    MODEL_FUNCTIONS: named(
      models.map(({ name }) => [name, `${physicalName(name, prefix)}:${liveAlias}`]),
    ),
    WORKFLOW_ARNS: named(
      blueprint.workflows.map(({ name }) => [name, stateMachineArn(stack, name, prefix)]),
    ),
  };
}

/** A function's environment variables: names of things, no secrets; the same ones as on the local cloud. */
export function environmentOf(
  stack: NestedStack,
  spec: FunctionSpec,
  service: Service,
  stage: StageOptions,
): Record<string, string> {
  const buckets = Object.keys(spec.buckets ?? {});
  return {
    ...(spec.kind === 'model' && weightsOf(spec, stage)),
    ...(spec.kind === 'gateway' && calledByGateway(stack, service, stage)),
    ...Object.fromEntries(
      buckets.map((name) => [bucketVariable(name), bucketName(name, stage.prefix)]),
    ),
    ...(spec.featureStore === true && featureStoreVariables(readLink(stage.prefix))),
  };
}
