import type { Stack } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * The most characters that the inline policies of a role may have together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const mostPolicyCharacters = 10_240;

/** The most characters of a managed policy; of inline ones there may be fewer, all together. */
const mostManagedCharacters = 6144;

/** The most managed policies that a role may have, unless AWS was asked for more. */
export const mostManagedPolicies = 10;

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

/** Returns about how long a text is that is joined when it is deployed. */
export function textLength(stack: Stack, text: string): number {
  return String(joined(stack.resolve(text))).length;
}

/** Returns about how many characters policies have, as IAM counts them: without whitespace. */
export function policyCharacters(stack: Stack, policies: readonly PolicyDocument[]): number {
  const written = JSON.stringify(stack.resolve(policies), (_, value) => joined(value));
  return written.length;
}

/**
 * Divides statements among a role's inline policy and as many managed ones as it takes, which allow together what the
 * statements do; a statement with many resources is divided too.
 *
 * @param room the characters that the inline policy may have
 * @returns the statements of the inline policy, then those of each managed one
 */
export function divideRights(
  stack: Stack,
  statements: readonly PolicyStatement[],
  room: number,
): readonly (readonly PolicyStatement[])[] {
  const empty = policyCharacters(stack, [new PolicyDocument()]);
  const policies: { readonly parts: Map<PolicyStatement, string[]>; left: number }[] = [
    { parts: new Map(), left: room - empty },
  ];
  for (const statement of statements) {
    const frame = policyCharacters(stack, [
      new PolicyDocument({ statements: [statement.copy({ resources: ['*'] })] }),
    ]);
    for (const resource of statement.resources) {
      // With its quotes and a comma.
      const size = textLength(stack, resource) + 3;
      let policy = policies.at(-1);
      let added = size + (policy?.parts.has(statement) === true ? 0 : frame);
      if (policy === undefined || policy.left < added) {
        policy = { parts: new Map(), left: mostManagedCharacters - empty };
        policies.push(policy);
        added = size + frame;
      }
      policy.parts.set(statement, [...(policy.parts.get(statement) ?? []), resource]);
      policy.left -= added;
    }
  }
  return policies.map(({ parts }) =>
    [...parts].map(([statement, resources]) => statement.copy({ resources })),
  );
}
