import type { Blueprint } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { addConsumers } from './consumers.ts';
import { addRules } from './rules.ts';
import { addSchedules } from './schedules.ts';

/** Whether anything is started without a caller. */
function hasTriggers({
  functions,
  buckets,
  queues = [],
  buses = [],
  schedules = [],
}: Blueprint): boolean {
  return (
    queues.some(({ consumer }) => consumer !== undefined) ||
    functions.some(({ asynchronous }) => asynchronous !== undefined) ||
    buses.some(({ rules }) => rules.length > 0) ||
    schedules.length > 0 ||
    buckets.some(({ created = [] }) => created.length > 0)
  );
}

/**
 * Adds the nested stack of what starts functions and workflows without a caller: consumers of queues, rules, schedules. It is a
 * part of Serving, since it answers, in a way: a release changes it once `live` has moved, and brings it back with the aliases.
 *
 * @throws {OptionError} if something starts what there is not
 */
export function addTriggers(
  scope: Construct,
  blueprint: Blueprint,
  { name }: StageOptions,
): NestedStack | undefined {
  if (!hasTriggers(blueprint)) return undefined;
  const stack = new NestedStack(scope, 'Triggers', {
    description: 'Chorus: consumers, rules and schedules',
  });
  addConsumers(stack, blueprint, name);
  addRules(stack, blueprint, name);
  addSchedules(stack, blueprint, name);
  return stack;
}
