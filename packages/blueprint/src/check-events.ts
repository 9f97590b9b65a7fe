import { compilePattern, EventGrammarError, parseExpression } from '@chorus/events';
import { BlueprintError } from './errors.ts';
import type { BusSpec, DeadLettersSpec, RuleSpec, ScheduleSpec, TargetSpec } from './messaging.ts';
import type { Blueprint } from './types.ts';

type Described = Pick<
  Blueprint,
  'functions' | 'workflows' | 'machines' | 'buckets' | 'queues' | 'buses' | 'schedules'
>;

/** Longest pattern that EventBridge takes without a larger quota, in characters. */
const longestPattern = 2048;

const validName = /^[a-z][a-z0-9-]{0,39}$/;

function checkNames(kind: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new BlueprintError(`there are two ${kind} with the name ${twice}`);
  const strange = names.find((name) => !validName.test(name));
  if (strange !== undefined)
    throw new BlueprintError(
      `${strange}: the name of one of the ${kind} may have small letters, digits and hyphens, a letter first, and 40 characters at most`,
    );
}

/** @throws {BlueprintError} naming the place, for what its grammar refuses */
function grammatical<Of>(where: string, parse: () => Of): Of {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof EventGrammarError)) throw cause;
    throw new BlueprintError(`${where}: ${cause.message}`, { cause });
  }
}

function isThere(names: readonly { readonly name: string }[], named: string): boolean {
  return names.some((each) => each.name === named);
}

function checkTarget(where: string, target: TargetSpec, blueprint: Described): void {
  const { functions, workflows, machines = [], queues = [] } = blueprint;
  if ('workflow' in target && !isThere([...workflows, ...machines], target.workflow))
    throw new BlueprintError(`${where}: there is no workflow ${target.workflow} to start`);
  if ('function' in target && !isThere(functions, target.function))
    throw new BlueprintError(`${where}: there is no function ${target.function} to invoke`);
  if ('queue' in target) {
    const queue = queues.find((each) => each.name === target.queue);
    if (queue === undefined)
      throw new BlueprintError(`${where}: there is no queue ${target.queue} to send to`);
    if (queue.fifo === true)
      throw new BlueprintError(
        `${where}: ${target.queue} is FIFO, whose messages need a group; send to a queue that is not`,
      );
  }
}

/** @throws {BlueprintError} for a queue of dead letters that is not there, or FIFO: neither EventBridge nor Scheduler takes one */
function checkDeadLetters(
  where: string,
  { deadLetters }: DeadLettersSpec,
  { queues = [] }: Described,
): void {
  if (deadLetters === undefined) return;
  const queue = queues.find((each) => each.name === deadLetters.queue);
  if (queue === undefined)
    throw new BlueprintError(`${where}: there is no queue ${deadLetters.queue} for dead letters`);
  if (queue.fifo === true)
    throw new BlueprintError(
      `${where}: ${deadLetters.queue} is FIFO, which takes no dead letters of events`,
    );
}

function checkRule(bus: BusSpec, rule: RuleSpec, blueprint: Described): void {
  const where = `rule ${rule.name} of the bus ${bus.name}`;
  grammatical(where, () => compilePattern(rule.pattern));
  const { length } = JSON.stringify(rule.pattern);
  if (length > longestPattern)
    throw new BlueprintError(
      `${where}: its pattern has ${length} characters; EventBridge takes ${longestPattern}`,
    );
  checkTarget(where, rule.target, blueprint);
  checkDeadLetters(where, rule, blueprint);
}

function checkSchedule(schedule: ScheduleSpec, blueprint: Described): void {
  const where = `schedule ${schedule.name}`;
  grammatical(where, () => parseExpression(schedule.expression, schedule.timeZone));
  checkTarget(where, schedule.target, blueprint);
  checkDeadLetters(where, schedule, blueprint);
}

/** @throws {BlueprintError} for names of rules that clash, prefixes that are none, and targets that are not there */
function checkCreated(blueprint: Described): void {
  const rules = blueprint.buckets.flatMap(({ name: bucket, created = [] }) =>
    created.map((rule) => ({ ...rule, bucket })),
  );
  checkNames(
    'rules of new objects',
    rules.map(({ name }) => name),
  );
  for (const rule of rules) {
    const { name, bucket, prefix, target } = rule;
    const where = `rule ${name} of the bucket ${bucket}`;
    if (!/^$|[^/]\/$/.test(prefix))
      throw new BlueprintError(
        `${where}: its prefix ${JSON.stringify(prefix)} has to end in one slash`,
      );
    checkTarget(where, target, blueprint);
    checkDeadLetters(where, rule, blueprint);
  }
}

/**
 * Checks that the targets of rules and schedules are there, and that their patterns, expressions and time zones are ones that AWS takes.
 * Every home asks before it makes any of them.
 *
 * @throws {BlueprintError} naming what is wrong
 */
export function checkEvents(blueprint: Described): void {
  const { buses = [], schedules = [] } = blueprint;
  checkNames(
    'buses',
    buses.map((bus) => bus.name),
  );
  for (const bus of buses) {
    checkNames(
      `rules of the bus ${bus.name}`,
      bus.rules.map((rule) => rule.name),
    );
    for (const rule of bus.rules) checkRule(bus, rule, blueprint);
  }
  checkNames(
    'schedules',
    schedules.map((schedule) => schedule.name),
  );
  for (const schedule of schedules) checkSchedule(schedule, blueprint);
  checkCreated(blueprint);
}
