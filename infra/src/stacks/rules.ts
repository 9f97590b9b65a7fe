import { type Blueprint, physicalName } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { ruleArn } from '../names.ts';
import { startsTargets, type Target, targetOf } from './targets.ts';

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

/**
 * Adds the rules of the buses, each with its target.
 *
 * @throws {OptionError} if one starts what there is not
 */
export function addRules(stack: NestedStack, blueprint: Blueprint, stageName: string): void {
  const rules = (blueprint.buses ?? []).flatMap((bus) =>
    bus.rules.map((rule) => ({
      bus,
      rule,
      target: targetOf(stack, rule.target, blueprint, stageName),
    })),
  );
  const role = startRole(
    stack,
    rules.map(({ target }) => target),
  );
  for (const { bus, rule, target } of rules) {
    const { input } = rule.target;
    const id = `${bus.name}-${rule.name}`;
    new CfnRule(stack, `Rule-${id}`, {
      name: physicalName(rule.name, stageName),
      eventBusName: physicalName(bus.name, stageName),
      eventPattern: rule.pattern,
      targets: [
        {
          id: 'target',
          arn: target.arn,
          ...(input !== undefined && { input: JSON.stringify(input) }),
          ...(target.kind === 'workflow' && role && { roleArn: role.roleArn }),
        },
      ],
    });
    if (target.kind === 'function')
      new CfnPermission(stack, `Allow-${id}`, {
        action: 'lambda:InvokeFunction',
        functionName: target.arn,
        principal: 'events.amazonaws.com',
        sourceArn: ruleArn(stack, bus.name, rule.name, stageName),
      });
  }
}
