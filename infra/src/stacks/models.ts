import { type FunctionSpec, needsOfFunction, physicalName } from '@chorus/blueprint';
import { Duration, NestedStack, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  type Alias,
  ApplicationLogLevel,
  Architecture,
  CfnFunction,
  DockerImageFunction,
  LoggingFormat,
  SnapStartConf,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { functionImage } from '../function-image.ts';
import { liveAlias } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { readLink } from './feature-store-link.ts';
import { environmentOf } from './function-environment.ts';
import { functionRole } from './function-role.ts';
import { nameRoleOnce } from './name-role-once.ts';
import type { Service } from './service.ts';

/** A deployed function: callers use the alias, alarms the log. */
export interface DeployedFunction {
  readonly spec: FunctionSpec;
  readonly live: Alias;
  readonly log: LogGroup;
}

/**
 * A function's description. A promotion publishes a model with a description of its own. So a deployment that takes
 * over what was promoted still differs from the version published last, and Lambda makes a new one instead of
 * refusing.
 */
const descriptions: Readonly<Record<FunctionSpec['kind'], (name: string) => string>> = {
  model: (name) => `Serves the model ${name}`,
  task: (name) => `A step of workflows: ${name}`,
  http: (name) => `Answers a route: ${name}`,
};

/**
 * Puts a function into the feature store's network. Its ids come from parameters, which the CDK's own option does not
 * take; and it would attach a policy, while the role says already all there is to say.
 */
function joinNetwork(deployed: DockerImageFunction, { name: stageName }: StageOptions): void {
  const { subnetA, subnetB, securityGroup } = readLink(stageName);
  const { defaultChild } = deployed.node;
  if (CfnFunction.isCfnFunction(defaultChild))
    defaultChild.vpcConfig = { subnetIds: [subnetA, subnetB], securityGroupIds: [securityGroup] };
}

/** Asks the live version whether it is ready, so that one environment with loaded weights stays. */
function keepWarm(stack: NestedStack, { spec, live }: DeployedFunction): void {
  if (spec.keepWarmMinutes === undefined) return;
  new Rule(stack, `KeepWarm-${spec.name}`, {
    description: `Keeps an environment of ${spec.name} ready`,
    schedule: Schedule.rate(Duration.minutes(spec.keepWarmMinutes)),
    targets: [
      new LambdaFunction(live, {
        event: RuleTargetInput.fromObject({ chorus: 'ready' }),
        retryAttempts: 0,
      }),
    ],
  });
}

function addFunction(
  stack: NestedStack,
  spec: FunctionSpec,
  service: Service,
  stage: StageOptions,
): DeployedFunction {
  const functionName = physicalName(spec.name, stage.name);
  const { provisionedConcurrency, temporaryStorageMb } = spec;
  const log = new LogGroup(stack, `Log-${spec.name}`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = functionRole(stack, spec, log, service, stage);
  const deployed = new DockerImageFunction(stack, spec.name, {
    functionName,
    description: descriptions[spec.kind](spec.name),
    code: functionImage(spec, service),
    architecture: spec.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    memorySize: spec.memoryMb,
    timeout: Duration.seconds(spec.timeoutSeconds),
    environment: environmentOf(stack, spec, service, stage),
    role,
    logGroup: log,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    // INFO has Lambda write the report of each invocation, from which cold starts and cost are counted.
    systemLogLevelV2: SystemLogLevel.INFO,
    tracing: Tracing.ACTIVE,
    ...(stage.reservesConcurrency !== false && { reservedConcurrentExecutions: spec.concurrency }),
    ...(temporaryStorageMb !== undefined && {
      ephemeralStorageSize: Size.mebibytes(temporaryStorageMb),
    }),
    ...(spec.snapStart === true && { snapStart: SnapStartConf.ON_PUBLISHED_VERSIONS }),
    currentVersionOptions: {
      // What a rollback goes back to.
      removalPolicy: RemovalPolicy.RETAIN,
      // On the version, not on the alias: there, weights that a failed promotion leaves would block every deployment.
      ...(provisionedConcurrency !== undefined &&
        provisionedConcurrency > 0 && { provisionedConcurrentExecutions: provisionedConcurrency }),
    },
  });
  nameRoleOnce(deployed);
  if (needsOfFunction(spec, service.blueprint).isolated === true) joinNetwork(deployed, stage);
  if (spec.snapStart === true)
    acknowledge(
      deployed,
      '@aws-cdk/aws-lambda:snapStartRequirePublish',
      'callers use the alias of a published version',
    );
  const live = deployed.addAlias(liveAlias, { description: 'The version that answers' });
  return { spec, live, log };
}

/** Adds the nested stack of the functions, each with its role, log and alias `live`. */
export function addModels(
  scope: Construct,
  service: Service,
  stage: StageOptions,
): { readonly stack: NestedStack; readonly functions: readonly DeployedFunction[] } {
  const stack = new NestedStack(scope, 'Models', { description: 'Chorus: functions' });
  const functions = service.blueprint.functions.map((spec) =>
    addFunction(stack, spec, service, stage),
  );
  for (const deployed of functions) keepWarm(stack, deployed);
  return { stack, functions };
}
