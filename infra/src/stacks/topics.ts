import { physicalName, type TopicSpec } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { OptionError } from '../errors.ts';
import { topicArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { policyOfResource } from './resource-policy.ts';

/** Returns a queue by its name. @throws {OptionError} if there is none */
function queueOf(queues: ReadonlyMap<string, CfnQueue>, name: string, topic: string): CfnQueue {
  const found = queues.get(name);
  if (found === undefined)
    throw new OptionError(`topic ${topic}: there is no queue ${name} that could subscribe to it`);
  return found;
}

/**
 * Adds the topics, to which one publishes by TLS only and with a right of one's own, and their subscriptions: queues get the
 * message as it is, and by the attributes that they ask for.
 */
export function addTopics(
  stack: NestedStack,
  topics: readonly TopicSpec[],
  queues: ReadonlyMap<string, CfnQueue>,
  { name: stageName }: StageOptions,
): void {
  for (const { name, subscriptions } of topics) {
    const topic = new CfnTopic(stack, `Topic-${name}`, {
      topicName: physicalName(name, stageName),
    });
    new CfnTopicPolicy(stack, `Policy-${name}-topic`, {
      topics: [topic.ref],
      policyDocument: policyOfResource([
        new PolicyStatement({
          sid: 'TlsOnly',
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['sns:Publish'],
          resources: [topicArn(stack, name, stageName)],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    });
    for (const { queue, filter } of subscriptions) {
      new CfnSubscription(stack, `Subscription-${name}-${queue}`, {
        topicArn: topic.ref,
        protocol: 'sqs',
        // SNS looks whether it is there: the reference has it made before.
        endpoint: queueOf(queues, queue, name).attrArn,
        rawMessageDelivery: true,
        ...(filter && { filterPolicy: filter }),
      });
    }
  }
}
