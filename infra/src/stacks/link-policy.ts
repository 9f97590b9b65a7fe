import type { Resource, Statement } from '@chorus/blueprint';
import { Aws, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  bucketName,
  eventBusArn,
  functionArn,
  functionLogArn,
  jobDefinitionArn,
  jobQueueArn,
  liveAlias,
  queueArn,
  stateMachineArn,
  tableArn,
  topicArn,
} from '../names.ts';
import type { StageOptions } from '../options.ts';
import { databaseUserArn, readLink } from './feature-store-link.ts';

/** ARN of a bucket; it is put together, so that no policy of the bucket has to name the function. */
function bucketArn(name: string, stageName: string): string {
  return `arn:${Aws.PARTITION}:s3:::${bucketName(name, stageName)}`;
}

type Which = Extract<Resource, { readonly kind: 'function' }>['which'];

/** What of a function a right is on: itself, the version that answers, or each of its aliases and versions. */
const qualifiers = { itself: undefined, live: liveAlias, any: '*' } as const satisfies Record<
  Which,
  unknown
>;

function arnOf(stack: Stack, resource: Resource, { name: stageName }: StageOptions): string {
  switch (resource.kind) {
    case 'bucket':
      return bucketArn(resource.bucket, stageName);
    case 'objects':
      return `${bucketArn(resource.bucket, stageName)}/${resource.keys}`;
    case 'function':
      return functionArn(stack, resource.name, stageName, qualifiers[resource.which]);
    case 'workflow':
      return stateMachineArn(stack, resource.name, stageName);
    case 'table':
      return tableArn(stack, resource.table, stageName, resource.index);
    case 'queue':
      return queueArn(stack, resource.queue, stageName);
    case 'topic':
      return topicArn(stack, resource.topic, stageName);
    case 'bus':
      return eventBusArn(stack, resource.bus, stageName);
    case 'job':
      return jobDefinitionArn(
        stack,
        resource.job,
        stageName,
        resource.which === 'itself' ? undefined : '*',
      );
    case 'job-queue':
      return jobQueueArn(stack, resource.queue, stageName);
    case 'log':
      return functionLogArn(stack, resource.function, stageName);
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
