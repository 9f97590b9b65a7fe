import { type Blueprint, consumerSchedules, physicalName } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { scheduleGroupArn, scheduleGroupName } from '../names.ts';
import { deadLettersArn, startsTargets, targetOf } from './targets.ts';

/** How often, and for how long, Scheduler tries again to start what did not start. */
const retryPolicy = { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 3600 } as const;

/**
 * Adds the schedules, those of consumers included, in a group of the stage's own, which alone may take the role that starts their targets.
 *
 * @throws {OptionError} if one starts what there is not
 */
export function addSchedules(stack: NestedStack, blueprint: Blueprint, stageName: string): void {
  const specs = [...(blueprint.schedules ?? []), ...consumerSchedules(blueprint)];
  const schedules = specs.map((schedule) => ({
    schedule,
    target: targetOf(stack, schedule.target, blueprint, stageName),
    dead: deadLettersArn(stack, schedule, blueprint, stageName),
  }));
  if (schedules.length === 0) return;
  const group = new CfnScheduleGroup(stack, 'Schedules', { name: scheduleGroupName(stageName) });
  const dead = new Set(schedules.flatMap((each) => each.dead ?? []));
  const role = new Role(stack, 'SchedulesStart', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnEquals: { 'aws:SourceArn': scheduleGroupArn(stack, stageName) },
      },
    }),
    description: 'Of the schedules: starts their targets',
    inlinePolicies: {
      start: new PolicyDocument({
        statements: [
          ...startsTargets(schedules.map(({ target }) => target)),
          ...(dead.size === 0
            ? []
            : [
                new PolicyStatement({
                  sid: 'KeepDeadLetters',
                  actions: ['sqs:SendMessage'],
                  resources: [...dead],
                }),
              ]),
        ],
      }),
    },
  });
  for (const { schedule, target, dead } of schedules) {
    const { name, purpose, expression, timeZone = 'UTC' } = schedule;
    const { input = {} } = schedule.target;
    const made = new CfnSchedule(stack, `Schedule-${name}`, {
      name: physicalName(name, stageName),
      description: purpose.slice(0, 512),
      groupName: scheduleGroupName(stageName),
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.arn,
        roleArn: role.roleArn,
        input: JSON.stringify(input),
        retryPolicy,
        ...(dead !== undefined && { deadLetterConfig: { arn: dead } }),
      },
    });
    made.addResourceDependency(group);
  }
}
