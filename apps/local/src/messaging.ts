import {
  type Blueprint,
  checkMessaging,
  liveAlias,
  physicalName,
  type QueueSpec,
  queueName,
} from '@chorus/blueprint';
import type { EventSource } from '@chorus/emulator-lambda';
import type { QueuesService } from '@chorus/emulator-queues';

const secondsPerDay = 24 * 60 * 60;

const visibilityOf = ({ visibilitySeconds = 30 }: QueueSpec): number => visibilitySeconds;

/** Returns the queues of a blueprint that have consumers, each with the function that gets its messages. */
export const eventSources = ({ queues = [] }: Blueprint): readonly EventSource[] =>
  queues.flatMap((spec) => {
    const { consumer } = spec;
    if (consumer === undefined) return [];
    const { function: name, batchSize = 10, windowSeconds = 0, concurrency } = consumer;
    return [
      {
        queue: queueName(spec),
        functionName: physicalName(name),
        qualifier: liveAlias,
        batchSize,
        windowSeconds,
        visibilitySeconds: visibilityOf(spec),
        concurrency,
      },
    ];
  });

/**
 * Makes the blueprint's queues and topics, or brings those of an earlier start up to date. Messages stay, and so do queues and
 * topics that the blueprint does not name any more.
 *
 * @throws {BlueprintError} if queues, consumers or subscriptions contradict each other
 */
export function ensureMessaging(
  blueprint: Blueprint,
  service: Pick<QueuesService, 'ensureQueues' | 'ensureTopic'>,
): void {
  checkMessaging(blueprint);
  const { queues = [], topics = [] } = blueprint;
  const named = (name: string): string =>
    queueName(queues.find((each) => each.name === name) ?? { name });
  if (queues.length > 0)
    service.ensureQueues(
      queues.map(({ deadLetters, retentionDays = 14, ...spec }) => ({
        name: queueName(spec),
        visibilitySeconds: visibilityOf(spec),
        retentionSeconds: retentionDays * secondsPerDay,
        deadLetters: deadLetters && {
          queue: named(deadLetters.queue),
          receives: deadLetters.receives,
        },
      })),
    );
  for (const { name, subscriptions } of topics)
    service.ensureTopic({
      name: physicalName(name),
      subscriptions: subscriptions.map(({ queue, filter }) => ({ queue: named(queue), filter })),
    });
}
