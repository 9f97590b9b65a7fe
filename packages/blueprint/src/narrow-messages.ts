import { executions } from './links/executions.ts';
import type { Link } from './links/link.ts';
import type { DeadLettersSpec, QueueSpec, TargetSpec } from './messaging.ts';
import type { Blueprint } from './types.ts';

type Linked = Pick<Blueprint, 'functions' | 'workflows' | 'machines'>;

/** Names of what functions and state machines have a link of this kind to. */
function linkedTo(
  { functions, workflows, machines = [] }: Linked,
  nameOf: (link: Link) => string | undefined,
): ReadonlySet<string> {
  return new Set(
    [...functions, ...workflows, ...machines].flatMap(({ links = [] }) =>
      links.flatMap((link) => nameOf(link) ?? []),
    ),
  );
}

const queuesOf = (of: Linked) =>
  new Set([
    ...linkedTo(of, (link) => (link.kind === 'queue' ? link.queue : undefined)),
    ...of.functions.flatMap(({ asynchronous }) => asynchronous?.onFailure?.queue ?? []),
  ]);
const topicsOf = (of: Linked) =>
  linkedTo(of, (link) => (link.kind === 'topic' ? link.topic : undefined));
const busesOf = (of: Linked) =>
  linkedTo(of, (link) => (link.kind === 'bus' ? link.bus : undefined));

/** Adds the queues that messages of these go on to once they failed. */
function withDeadLetters({ queues = [] }: Blueprint, names: ReadonlySet<string>): Set<string> {
  const all = new Set(names);
  // A set grows while it is walked through.
  for (const name of all) {
    const next = queues.find((each) => each.name === name)?.deadLetters?.queue;
    if (next !== undefined) all.add(next);
  }
  return all;
}

/** The queues that a rule or a schedule sends to: its target, and that of what it could not start. */
const queuesOfTrigger = ({
  target,
  deadLetters,
}: DeadLettersSpec & { readonly target: TargetSpec }): readonly string[] => [
  ...('queue' in target ? [target.queue] : []),
  ...(deadLetters ? [deadLetters.queue] : []),
];

/** Returns the queues that are filled by what has links: by itself, through topics, by rules of buses. */
function filledBy(full: Blueprint, of: Linked): ReadonlySet<string> {
  const { topics = [], buses = [] } = full;
  const [published, put] = [topicsOf(of), busesOf(of)];
  return withDeadLetters(
    full,
    new Set([
      ...queuesOf(of),
      ...topics
        .filter(({ name }) => published.has(name))
        .flatMap(({ subscriptions }) => subscriptions.map(({ queue }) => queue)),
      ...buses
        .filter(({ name }) => put.has(name))
        .flatMap(({ rules }) => rules.flatMap(queuesOfTrigger)),
    ]),
  );
}

/** Returns the functions that get the messages and events which these functions and state machines send. */
export function reachedByMessages(full: Blueprint, of: Linked): readonly string[] {
  const { queues = [], buses = [] } = full;
  const [filled, put] = [filledBy(full, of), busesOf(of)];
  return [
    ...queues.flatMap(({ name, consumer }) =>
      consumer !== undefined && filled.has(name) ? consumer.function : [],
    ),
    ...buses
      .filter(({ name }) => put.has(name))
      .flatMap(({ rules }) =>
        rules.flatMap(({ target }) => ('function' in target ? target.function : [])),
      ),
  ];
}

/** What starts something without a caller and without an event of the service's own. */
const startersOf = ({ schedules = [], buckets }: Pick<Blueprint, 'schedules' | 'buckets'>) => [
  ...schedules,
  ...buckets.flatMap(({ created = [] }) => created),
];

/** Returns the functions that schedules and new objects start, through queues too. */
export function startedByThemselves(full: Blueprint): readonly string[] {
  const { queues = [] } = full;
  const starters = startersOf(full);
  const filled = withDeadLetters(full, new Set(starters.flatMap(queuesOfTrigger)));
  return [
    ...starters.flatMap(({ target }) => ('function' in target ? target.function : [])),
    ...queues.flatMap(({ name, consumer }) =>
      consumer !== undefined && filled.has(name) ? consumer.function : [],
    ),
  ];
}

/** Returns a queue whose consumer starts only state machines that are there. */
function withoutMachines(queue: QueueSpec, there: ReadonlySet<string>): QueueSpec {
  const { consumer } = queue;
  if (consumer?.links === undefined) return queue;
  const links = consumer.links.flatMap((link): Link[] => {
    if (link.kind !== 'executions') return [link];
    const [first, ...others] = link.names.filter((name) => there.has(name));
    return first === undefined ? [] : [executions(first, ...others)];
  });
  return { ...queue, consumer: { ...consumer, links } };
}

/**
 * Returns what is left of a blueprint without schedules and rules that start nothing any more, and without the queues, topics and
 * buses that are of no use: nothing that is left sends to them, and something that is gone did.
 */
export function withoutUnusedMessages(full: Blueprint, left: Blueprint): Blueprint {
  const { queues, topics, buses, schedules, ...others } = left;
  const names = (all: readonly { readonly name: string }[]) => new Set(all.map(({ name }) => name));
  const machines = names([...left.workflows, ...(left.machines ?? [])]);
  const functions = names(left.functions);
  const isOfUse = (before: ReadonlySet<string>, now: ReadonlySet<string>) => (name: string) =>
    now.has(name) || !before.has(name);
  const filledByTriggers = (of: Blueprint, there: (target: TargetSpec) => boolean) =>
    startersOf(of)
      .filter(({ target }) => there(target))
      .flatMap(queuesOfTrigger);
  const starts = (target: TargetSpec) =>
    'workflow' in target
      ? machines.has(target.workflow)
      : 'function' in target
        ? functions.has(target.function)
        : true;
  const filled = (of: Blueprint, there: (target: TargetSpec) => boolean) =>
    withDeadLetters(full, new Set([...filledBy(full, of), ...filledByTriggers(of, there)]));
  const filledBefore = filled(full, () => true);
  const filledNow = filled(left, starts);
  // A queue whose consumer is gone would only fill up.
  const keptQueues = queues
    ?.filter(
      ({ name, consumer }) =>
        isOfUse(filledBefore, filledNow)(name) &&
        (consumer === undefined || functions.has(consumer.function)),
    )
    .map((queue) => withoutMachines(queue, machines));
  const there = names(keptQueues ?? []);
  const leads = (target: TargetSpec) =>
    'queue' in target ? there.has(target.queue) : starts(target);
  return {
    ...others,
    buckets: others.buckets.map(({ created, ...bucket }) => ({
      ...bucket,
      ...(created && { created: created.filter(({ target }) => leads(target)) }),
    })),
    ...(keptQueues && { queues: keptQueues }),
    ...(topics && {
      topics: topics
        .filter(({ name }) => isOfUse(topicsOf(full), topicsOf(left))(name))
        .map((topic) => ({
          ...topic,
          subscriptions: topic.subscriptions.filter(({ queue }) => there.has(queue)),
        })),
    }),
    ...(buses && {
      buses: buses
        .filter(({ name }) => isOfUse(busesOf(full), busesOf(left))(name))
        .map((bus) => ({ ...bus, rules: bus.rules.filter(({ target }) => leads(target)) })),
    }),
    ...(schedules && { schedules: schedules.filter(({ target }) => leads(target)) }),
  };
}
