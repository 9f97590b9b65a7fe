import { type Blueprint, checkMessaging, physicalName, queueName } from '@chorus/blueprint';
import type { QueuesService } from '@chorus/emulator-queues';

const secondsPerDay = 24 * 60 * 60;

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
      queues.map(({ deadLetters, visibilitySeconds = 30, retentionDays = 14, ...spec }) => ({
        name: queueName(spec),
        visibilitySeconds,
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
