import { type Blueprint, physicalName } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { addQueues } from './queues.ts';
import { addTopics } from './topics.ts';

/** Whether a service sends messages or events at all. */
export function hasMessaging({ queues = [], topics = [], buses = [] }: Blueprint): boolean {
  return queues.length + topics.length + buses.length > 0;
}

/**
 * Adds the nested stack of queues, topics and buses: what messages are in while nothing takes them. What takes them is a part
 * of Serving, see `addTriggers`.
 */
export function addMessaging(
  scope: Construct,
  blueprint: Blueprint,
  options: StageOptions,
): NestedStack {
  const { topics = [], buses = [] } = blueprint;
  const stack = new NestedStack(scope, 'Messaging', { description: 'Chorus: queues and topics' });
  addTopics(stack, topics, addQueues(stack, blueprint, options), options);
  for (const { name, purpose } of buses)
    new CfnEventBus(stack, `Bus-${name}`, {
      name: physicalName(name, options.name),
      description: purpose.slice(0, 512),
    });
  return stack;
}
