import { physicalName, queueName } from '@chorus/blueprint';
import { ArnFormat, Aws, type Stack } from 'aws-cdk-lib';

/** The alias that every caller uses; a release and a promotion move it. */
export const liveAlias = 'live';

/** The alias of the version that was deployed last, which a release tries before it is `live`. */
export const nextAlias = 'next';

/** The aliases of every function. */
export type AliasName = typeof liveAlias | typeof nextAlias;

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

/** The name of the state machine that asks the versions that are next: of `house-price`, `house-price-next`. */
export function candidateName(workflow: string): string {
  return `${workflow}-${nextAlias}`;
}

/**
 * ARN of a function by its name, for stacks that do not make it.
 *
 * @param qualifier an alias, or `*` for each alias and version. @default the function itself
 */
export function functionArn(
  stack: Stack,
  name: string,
  stageName: string,
  qualifier?: AliasName | '*',
): string {
  const suffix = qualifier === undefined ? '' : `:${qualifier}`;
  return stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: `${physicalName(name, stageName)}${suffix}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** ARN of a job definition by its name; without a revision it is the latest one. */
export function jobDefinitionArn(
  stack: Stack,
  name: string,
  stageName: string,
  revision?: '*',
): string {
  const suffix = revision === undefined ? '' : `:${revision}`;
  return stack.formatArn({
    service: 'batch',
    resource: 'job-definition',
    resourceName: `${physicalName(name, stageName)}${suffix}`,
  });
}

/** ARN of a queue of jobs by its name. */
export function jobQueueArn(stack: Stack, name: string, stageName: string): string {
  return stack.formatArn({
    service: 'batch',
    resource: 'job-queue',
    resourceName: physicalName(name, stageName),
  });
}

/** The longest name of a training job is 63 characters, of which a UUID and a hyphen take 37. */
const longestTrainingPrefix = 26;

/** Returns what the names of a job's runs on SageMaker begin with. */
export function trainingJobPrefix(name: string, stageName: string): string {
  return physicalName(name, stageName).slice(0, longestTrainingPrefix).replace(/-+$/, '');
}

/** ARN of the runs of a job on SageMaker, whose names are made as they begin. */
export function trainingJobsArn(stack: Stack, name: string, stageName: string): string {
  return stack.formatArn({
    service: 'sagemaker',
    resource: 'training-job',
    resourceName: `${trainingJobPrefix(name, stageName)}-*`,
  });
}

/** ARN of a table by its name, or of one of its indexes, for stacks that do not make it. */
export function tableArn(stack: Stack, name: string, stageName: string, index?: string): string {
  const suffix = index === undefined ? '' : `/index/${index}`;
  return stack.formatArn({
    service: 'dynamodb',
    resource: 'table',
    resourceName: `${physicalName(name, stageName)}${suffix}`,
  });
}

/** What a queue's physical name is made of. */
interface NamedQueue {
  readonly name: string;
  readonly fifo?: boolean;
}

/** ARN of a queue by its name, for stacks that do not make it. */
export function queueArn(stack: Stack, queue: NamedQueue, stageName: string): string {
  return stack.formatArn({ service: 'sqs', resource: queueName(queue, stageName) });
}

/** A queue's URL, which SQS makes of the account and the name. */
export function queueUrl(queue: NamedQueue, stageName: string): string {
  return `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${queueName(queue, stageName)}`;
}

/** ARN of a topic by its name, for stacks that do not make it. */
export function topicArn(stack: Stack, name: string, stageName: string): string {
  return stack.formatArn({ service: 'sns', resource: physicalName(name, stageName) });
}

/** ARN of a bus of events by its name, for stacks that do not make it. */
export function eventBusArn(stack: Stack, name: string, stageName: string): string {
  return stack.formatArn({
    service: 'events',
    resource: 'event-bus',
    resourceName: physicalName(name, stageName),
  });
}

/** ARN of a rule of a bus by its name, for stacks that do not make it. */
export function ruleArn(stack: Stack, bus: string, rule: string, stageName: string): string {
  return stack.formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${physicalName(bus, stageName)}/${physicalName(rule, stageName)}`,
  });
}

/** ARN of a rule of the account's own bus by its physical name. */
export function ruleArnByName(stack: Stack, rule: string): string {
  return stack.formatArn({ service: 'events', resource: 'rule', resourceName: rule });
}

/** The name of the group that a stage's schedules are in. */
export function scheduleGroupName(stageName: string): string {
  return physicalName('schedules', stageName);
}

/** ARN of the group that a stage's schedules are in. */
export function scheduleGroupArn(stack: Stack, stageName: string): string {
  return stack.formatArn({
    service: 'scheduler',
    resource: 'schedule-group',
    resourceName: scheduleGroupName(stageName),
  });
}

/** ARN of the executions of a state machine by its name. */
export function executionsArn(stack: Stack, machine: string, stageName: string): string {
  return stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${physicalName(machine, stageName)}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** ARN of the streams of a function's log. */
export function functionLogArn(stack: Stack, name: string, stageName: string): string {
  return stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${functionLogName(name, stageName)}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** The name of a function's log. */
export function functionLogName(name: string, stageName: string): string {
  return `/aws/lambda/${physicalName(name, stageName)}`;
}
