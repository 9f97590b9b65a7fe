import {
  isExpress,
  type MachineSpec,
  needsOfWorkflow,
  physicalName,
  type StateMachineSpec,
  substitutionKey,
  type WorkflowSpec,
} from '@chorus/blueprint';
import { CfnResource, NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge.ts';
import { OptionError } from '../errors.ts';
import { type AliasName, candidateName, functionArn, liveAlias } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { valueOn } from './function-environment.ts';
import { policyOf } from './link-policy.ts';
import { rightsOfDefinition } from './machine-rights.ts';
import { nameRoleOnce } from './name-role-once.ts';
import type { Service } from './service.ts';
import { addTrainingJobs } from './training-jobs.ts';

export interface DeployedWorkflow {
  readonly spec: WorkflowSpec;
  readonly machine: StateMachine;
}

/** A state machine that is a part of how workflows are answered. */
export interface DeployedMachine {
  readonly spec: MachineSpec;
  readonly machine: StateMachine;
}

/**
 * Returns the ARNs of the functions that a workflow asks, by what stands for each in its definition.
 *
 * @throws {OptionError} if it names one that there is not
 */
function askedBy(
  stack: NestedStack,
  workflow: StateMachineSpec,
  { functions }: Service['blueprint'],
  stageName: string,
  alias: AliasName,
): Readonly<Record<string, string>> {
  const unknown = workflow.functions.find(({ name }) => !functions.some((f) => f.name === name));
  if (unknown !== undefined)
    throw new OptionError(`workflow ${workflow.name} asks ${unknown.name}, which is no function`);
  return Object.fromEntries(
    workflow.functions.map(({ name }) => [
      substitutionKey(name),
      functionArn(stack, name, stageName, alias),
    ]),
  );
}

/** Returns the names of the tables and buckets of a workflow's links, by what stands for each in its definition. */
function namedBy(
  stack: NestedStack,
  workflow: StateMachineSpec,
  { blueprint }: Service,
  stage: StageOptions,
): Readonly<Record<string, string>> {
  const { variables } = needsOfWorkflow(workflow, blueprint);
  return Object.fromEntries(
    Object.entries(variables).flatMap(([variable, value]) => {
      const text = valueOn(stack, value, stage);
      return text === undefined ? [] : [[variable, text]];
    }),
  );
}

/** The actions that Step Functions needs to deliver an Express workflow's log; none of it has a resource to name. */
const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

/** The actions that Step Functions needs to write its segments. */
const traces = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/**
 * cfn-lint judges every DefinitionString by the schema of JSONPath, and breaks off when one is in JSONata. The same
 * definition passes asl-validator and CloudFormation's own validator in this package's tests.
 */
function lintsByItself(machine: StateMachine): void {
  const { defaultChild } = machine.node;
  if (CfnResource.isCfnResource(defaultChild))
    defaultChild.addMetadata('cfn-lint', { config: { ignore_checks: ['E1101', 'E3601'] } });
}

function addWorkflow(
  stack: NestedStack,
  spec: StateMachineSpec,
  service: Service,
  stage: StageOptions,
  alias: AliasName,
): StateMachine {
  const { blueprint } = service;
  const { name: stageName, logDays } = stage;
  const name = alias === liveAlias ? spec.name : candidateName(spec.name);
  const stateMachineName = physicalName(name, stageName);
  const asked = askedBy(stack, spec, blueprint, stageName, alias);
  const { statements } = needsOfWorkflow(spec, blueprint);
  const given = policyOf(stack, statements, stage);
  const own = rightsOfDefinition(stack, spec, stage);
  const training = addTrainingJobs(stack, spec, service, stage);
  const allowed = [...given.allowed, ...own.allowed, ...training.allowed];
  const log = new LogGroup(stack, `Log-${spec.name}`, {
    // Log groups of this name take the log deliveries of any number of state machines.
    logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
    retention: logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(stack, `Role-${spec.name}`, {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
    description: `Of the state machine ${stateMachineName}`,
    inlinePolicies: {
      ...(Object.keys(asked).length > 0 && {
        ask: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'AskModels',
              actions: ['lambda:InvokeFunction'],
              resources: Object.values(asked),
            }),
          ],
        }),
      }),
      ...(allowed.length > 0 && { use: new PolicyDocument({ statements: [...allowed] }) }),
      observe: new PolicyDocument({
        statements: [
          new PolicyStatement({ sid: 'DeliverLogs', actions: logDelivery, resources: ['*'] }),
          new PolicyStatement({ sid: 'WriteTraces', actions: traces, resources: ['*'] }),
        ],
      }),
    },
  });
  const substitutions = {
    ...asked,
    ...namedBy(stack, spec, service, stage),
    ...training.substitutions,
  };
  const machine = new StateMachine(stack, spec.name, {
    stateMachineName,
    stateMachineType: isExpress(spec) ? StateMachineType.EXPRESS : StateMachineType.STANDARD,
    // The definition that the local cloud runs, to the letter; the functions are filled in by CloudFormation.
    definitionBody: DefinitionBody.fromString(JSON.stringify(spec.definition)),
    // An empty object is refused.
    ...(Object.keys(substitutions).length > 0 && { definitionSubstitutions: substitutions }),
    role: role.withoutPolicyUpdates(),
    // Payloads stay out of logs: there may be people in them.
    logs: { destination: log, level: LogLevel.ERROR, includeExecutionData: false },
    tracingEnabled: true,
  });
  acknowledgeWildcard(
    role,
    '*',
    'Log deliveries and X-Ray segments have no resources to name; see the Step Functions guide on logging',
  );
  for (const { arn, reason } of [...given.wildcards, ...own.wildcards, ...training.wildcards])
    acknowledgeWildcard(role, arn, reason);
  acknowledge(
    machine,
    'AwsSolutions-SF1',
    'logging each of some 30 events of an execution would cost as much as all else; answers and X-Ray tell of those that succeed',
  );
  nameRoleOnce(machine);
  lintsByItself(machine);
  return machine;
}

/**
 * Adds the nested stack of the state machines: those that ask the functions' versions that are live, or those by which a
 * release tries the versions that are next. A release waits for answers, and a standard workflow gives none: it has no such
 * twin, nor has a machine that no caller asks by its name. Without any there is no stack, which CloudFormation would refuse.
 */
export function addWorkflows(
  scope: Construct,
  service: Service,
  stage: StageOptions,
  alias: AliasName,
): {
  readonly stack?: NestedStack;
  readonly workflows: readonly DeployedWorkflow[];
  readonly machines: readonly DeployedMachine[];
} {
  const { workflows, machines = [] } = service.blueprint;
  const isLive = alias === liveAlias;
  const specs = isLive ? workflows : workflows.filter(isExpress);
  const parts = isLive ? machines : [];
  if (specs.length + parts.length === 0) return { workflows: [], machines: [] };
  const [id, description] = isLive
    ? ['Workflows', 'Chorus: workflows']
    : ['Candidates', 'Chorus: workflows that ask what is not live yet'];
  const stack = new NestedStack(scope, id, { description });
  const deployed = <Spec extends StateMachineSpec>(spec: Spec) => ({
    spec,
    machine: addWorkflow(stack, spec, service, stage, alias),
  });
  return { stack, workflows: specs.map(deployed), machines: parts.map(deployed) };
}
