import { EventGrammarError, parseExpression } from '@chorus/events';
import { BlueprintError } from './errors.ts';
import type { ConsumerSpec, QueueSpec, SubscriptionSpec, TopicSpec } from './messaging.ts';
import type { Blueprint, FunctionSpec } from './types.ts';

/** What AWS takes at most, and at least. */
interface Limit {
  readonly least: number;
  readonly most: number;
  readonly unit: string;
}

const limits = {
  visibilitySeconds: { least: 0, most: 43_200, unit: ' s' },
  retentionDays: { least: 1, most: 14, unit: ' days' },
  receives: { least: 1, most: 1000, unit: '' },
  windowSeconds: { least: 0, most: 300, unit: ' s' },
  concurrency: { least: 2, most: 1000, unit: '' },
} as const satisfies Readonly<Record<string, Limit>>;

function checkLimit(where: string, name: keyof typeof limits, value: number | undefined): void {
  const { least, most, unit } = limits[name];
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new BlueprintError(
    `${where}: ${name} must be a whole number from ${least} to ${most}${unit}, not ${value}`,
  );
}

function checkNames(kind: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new BlueprintError(`there are two ${kind} with the name ${twice}`);
  const strange = names.find((name) => !/^[a-z][a-z0-9-]{0,39}$/.test(name));
  if (strange !== undefined)
    throw new BlueprintError(
      `${strange}: the name of one of the ${kind} may have small letters, digits and hyphens, a letter first, and 40 characters at most`,
    );
}

function checkDeadLetters(spec: QueueSpec, queues: readonly QueueSpec[]): void {
  const { name, deadLetters, fifo = false } = spec;
  if (deadLetters === undefined) return;
  const where = `queue ${name}`;
  const target = queues.find((each) => each.name === deadLetters.queue);
  if (target === undefined)
    throw new BlueprintError(
      `${where}: there is no queue ${deadLetters.queue} for its dead letters`,
    );
  if (target === spec)
    throw new BlueprintError(`${where} cannot be the queue of its own dead letters`);
  if ((target.fifo ?? false) !== fifo)
    throw new BlueprintError(
      `${where} is ${fifo ? 'FIFO' : 'not FIFO'}, and ${target.name}, the queue of its dead letters, is${fifo ? ' not' : ''}; they must be of one kind`,
    );
  checkLimit(where, 'receives', deadLetters.receives);
}

function checkBatch(where: string, fifo: boolean, consumer: ConsumerSpec): void {
  const { batchSize = 10, windowSeconds = 0, concurrency } = consumer;
  const most = fifo ? 10 : 10_000;
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > most)
    throw new BlueprintError(
      `${where}: batchSize must be a whole number from 1 to ${most}${fifo ? ' for a FIFO queue' : ''}, not ${batchSize}`,
    );
  checkLimit(where, 'windowSeconds', windowSeconds);
  if (fifo && windowSeconds > 0)
    throw new BlueprintError(`${where}: a FIFO queue has no windowSeconds`);
  if (batchSize > 10 && windowSeconds === 0)
    throw new BlueprintError(`${where}: a batchSize above 10 needs windowSeconds of at least 1`);
  checkLimit(where, 'concurrency', concurrency);
}

/** @throws {BlueprintError} for moments that are none, and for a function that has no right to take messages by itself */
function checkMoments(
  { name, consumer }: QueueSpec,
  { name: taker, links = [] }: FunctionSpec,
): void {
  if (consumer?.every === undefined) return;
  const where = `queue ${name}`;
  try {
    parseExpression(consumer.every);
  } catch (cause) {
    if (!(cause instanceof EventGrammarError)) throw cause;
    throw new BlueprintError(`${where}: ${cause.message}`, { cause });
  }
  const takes = links.some(
    (link) => link.kind === 'queue' && link.queue === name && link.access !== 'send',
  );
  if (!takes)
    throw new BlueprintError(
      `${where}: ${taker} takes its messages by itself, so it needs the link queue('${name}', { access: 'receive' })`,
    );
}

function checkConsumer(spec: QueueSpec, functions: readonly FunctionSpec[]): void {
  const { name, consumer, fifo = false, visibilitySeconds = 30 } = spec;
  if (consumer === undefined) return;
  const where = `queue ${name}`;
  const target = functions.find((each) => each.name === consumer.function);
  if (target === undefined)
    throw new BlueprintError(`${where}: there is no function ${consumer.function} to consume it`);
  checkBatch(where, fifo, consumer);
  checkMoments(spec, target);
  if (visibilitySeconds < target.timeoutSeconds)
    throw new BlueprintError(
      `${where}: visibilitySeconds, ${visibilitySeconds}, must not be less than the ${target.timeoutSeconds} s that its consumer ${target.name} may take`,
    );
}

function checkSubscription(
  { name }: TopicSpec,
  { queue, filter = {} }: SubscriptionSpec,
  queues: readonly QueueSpec[],
): void {
  const where = `topic ${name}`;
  const target = queues.find((each) => each.name === queue);
  if (target === undefined) throw new BlueprintError(`${where}: there is no queue ${queue}`);
  if (target.fifo === true)
    throw new BlueprintError(`${where}: ${queue} is FIFO, and such a queue cannot be subscribed`);
  const all = Object.entries(filter);
  const [empty] = all.find(([, texts]) => texts.length === 0) ?? [];
  if (empty !== undefined)
    throw new BlueprintError(
      `${where}: the filter of ${queue} lets nothing through: ${empty} is empty`,
    );
  const combinations = all.reduce((product, [, texts]) => product * texts.length, 1);
  if (all.length > 5 || combinations > 150)
    throw new BlueprintError(
      `${where}: the filter of ${queue} has ${all.length} attributes and ${combinations} combinations; SNS takes 5 and 150`,
    );
}

function checkAsynchronous(spec: FunctionSpec, queues: readonly QueueSpec[]): void {
  const { name, asynchronous } = spec;
  if (asynchronous === undefined) return;
  const { maxAgeSeconds, onFailure } = asynchronous;
  const isAge = (age: number) => Number.isInteger(age) && age >= 60 && age <= 21_600;
  if (maxAgeSeconds !== undefined && !isAge(maxAgeSeconds))
    throw new BlueprintError(
      `${name}: maxAgeSeconds must be a whole number from 60 to 21600, not ${maxAgeSeconds}`,
    );
  if (onFailure === undefined) return;
  const target = queues.find((each) => each.name === onFailure.queue);
  if (target === undefined)
    throw new BlueprintError(`${name}: there is no queue ${onFailure.queue} for what fails`);
  if (target.fifo === true)
    throw new BlueprintError(
      `${name}: ${onFailure.queue} is FIFO, and Lambda does not send what fails to such a queue`,
    );
}

/**
 * Checks that queues, their consumers and dead letters, and the subscriptions of topics fit each other, by AWS's rules. Every home
 * asks before it makes any of them.
 *
 * @throws {BlueprintError} naming what does not
 */
export function checkMessaging({
  functions,
  queues = [],
  topics = [],
}: Pick<Blueprint, 'functions' | 'queues' | 'topics'>): void {
  checkNames(
    'queues',
    queues.map(({ name }) => name),
  );
  checkNames(
    'topics',
    topics.map(({ name }) => name),
  );
  for (const spec of queues) {
    checkLimit(`queue ${spec.name}`, 'visibilitySeconds', spec.visibilitySeconds);
    checkLimit(`queue ${spec.name}`, 'retentionDays', spec.retentionDays);
    checkDeadLetters(spec, queues);
    checkConsumer(spec, functions);
  }
  for (const topic of topics) {
    const subscribed = topic.subscriptions.map(({ queue }) => queue);
    const twice = subscribed.find((queue, index) => subscribed.indexOf(queue) < index);
    if (twice !== undefined)
      throw new BlueprintError(`topic ${topic.name}: ${twice} is subscribed twice`);
    for (const subscription of topic.subscriptions) checkSubscription(topic, subscription, queues);
  }
  for (const spec of functions) checkAsynchronous(spec, queues);
}
