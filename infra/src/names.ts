import { physicalName } from '@chorus/blueprint';
import { ArnFormat, Aws, type Stack } from 'aws-cdk-lib';

/** The alias that every caller uses; a promotion moves it. */
export const liveAlias = 'live';

/**
 * A bucket's name. Bucket names are shared with all of AWS, hence account and region. It is put together from the same
 * parts wherever it is needed: no stack exports it, so none keeps another from changing.
 */
export function bucketName(name: string, stageName: string): string {
  return `${physicalName(name, stageName)}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
}

/** ARN of a state machine by its name, for those that are made before it. */
export function stateMachineArn(stack: Stack, name: string, stageName: string): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: physicalName(name, stageName),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
