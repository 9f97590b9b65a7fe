import { physicalName } from '@chorus/blueprint';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bucketName } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { addFeatureStore } from './feature-store.ts';
import type { Service } from './service.ts';
import { addStorage } from './storage.ts';

/** Adds the stack of what is there before anything answers, and stays when all else goes. */
export function addFoundation(
  scope: Construct,
  { blueprint }: Service,
  options: StageOptions,
): Stack {
  const stack = new Stack(scope, 'Foundation', {
    stackName: physicalName('foundation', options.name),
    description: 'Chorus: what outlives a deployment',
    terminationProtection: true,
  });
  addStorage(stack, blueprint.buckets, options);
  if (blueprint.featureStore !== undefined) addFeatureStore(stack, blueprint.featureStore, options);
  new CfnOutput(stack, 'ModelBucket', {
    description: 'Where model versions are pushed',
    value: bucketName('models', options.name),
  });
  return stack;
}
