import type { Stack } from 'aws-cdk-lib';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';

/**
 * The most characters that the inline policies of a role may have together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const mostPolicyCharacters = 10_240;

/** About the length of a region, an account or a partition, which are known when it is deployed. */
const unknown = 'x'.repeat(12);

/** Writes what CloudFormation joins as the text it becomes. */
function joined(value: unknown): unknown {
  const parts: unknown =
    typeof value === 'object' && value !== null && 'Fn::Join' in value
      ? value['Fn::Join']
      : undefined;
  if (!Array.isArray(parts) || !Array.isArray(parts[1])) return value;
  return parts[1].map((part) => (typeof part === 'string' ? part : unknown)).join(String(parts[0]));
}

/** Returns about how many characters policies have, as IAM counts them: without whitespace. */
export function policyCharacters(stack: Stack, policies: readonly PolicyDocument[]): number {
  const written = JSON.stringify(stack.resolve(policies), (_, value) => joined(value));
  return written.length;
}
