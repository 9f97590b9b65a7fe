import { randomUUID } from 'node:crypto';
import {
  type Blueprint,
  checkEvents,
  type DeadLettersSpec,
  liveAlias,
  objectCreatedPattern,
  physicalName,
  queueName,
  type TargetSpec,
} from '@chorus/blueprint';
import {
  AwsApiError,
  accountId,
  functionArn,
  queueArn,
  stateMachineArn,
} from '@chorus/emulator-aws';
import {
  type Delivery,
  type EventsOptions,
  type EventsService,
  type LocalRule,
  UndeliverableError,
} from '@chorus/emulator-events';
import type { LambdaService } from '@chorus/emulator-lambda';
import type { QueuesService } from '@chorus/emulator-queues';
import type { ObjectCreated } from '@chorus/emulator-s3';
import { type CallService, ServiceError, type StatesService } from '@chorus/emulator-states';

/** ARN of a target, what it is sent instead of the event, and the queue of what it could not be sent. */
function targetOf(
  { target, deadLetters }: DeadLettersSpec & { readonly target: TargetSpec },
  { queues = [] }: Blueprint,
): LocalRule['target'] {
  const input = {
    ...(target.input !== undefined && { input: JSON.stringify(target.input) }),
    ...(deadLetters && { deadLetters: queueArn(queueName({ name: deadLetters.queue })) }),
  };
  if ('workflow' in target)
    return { arn: stateMachineArn(physicalName(target.workflow)), ...input };
  if ('function' in target)
    return { arn: `${functionArn(physicalName(target.function))}:${liveAlias}`, ...input };
  const queue = queues.find(({ name }) => name === target.queue) ?? { name: target.queue };
  return { arn: queueArn(queueName(queue)), ...input };
}

/** Returns the rules of what new objects start. */
function rulesOfObjects(blueprint: Blueprint): readonly LocalRule[] {
  return blueprint.buckets.flatMap(({ name: bucket, created = [] }) =>
    created.map((rule) => ({
      name: physicalName(rule.name),
      pattern: objectCreatedPattern(physicalName(bucket), rule.prefix),
      target: targetOf(rule, blueprint),
    })),
  );
}

/**
 * Puts S3's event of a new object on the default bus, as S3 does for a bucket with EventBridge notifications.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function announceObjects(blueprint: Pick<Blueprint, 'buckets'>) {
  const announcing = new Set(
    blueprint.buckets
      .filter(({ created = [] }) => created.length > 0)
      .map(({ name }) => physicalName(name)),
  );
  return (
    { announce }: Pick<EventsService, 'announce'>,
    { eventName, bucket, key, size, etag }: ObjectCreated,
  ): void => {
    if (!announcing.has(bucket)) return;
    announce({
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [`arn:aws:s3:::${bucket}`],
      detail: {
        version: '0',
        bucket: { name: bucket },
        object: { key, size, etag, sequencer: Date.now().toString(16).toUpperCase() },
        'request-id': randomUUID(),
        requester: accountId,
        reason: reasons[eventName],
      },
    });
  };
}

/** Names of S3's operations in its events on EventBridge. */
const reasons = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
} as const satisfies Record<ObjectCreated['eventName'], string>;

/**
 * Returns the blueprint's buses and schedules as EventBridge has them here.
 *
 * @throws {BlueprintError} naming a target, pattern or expression that is wrong
 */
export function eventsOf(blueprint: Blueprint): Pick<EventsOptions, 'buses' | 'schedules'> {
  checkEvents(blueprint);
  const { buses = [], schedules = [] } = blueprint;
  return {
    buses: [
      { name: 'default', rules: rulesOfObjects(blueprint) },
      ...buses.map(({ name, rules }) => ({
        name: physicalName(name),
        rules: rules.map((rule) => ({
          name: rule.name,
          pattern: rule.pattern,
          target: targetOf(rule, blueprint),
        })),
      })),
    ],
    schedules: schedules.map((schedule) => ({
      name: physicalName(schedule.name),
      description: schedule.purpose,
      expression: schedule.expression,
      timeZone: schedule.timeZone ?? 'UTC',
      target: targetOf(schedule, blueprint),
    })),
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Starts an execution, once however often it is delivered: a Standard workflow has one of each name. */
export function startExecutions(states: Pick<StatesService, 'start'>) {
  return async ({ arn, body, id }: Delivery): Promise<void> => {
    try {
      await states.start(arn, body, { name: id });
    } catch (cause) {
      const name = nameOf(cause);
      if (name === 'ExecutionAlreadyExists') return;
      if (name === 'StateMachineDoesNotExist')
        throw new UndeliverableError(`there is no state machine ${arn}`, { cause });
      throw cause;
    }
  };
}

/** Asks EventBridge for an operation, for tasks of workflows. */
export const callEvents =
  ({ run }: Pick<EventsService, 'run'>): CallService =>
  async (operation, parameters) => {
    try {
      return Object(run(operation, parameters));
    } catch (error) {
      if (!(error instanceof AwsApiError)) throw error;
      throw new ServiceError(error.name, error.message, error.status, { cause: error });
    }
  };

/** Hands functions what is delivered to them; nothing waits for their answer. */
export function invokeFunctions(lambda: Pick<LambdaService, 'invokeLater'>) {
  return async ({ arn, body, id }: Delivery): Promise<void> => {
    try {
      lambda.invokeLater({ functionName: arn, payload: Buffer.from(body), requestId: id });
    } catch (cause) {
      if (nameOf(cause) === 'ResourceNotFoundException')
        throw new UndeliverableError(`there is no function ${arn}`, { cause });
      throw cause;
    }
  };
}

/** Texts as the attributes of a message. */
const textsOf = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );

/** Sends what is delivered to a queue. In a FIFO queue a delivery that comes twice is one message. */
export function sendMessages(queues: Pick<QueuesService, 'send'>) {
  return async ({ arn, body, id, group, attributes }: Delivery): Promise<void> => {
    const queue = arn.slice(arn.lastIndexOf(':') + 1);
    const inOrder = group === undefined ? {} : { groupId: group, deduplicationId: id };
    try {
      queues.send(queue, {
        body,
        ...(attributes && { attributes: textsOf(attributes) }),
        ...inOrder,
      });
    } catch (cause) {
      if (nameOf(cause) === 'QueueDoesNotExist')
        throw new UndeliverableError(`there is no queue ${queue}`, { cause });
      throw cause;
    }
  };
}
