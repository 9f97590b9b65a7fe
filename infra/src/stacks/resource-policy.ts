import { PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Returns the policy of a resource. The statements stay as they are: a reader finds each by its id. */
export function policyOfResource(statements: readonly PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ statements: [...statements], minimize: false });
}
