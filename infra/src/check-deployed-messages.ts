import { type Blueprint, physicalName, type QueueSpec, queueName } from '@chorus/blueprint';
import { OptionError } from './errors.ts';

/** The longest names that AWS takes, in characters, by what has them. */
const longest = { queue: 80, topic: 256, bus: 256, rule: 64, schedule: 64 } as const;

type Named = readonly [kind: keyof typeof longest, name: string, physical: string];

/** Returns names that are too long, each as a sentence. */
function longNames(
  { queues = [], topics = [], buses = [], schedules = [] }: Blueprint,
  stage: string,
): readonly string[] {
  const named: readonly Named[] = [
    ...queues.map((queue): Named => ['queue', queue.name, queueName(queue, stage)]),
    ...topics.map(({ name }): Named => ['topic', name, physicalName(name, stage)]),
    ...buses.map(({ name }): Named => ['bus', name, physicalName(name, stage)]),
    ...buses.flatMap(({ rules }) =>
      rules.map(({ name }): Named => ['rule', name, physicalName(name, stage)]),
    ),
    ...schedules.map(({ name }): Named => ['schedule', name, physicalName(name, stage)]),
  ];
  return named.flatMap(([kind, name, physical]) =>
    physical.length > longest[kind]
      ? [
          `${kind} ${name}: ${physical} has ${physical.length} characters, and AWS takes ${longest[kind]}`,
        ]
      : [],
  );
}

/** Returns the queues whose consumer would get a message that it cannot take again and again. */
function withoutEnd({ queues = [] }: Blueprint): readonly string[] {
  const isEnd = ({ name, alarm = false }: QueueSpec) =>
    alarm || queues.some(({ deadLetters }) => deadLetters?.queue === name);
  return queues.flatMap((queue) =>
    queue.consumer !== undefined && queue.deadLetters === undefined && !isEnd(queue)
      ? [
          `queue ${queue.name}: a message that its consumer cannot take would come back until it is gone: say deadLetters`,
        ]
      : [],
  );
}

/** The name of the topic that the bootstrap makes: nothing that a stage deploys may be taken for it. */
const notOfAlarms = ({ topics = [] }: Blueprint): readonly string[] =>
  topics.flatMap(({ name }) =>
    name.endsWith('alarms')
      ? [
          `topic ${name}: a name that ends in alarms is that of the stage's alarms, which no deployment may touch`,
        ]
      : [],
  );

/**
 * Checks what only a deployment asks of queues, topics, buses and schedules, beside `checkMessaging` and `checkEvents` of every home:
 * names with the stage's in them, and an end for what fails.
 *
 * @throws {OptionError} naming every problem
 */
export function checkDeployedMessages(blueprint: Blueprint, stage: string): void {
  const problems = [
    ...longNames(blueprint, stage),
    ...notOfAlarms(blueprint),
    ...withoutEnd(blueprint),
  ];
  if (problems.length > 0) throw new OptionError(problems.join('; '));
}
