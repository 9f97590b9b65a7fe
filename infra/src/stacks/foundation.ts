import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bucketName } from '../names.ts';
import { isProtected, type StageOptions } from '../options.ts';
import { hasPublicPages, noOrigin, pageOriginName } from '../pages/public-routes.ts';
import { addFeatureStore } from './feature-store.ts';
import { addMessaging, hasMessaging } from './messaging.ts';
import type { Service } from './service.ts';
import { stageStack } from './stage-stack.ts';
import { addStorage } from './storage.ts';
import { addTables } from './tables.ts';

/**
 * Returns the origin of the public pages, which alone may upload. CloudFront names it when Serving is deployed, after
 * Foundation; so it is a parameter, which the deployment sets then.
 */
function pageOrigin(stack: Stack): string {
  const parameter = new CfnParameter(stack, pageOriginName, {
    description: 'Origin of the public pages, which may put uploads; a deployment sets it',
    default: noOrigin,
    allowedPattern: 'https://[a-z0-9.-]+',
  });
  new CfnOutput(stack, 'UploadOrigin', {
    description: 'Origin of the pages that may put uploads',
    value: parameter.valueAsString,
  });
  return parameter.valueAsString;
}

/** Adds the stack of what is there before anything answers, and stays when all else goes. */
export function addFoundation(
  scope: Construct,
  { blueprint }: Service,
  options: StageOptions,
): Stack {
  const stack = new Stack(scope, 'Foundation', {
    ...stageStack('foundation', options),
    description: 'Chorus: what outlives a deployment',
    terminationProtection: isProtected(options),
  });
  addStorage(
    stack,
    blueprint.buckets,
    options,
    hasPublicPages(blueprint) ? pageOrigin(stack) : undefined,
  );
  const { tables = [] } = blueprint;
  if (tables.length > 0) addTables(stack, tables, options);
  if (hasMessaging(blueprint)) addMessaging(stack, blueprint, options);
  if (blueprint.featureStore !== undefined) {
    const { databaseArn, secretArn } = addFeatureStore(stack, blueprint.featureStore, options);
    new CfnOutput(stack, 'DatabaseArn', {
      description: "Where a release makes the functions' user of the feature store",
      value: databaseArn,
    });
    new CfnOutput(stack, 'DatabaseSecret', {
      description: 'The secret of its administrator, which RDS keeps',
      value: secretArn,
    });
  }
  new CfnOutput(stack, 'ModelBucket', {
    description: 'Where model versions are pushed',
    value: bucketName('models', options.name),
  });
  return stack;
}
