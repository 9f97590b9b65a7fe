import type { Blueprint, DeadLettersSpec, TargetSpec } from '@chorus/blueprint';
import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { OptionError } from '../errors.ts';
import { functionArn, liveAlias, queueArn, stateMachineArn } from '../names.ts';

/** The right that starts a target. */
const actions = {
  function: 'lambda:InvokeFunction',
  queue: 'sqs:SendMessage',
  workflow: 'states:StartExecution',
} as const;

/** What an event or a moment starts, as AWS names it. */
export interface Target {
  readonly kind: keyof typeof actions;
  readonly arn: string;
}

/**
 * Returns the target of a rule or a schedule: the function's version that is live, a state machine, or a queue.
 *
 * @throws {OptionError} if the blueprint has no such thing
 */
export function targetOf(
  stack: Stack,
  target: TargetSpec,
  blueprint: Blueprint,
  stageName: string,
): Target {
  const { functions, workflows, machines = [], queues = [] } = blueprint;
  if ('function' in target && functions.some(({ name }) => name === target.function))
    return { kind: 'function', arn: functionArn(stack, target.function, stageName, liveAlias) };
  if ('workflow' in target && [...workflows, ...machines].some((m) => m.name === target.workflow))
    return { kind: 'workflow', arn: stateMachineArn(stack, target.workflow, stageName) };
  const queue =
    'queue' in target ? queues.find(({ name, fifo }) => name === target.queue && !fifo) : undefined;
  if (queue !== undefined) return { kind: 'queue', arn: queueArn(stack, queue, stageName) };
  throw new OptionError(`${JSON.stringify(target)} is nothing that the service could start`);
}

/** Returns the ARN of the queue that gets what a rule or a schedule could not start. */
export function deadLettersArn(
  stack: Stack,
  { deadLetters }: DeadLettersSpec,
  { queues = [] }: Blueprint,
  stageName: string,
): string | undefined {
  const queue = queues.find(({ name }) => name === deadLetters?.queue);
  return queue && queueArn(stack, queue, stageName);
}

/** Returns the statements that start these targets and no others. */
export function startsTargets(targets: readonly Target[]): readonly PolicyStatement[] {
  return [...Map.groupBy(targets, ({ kind }) => kind)].map(
    ([kind, those]) =>
      new PolicyStatement({
        sid: `Start${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}s`,
        actions: [actions[kind]],
        resources: [...new Set(those.map(({ arn }) => arn))],
      }),
  );
}
