import { type Blueprint, type FunctionSpec, physicalName, type QueueSpec } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { CfnEventInvokeConfig, CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { OptionError } from '../errors.ts';
import { functionArn, liveAlias, queueArn } from '../names.ts';

/** The fewest and most events at once that an event source mapping can be held to. */
const mappingConcurrency = { least: 2, most: 1000 } as const;

/**
 * Returns how many events Lambda may give a function at once: as many as it has environments, unless the consumer says less.
 * With more, those that find no environment would count as received, and go to the dead letters unseen.
 */
function eventsAtOnce({ concurrency }: FunctionSpec, wanted = concurrency): number {
  const { least, most } = mappingConcurrency;
  return Math.max(least, Math.min(most, wanted));
}

/**
 * Adds the mapping by which Lambda takes a queue's messages for the version of its consumer that is live. A consumer that takes them
 * at times of its own has a schedule instead.
 */
function addConsumer(
  stack: NestedStack,
  queue: QueueSpec,
  functions: readonly FunctionSpec[],
  stageName: string,
): void {
  const { consumer } = queue;
  if (consumer === undefined || consumer.every !== undefined) return;
  const spec = functions.find(({ name }) => name === consumer.function);
  if (spec === undefined)
    throw new OptionError(`queue ${queue.name}: its consumer ${consumer.function} is no function`);
  const { batchSize = 10, windowSeconds = 0, concurrency } = consumer;
  new CfnEventSourceMapping(stack, `Consumer-${queue.name}`, {
    eventSourceArn: queueArn(stack, queue, stageName),
    functionName: functionArn(stack, spec.name, stageName, liveAlias),
    batchSize,
    ...(windowSeconds > 0 && { maximumBatchingWindowInSeconds: windowSeconds }),
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: eventsAtOnce(spec, concurrency) },
  });
}

/** Says what becomes of events that a function gets without a caller who waits. */
function addAsynchronous(
  stack: NestedStack,
  { name, asynchronous }: FunctionSpec,
  queues: readonly QueueSpec[],
  stageName: string,
): void {
  if (asynchronous === undefined) return;
  const { retries = 2, maxAgeSeconds = 21_600, onFailure } = asynchronous;
  const queue = queues.find((each) => each.name === onFailure?.queue);
  new CfnEventInvokeConfig(stack, `Asynchronous-${name}`, {
    functionName: physicalName(name, stageName),
    qualifier: liveAlias,
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: maxAgeSeconds,
    ...(queue && {
      destinationConfig: { onFailure: { destination: queueArn(stack, queue, stageName) } },
    }),
  });
}

/**
 * Adds the consumers of queues, and what becomes of functions' asynchronous events. Both are of the alias `live`: a version
 * that is only tried takes no messages.
 *
 * @throws {OptionError} if a consumer is no function of the blueprint
 */
export function addConsumers(
  stack: NestedStack,
  { functions, queues = [] }: Blueprint,
  stageName: string,
): void {
  for (const queue of queues) addConsumer(stack, queue, functions, stageName);
  for (const spec of functions) addAsynchronous(stack, spec, queues, stageName);
}
