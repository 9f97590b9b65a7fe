import { physicalName, type Resource, type Statement } from '@chorus/blueprint';
import { Aws, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { bucketName, liveAlias, stateMachineArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { databaseUserArn, readLink } from './feature-store-link.ts';

/** ARN of a bucket; it is put together, so that no policy of the bucket has to name the function. */
function bucketArn(name: string, stageName: string): string {
  return `arn:${Aws.PARTITION}:s3:::${bucketName(name, stageName)}`;
}

type Which = Extract<Resource, { readonly kind: 'function' }>['which'];

/** After a function's name in its ARN. */
const qualifiers: Readonly<Record<Which, string>> = {
  itself: '',
  live: `:${liveAlias}`,
  any: ':*',
};

/** ARN of a function, of the version that answers, or of each of its aliases and versions. */
export function functionArn(stack: Stack, name: string, which: Which, stageName: string): string {
  return stack.formatArn({
    service: 'lambda',
    resource: `function:${physicalName(name, stageName)}${qualifiers[which]}`,
  });
}

function arnOf(stack: Stack, resource: Resource, { name: stageName }: StageOptions): string {
  switch (resource.kind) {
    case 'bucket':
      return bucketArn(resource.bucket, stageName);
    case 'objects':
      return `${bucketArn(resource.bucket, stageName)}/${resource.keys}`;
    case 'function':
      return functionArn(stack, resource.name, resource.which, stageName);
    case 'workflow':
      return stateMachineArn(stack, resource.name, stageName);
    case 'database-user':
      return databaseUserArn(readLink(stageName).databaseId);
  }
}

/** A resource with a wildcard in its name, and why it is right. */
export interface Wildcard {
  readonly arn: string;
  readonly reason: string;
}

/** Returns the statements of a function's links, and which wildcards they have by intention. */
export function policyOf(
  stack: Stack,
  statements: readonly Statement[],
  stage: StageOptions,
): { readonly allowed: readonly PolicyStatement[]; readonly wildcards: readonly Wildcard[] } {
  const rendered = statements.map(({ sid, actions, resources, wildcard }) => ({
    sid,
    actions: [...actions],
    resources: resources.map((each) => arnOf(stack, each, stage)),
    reason: wildcard,
  }));
  return {
    allowed: rendered.map(
      ({ sid, actions, resources }) => new PolicyStatement({ sid, actions, resources }),
    ),
    wildcards: rendered.flatMap(({ resources, reason }) =>
      reason === undefined ? [] : resources.map((arn) => ({ arn, reason })),
    ),
  };
}
