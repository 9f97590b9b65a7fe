import type { StateMachineSpec } from '@chorus/blueprint';
import { Aws, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { bucketName, executionsArn, ruleArnByName, stateMachineArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import type { Wildcard } from './link-policy.ts';

/** The rule by which Step Functions hears that an execution it waits for has ended. It makes it by itself, once an account. */
const endedRule = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

/** The rule by which it hears that a job has ended. */
const endedJobsRule = 'StepFunctionsGetEventsForBatchJobsRule';

type Value = Readonly<Record<string, unknown>>;

/** Returns all objects in a definition, however deep. */
function objectsIn(value: unknown): readonly Value[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Value, ...inside];
}

/** The states of a definition that run a machine's own branches as executions. */
function distributedMaps(objects: readonly Value[]): readonly Value[] {
  return objects.filter(({ ItemProcessor }) => {
    const { ProcessorConfig } = Object(ItemProcessor);
    return Object(ProcessorConfig).Mode === 'DISTRIBUTED';
  });
}

/**
 * The rights of a Distributed Map: a machine starts itself for each batch, and asks after, stops and starts again what it
 * started.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
function mapRights(stack: Stack, name: string, stageName: string): readonly PolicyStatement[] {
  const own = executionsArn(stack, name, stageName);
  // Those of a map run have its label after the machine's name.
  const children = executionsArn(stack, `${name}/*`, stageName);
  return [
    new PolicyStatement({
      sid: 'StartBatches',
      actions: ['states:StartExecution'],
      resources: [stateMachineArn(stack, name, stageName)],
    }),
    new PolicyStatement({
      sid: 'FollowBatches',
      actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
      resources: [own, children],
    }),
  ];
}

/** The rights of a map that writes its results: they may be larger than one part, and it reads back what it wrote. */
function resultRights(spec: StateMachineSpec, stageName: string): readonly PolicyStatement[] {
  const written = (spec.links ?? []).flatMap((link) =>
    link.kind === 'bucket' && link.access === 'write'
      ? [`arn:${Aws.PARTITION}:s3:::${bucketName(link.bucket, stageName)}/${link.prefix}*`]
      : [],
  );
  if (written.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'WriteResults',
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts'],
      resources: written,
    }),
  ];
}

/** The rights of a state that starts another execution and waits for its end. */
function syncRights(
  stack: Stack,
  spec: StateMachineSpec,
  stageName: string,
): readonly PolicyStatement[] {
  const started = (spec.links ?? []).flatMap((link) =>
    link.kind === 'executions' ? link.names : [],
  );
  if (started.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'FollowExecutions',
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: started.map((name) => executionsArn(stack, name, stageName)),
    }),
    new PolicyStatement({
      sid: 'HearOfEnds',
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [ruleArnByName(stack, endedRule)],
    }),
  ];
}

/**
 * The rights of a state that runs a job and waits for its end. Jobs have ids, which are made as they are submitted.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 */
function jobRights(stack: Stack): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'FollowJobs',
      actions: ['batch:DescribeJobs', 'batch:TerminateJob'],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'HearOfJobs',
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [ruleArnByName(stack, endedJobsRule)],
    }),
  ];
}

/**
 * Returns the rights that a definition itself asks for, beside those of its functions and links: of Distributed Maps, and of
 * executions that it waits for.
 */
export function rightsOfDefinition(
  stack: Stack,
  spec: StateMachineSpec,
  { name: stageName }: StageOptions,
): { readonly allowed: readonly PolicyStatement[]; readonly wildcards: readonly Wildcard[] } {
  const objects = objectsIn(spec.definition);
  const maps = distributedMaps(objects);
  const waits = objects.some(({ Resource }) =>
    /:states:startExecution\.sync(:2)?$/.test(String(Resource)),
  );
  const runsJobs = objects.some(({ Resource }) =>
    String(Resource).endsWith(':batch:submitJob.sync'),
  );
  const allowed = [
    ...(maps.length > 0 ? mapRights(stack, spec.name, stageName) : []),
    ...(maps.some(({ ResultWriter }) => ResultWriter !== undefined)
      ? resultRights(spec, stageName)
      : []),
    ...(waits ? syncRights(stack, spec, stageName) : []),
    ...(runsJobs ? jobRights(stack) : []),
  ];
  const reason = 'Executions, and the results that they write, get their names as they are made';
  return {
    allowed,
    wildcards: allowed
      .flatMap(({ resources }) => resources)
      .filter((arn) => arn.endsWith('*'))
      .map((arn) => ({ arn, reason })),
  };
}
