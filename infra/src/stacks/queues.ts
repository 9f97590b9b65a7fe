import {
  type Blueprint,
  type DeadLettersSpec,
  physicalName,
  type QueueSpec,
  queueName,
  type TargetSpec,
} from '@chorus/blueprint';
import { Fn, type NestedStack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from '../acknowledge.ts';
import { queueArn, ruleArn, ruleArnByName, topicArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { policyOfResource } from './resource-policy.ts';
import { removalOf } from './storage.ts';

const secondsPerDay = 86_400;

/** How long a call that asks for messages waits for some: the longest, so that fewer calls are paid. */
const waitSeconds = 20;

/** The most queues that a queue of dead letters can name as the ones it takes messages from. */
const mostSources = 10;

/** Returns which queues may send their dead letters to this one. */
function takesDeadLetters(
  { name }: QueueSpec,
  queues: readonly QueueSpec[],
  stageName: string,
): Readonly<Record<string, unknown>> {
  const sources = queues.filter(({ deadLetters }) => deadLetters?.queue === name);
  if (sources.length === 0) return { redrivePermission: 'denyAll' };
  if (sources.length > mostSources) return { redrivePermission: 'allowAll' };
  return {
    redrivePermission: 'byQueue',
    sourceQueueArns: sources.map((each) =>
      Fn.sub(
        `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${queueName(each, stageName)}`,
      ),
    ),
  };
}

/** The services that send to a queue of themselves, each only from what the blueprint names. */
function senders(
  stack: NestedStack,
  { name }: QueueSpec,
  { topics = [], buses = [], buckets }: Blueprint,
  stageName: string,
): readonly (readonly [service: 'sns' | 'events', arns: readonly string[]])[] {
  const published = topics
    .filter(({ subscriptions }) => subscriptions.some(({ queue }) => queue === name))
    .map((topic) => topicArn(stack, topic.name, stageName));
  const sends = ({ target, deadLetters }: DeadLettersSpec & { readonly target: TargetSpec }) =>
    ('queue' in target && target.queue === name) || deadLetters?.queue === name;
  const put = [
    ...buses.flatMap((bus) =>
      bus.rules.filter(sends).map((rule) => ruleArn(stack, bus.name, rule.name, stageName)),
    ),
    ...buckets.flatMap(({ created = [] }) =>
      created.filter(sends).map((rule) => ruleArnByName(stack, physicalName(rule.name, stageName))),
    ),
  ];
  return [
    ['sns', published],
    ['events', put],
  ];
}

/** A queue's policy: by TLS only, and of AWS's services only the topics and rules that the blueprint names may send. */
function policyStatements(
  stack: NestedStack,
  spec: QueueSpec,
  blueprint: Blueprint,
  stageName: string,
): readonly PolicyStatement[] {
  const resources = [queueArn(stack, spec, stageName)];
  return [
    new PolicyStatement({
      sid: 'TlsOnly',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:*'],
      resources,
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
    ...senders(stack, spec, blueprint, stageName).flatMap(([service, arns]) =>
      arns.length === 0
        ? []
        : [
            new PolicyStatement({
              sid: service === 'sns' ? 'FromTopics' : 'FromRules',
              principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
              actions: ['sqs:SendMessage'],
              resources,
              conditions: { ArnEquals: { 'aws:SourceArn': arns } },
            }),
          ],
    ),
  ];
}

/** Says why a queue has no queue of dead letters, where it has none; `checkMessaging` refuses where it needs one. */
function acknowledgeEnd(queue: CfnQueue, spec: QueueSpec): void {
  if (spec.deadLetters !== undefined) return;
  acknowledge(
    queue,
    'AwsSolutions-SQS3',
    'it holds what failed already, or what nothing but a person takes from it: nothing is received from it again and again',
  );
}

/**
 * Adds the queues, encrypted by keys of SQS's own. They outlast the functions, as tables do, and what is in them stays when a
 * release goes back.
 *
 * @returns the queues by their names in the blueprint
 */
export function addQueues(
  stack: NestedStack,
  blueprint: Blueprint,
  options: StageOptions,
): ReadonlyMap<string, CfnQueue> {
  const { queues = [] } = blueprint;
  const made = new Map<string, CfnQueue>();
  for (const spec of queues) {
    const { fifo = false, visibilitySeconds = 30, retentionDays = 14 } = spec;
    const queue = new CfnQueue(stack, `Queue-${spec.name}`, {
      queueName: queueName(spec, options.name),
      ...(fifo && { fifoQueue: true }),
      visibilityTimeout: visibilitySeconds,
      messageRetentionPeriod: retentionDays * secondsPerDay,
      receiveMessageWaitTimeSeconds: waitSeconds,
      sqsManagedSseEnabled: true,
      redriveAllowPolicy: takesDeadLetters(spec, queues, options.name),
    });
    queue.applyRemovalPolicy(removalOf(options));
    acknowledgeEnd(queue, spec);
    made.set(spec.name, queue);
    new CfnQueuePolicy(stack, `Policy-${spec.name}`, {
      queues: [queue.ref],
      policyDocument: policyOfResource(policyStatements(stack, spec, blueprint, options.name)),
    });
  }
  for (const { name, deadLetters } of queues) {
    const target = deadLetters && made.get(deadLetters.queue);
    const queue = made.get(name);
    if (deadLetters === undefined || target === undefined || queue === undefined) continue;
    // SQS looks whether it is there: the reference has it made before.
    queue.redrivePolicy = {
      deadLetterTargetArn: target.attrArn,
      maxReceiveCount: deadLetters.receives,
    };
  }
  return made;
}
