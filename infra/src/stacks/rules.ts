import {
  type Blueprint,
  type DeadLettersSpec,
  objectCreatedPattern,
  physicalName,
  type TargetSpec,
} from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { bucketName, ruleArn, ruleArnByName } from '../names.ts';
import { deadLettersArn, startsTargets, type Target, targetOf } from './targets.ts';

/** The role by which rules start state machines; functions and queues say themselves which rule may. */
function startRole(stack: NestedStack, targets: readonly Target[]): Role | undefined {
  const machines = targets.filter(({ kind }) => kind === 'workflow');
  if (machines.length === 0) return undefined;
  return new Role(stack, 'RulesStart', {
    assumedBy: new ServicePrincipal('events.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
    description: 'Of the rules of buses: starts their workflows',
    inlinePolicies: { start: new PolicyDocument({ statements: [...startsTargets(machines)] }) },
  });
}

/** A rule of a bus; without a bus of the account's own, where S3's events are. */
interface Rule extends DeadLettersSpec {
  readonly bus?: string;
  readonly name: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly target: TargetSpec;
}

/** Returns the rules of the buses, and those of new objects. */
function rulesOf({ buses = [], buckets }: Blueprint, stageName: string): readonly Rule[] {
  return [
    ...buses.flatMap(({ name: bus, rules }) => rules.map((rule) => ({ ...rule, bus }))),
    ...buckets.flatMap(({ name: bucket, created = [] }) =>
      created.map(({ prefix, ...rule }) => ({
        ...rule,
        pattern: objectCreatedPattern(bucketName(bucket, stageName), prefix),
      })),
    ),
  ];
}

/**
 * Adds the rules of the buses and of new objects, each with its target.
 *
 * @throws {OptionError} if one starts what there is not
 */
export function addRules(stack: NestedStack, blueprint: Blueprint, stageName: string): void {
  const rules = rulesOf(blueprint, stageName).map((rule) => ({
    rule,
    target: targetOf(stack, rule.target, blueprint, stageName),
  }));
  const role = startRole(
    stack,
    rules.map(({ target }) => target),
  );
  for (const { rule, target } of rules) {
    const { bus, name, pattern } = rule;
    const { input } = rule.target;
    const dead = deadLettersArn(stack, rule, blueprint, stageName);
    const id = `${bus ?? 'created'}-${name}`;
    new CfnRule(stack, `Rule-${id}`, {
      name: physicalName(name, stageName),
      ...(bus !== undefined && { eventBusName: physicalName(bus, stageName) }),
      eventPattern: pattern,
      targets: [
        {
          id: 'target',
          arn: target.arn,
          ...(input !== undefined && { input: JSON.stringify(input) }),
          ...(target.kind === 'workflow' && role && { roleArn: role.roleArn }),
          ...(dead !== undefined && { deadLetterConfig: { arn: dead } }),
        },
      ],
    });
    if (target.kind === 'function')
      new CfnPermission(stack, `Allow-${id}`, {
        action: 'lambda:InvokeFunction',
        functionName: target.arn,
        principal: 'events.amazonaws.com',
        sourceArn:
          bus === undefined
            ? ruleArnByName(stack, physicalName(name, stageName))
            : ruleArn(stack, bus, name, stageName),
      });
  }
}
