import { atRest } from '@chorus/cost';
import { InfraError } from '../errors.ts';
import type { AwsTools, StackId, StackResource } from './aws-tools.ts';
import { stackName } from './release-run.ts';

/** A removal, as it is asked for. */
export interface Removal {
  readonly tools: AwsTools;
  readonly stage: string;
  /** Whether buckets, weights and the feature store stay. */
  readonly data: 'keep' | 'delete';
  /** Gets lines about what happens. */
  readonly report: (line: string) => void;
}

/** The ends of a removal. */
export interface Removed {
  /** Physical names of the stacks that were deleted. */
  readonly stacks: readonly string[];
  /** What stays, for people. */
  readonly kept: readonly string[];
}

const idsOf = (resources: readonly StackResource[], type: string): readonly string[] =>
  resources.flatMap((each) => (each.type === type ? [each.id] : []));

const buckets = (resources: readonly StackResource[]) => idsOf(resources, 'AWS::S3::Bucket');
const clusters = (resources: readonly StackResource[]) => idsOf(resources, 'AWS::RDS::DBCluster');

/** Deletes buckets with all that is in them: CloudFormation deletes none that holds anything, and keeps those of data. */
async function deleteBuckets(
  { tools, report }: Removal,
  resources: readonly StackResource[],
): Promise<void> {
  for (const bucket of buckets(resources)) {
    const count = await tools.buckets.empty(bucket);
    await tools.buckets.remove(bucket);
    report(`deleted the bucket ${bucket} with ${count} objects`);
  }
}

/** Returns what resources cost in a month in which nothing is asked of them, in dollars. */
function costOf(resources: readonly StackResource[]): number {
  const count = (type: string) => idsOf(resources, type).length;
  return atRest({
    alarmMetrics: 0,
    compositeAlarms: 0,
    dashboards: 0,
    secrets: clusters(resources).length,
    caches: count('AWS::ElastiCache::ServerlessCache'),
    databases: clusters(resources).length,
    databaseProxies: count('AWS::RDS::DBProxy'),
    webAcls: 0,
    webAclRules: 0,
    images: 0,
    processors: 0,
    models: 0,
    provisioned: [],
    warmCalls: 0,
    polledQueues: 0,
    scheduledCalls: 0,
    takingCalls: 0,
  }).total;
}

async function removeStack(removal: Removal, id: StackId): Promise<readonly string[]> {
  const { tools, report } = removal;
  const name = stackName(removal, id);
  if ((await tools.stacks.read(name)) === undefined) return [];
  await tools.stacks.settle(name);
  // Pages are made anew with the next deployment, and no bucket goes that holds anything.
  if (id !== 'Foundation') await deleteBuckets(removal, await tools.stacks.resources(name));
  await tools.stacks.remove(name);
  report(`deleted the stack ${name}`);
  return [name];
}

async function removeData(removal: Removal): Promise<void> {
  const { tools, report } = removal;
  const name = stackName(removal, 'Foundation');
  const resources = await tools.stacks.resources(name);
  await tools.stacks.protect(name, false);
  // What the stack keeps is deleted before it, so that a removal that was cut off still finds it there.
  for (const cluster of clusters(resources)) {
    await tools.database.remove(cluster);
    report(`deleted the database ${cluster}, without a snapshot`);
  }
  await deleteBuckets(removal, resources);
}

/**
 * Deletes a stage: Serving, Functions and, with its data, Foundation. Kept data stays where the next deployment of the
 * stage finds it: in the stack Foundation, which stays whole and protected. To delete again after a failure goes on.
 *
 * @throws {InfraError} if a stack cannot be deleted, with the reason; or if there is nothing of the stage
 */
export async function destroy(removal: Removal): Promise<Removed> {
  const { tools, data, stage } = removal;
  const foundation = stackName(removal, 'Foundation');
  const serving = await removeStack(removal, 'Serving');
  const functions = await removeStack(removal, 'Functions');
  const state = await tools.stacks.read(foundation);
  if (state === undefined) {
    if (serving.length + functions.length === 0)
      throw new InfraError(`nothing of the stage ${stage} is deployed in this account and region`);
    return { stacks: [...serving, ...functions], kept: [] };
  }
  if (data === 'keep') {
    const resources = await tools.stacks.resources(foundation);
    const dollars = costOf(resources).toFixed(2);
    const kept = [...buckets(resources), ...clusters(resources)];
    return {
      stacks: [...serving, ...functions],
      kept: [
        `the stack ${foundation}, with ${kept.join(', ')}: $${dollars} a month without a request, and what S3 asks for what is in the buckets`,
      ],
    };
  }
  await removeData(removal);
  return {
    stacks: [...serving, ...functions, ...(await removeStack(removal, 'Foundation'))],
    kept: [],
  };
}
