import { type FunctionSpec, needsOfFunction, physicalName } from '@chorus/blueprint';
import { Stack } from 'aws-cdk-lib';
import {
  Effect,
  type IRole,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge.ts';
import { OptionError } from '../errors.ts';
import { functionArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { policyOf, type Wildcard } from './link-policy.ts';
import {
  divideRights,
  mostManagedPolicies,
  mostPolicyCharacters,
  policyCharacters,
} from './policy-size.ts';
import type { Service } from './service.ts';

/** X-Ray has no resources to name. */
const writeTraces = {
  sid: 'WriteTraces',
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
};

/**
 * The actions by which Lambda puts a function into a network with its role; network interfaces have no names
 * beforehand.
 */
const networkActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Lambda may join a function to the network, but the function's own code, which has the same role, may not.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
function joinNetwork(
  stack: Stack,
  { name }: FunctionSpec,
  { name: stageName }: StageOptions,
): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'JoinNetwork', actions: networkActions, resources: ['*'] }),
    new PolicyStatement({
      sid: 'NotByItsCode',
      effect: Effect.DENY,
      actions: networkActions,
      resources: ['*'],
      conditions: {
        ArnEquals: { 'lambda:SourceFunctionArn': functionArn(stack, name, stageName) },
      },
    }),
  ];
}

/**
 * Policies of the role's own for what inline ones have no room for.
 *
 * @throws {OptionError} if there are more than a role may have
 */
function managedPolicies(
  scope: Construct,
  { name }: FunctionSpec,
  divided: readonly (readonly PolicyStatement[])[],
  wildcards: readonly Wildcard[],
  stage: StageOptions,
): ManagedPolicy[] {
  if (divided.length > mostManagedPolicies)
    throw new OptionError(
      `${name}: its rights take ${divided.length} managed policies, and IAM allows a role ${mostManagedPolicies}: let it call fewer models or functions, or give them to a service of their own`,
    );
  return divided.map((some, index) => {
    const policy = new ManagedPolicy(scope, `Policy-${name}-${index + 1}`, {
      description: `Of the function ${physicalName(name, stage.name)}`,
      statements: [...some],
    });
    const resources = new Set(some.flatMap((each) => each.resources));
    for (const { arn, reason } of wildcards)
      if (resources.has(arn)) acknowledgeWildcard(policy, arn, reason);
    return policy;
  });
}

/**
 * A function's own role: it writes its own log and traces, and does what its kind and links say. Nothing is granted by
 * resource policies, which would tie the nested stacks into a knot, and nothing is added later: the role says all there
 * is to say.
 *
 * @throws {BlueprintError} if the links contradict each other or the blueprint
 * @throws {OptionError} if there are more rights than IAM takes
 */
export function functionRole(
  scope: Construct,
  spec: FunctionSpec,
  log: LogGroup,
  { blueprint }: Service,
  stage: StageOptions,
): IRole {
  const stack = Stack.of(scope);
  const { statements, isolated } = needsOfFunction(spec, blueprint);
  const { allowed, wildcards } = policyOf(stack, statements, stage);
  const serve = [...allowed, ...(isolated === true ? joinNetwork(stack, spec, stage) : [])];
  const observe = new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'WriteOwnLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn],
      }),
      new PolicyStatement(writeTraces),
    ],
  });
  const room = mostPolicyCharacters - policyCharacters(stack, [observe]);
  const [inline = [], ...others] = divideRights(stack, serve, room);
  const managed = managedPolicies(scope, spec, others, wildcards, stage);
  const role = new Role(scope, `Role-${spec.name}`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Of the function ${physicalName(spec.name, stage.name)}`,
    inlinePolicies: {
      observe,
      ...(inline.length > 0 && { serve: new PolicyDocument({ statements: [...inline] }) }),
    },
    ...(managed.length > 0 && { managedPolicies: managed }),
  });
  acknowledgeWildcard(
    role,
    '*',
    'X-Ray takes segments without a resource, PutTraceSegments and PutTelemetryRecords cannot be narrowed; nor can what Lambda does to join a network, which is denied to the code',
  );
  for (const { arn, reason } of wildcards) acknowledgeWildcard(role, arn, reason);
  return role.withoutPolicyUpdates();
}
