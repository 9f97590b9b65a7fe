import type { ScheduleSpec } from './messaging.ts';
import type { Blueprint } from './types.ts';

/** The event that has a consumer take what is in its queue, see `createTakingHandler` of `@chorus/runtime`. */
export const takeEvent = { chorus: 'take' } as const;

/** Returns the schedules that start the consumers of queues which are not asked all the time. */
export function consumerSchedules({ queues = [] }: Pick<Blueprint, 'queues'>): ScheduleSpec[] {
  return queues.flatMap(({ name, consumer }) =>
    consumer?.every === undefined
      ? []
      : [
          {
            name: `take-${name}`,
            purpose: `Has ${consumer.function} take what is in the queue ${name}`,
            expression: consumer.every,
            target: { function: consumer.function, input: takeEvent },
          },
        ],
  );
}
