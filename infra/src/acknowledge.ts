import { Aws, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a finding of cdk-nag is as it should be. Findings are named one by one, `AwsSolutions-IAM5[Resource::*]`, so
 * that a new one of the same rule still fails the synthesis.
 */
export function acknowledge(scope: IConstruct, finding: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: finding, reason });
}

/** As cdk-nag writes what is only known when it is deployed. */
const pseudoParameters = [
  [Aws.PARTITION, '<AWS::Partition>'],
  [Aws.ACCOUNT_ID, '<AWS::AccountId>'],
  [Aws.REGION, '<AWS::Region>'],
] as const;

/** Says why a role may use a resource with a wildcard in its name. */
export function acknowledgeWildcard(scope: IConstruct, resource: string, reason: string): void {
  const written = pseudoParameters.reduce(
    (text, [token, name]) => text.replaceAll(token, name),
    resource,
  );
  acknowledge(scope, `AwsSolutions-IAM5[Resource::${written}]`, reason);
}
