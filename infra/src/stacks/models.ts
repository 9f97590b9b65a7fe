import { type FunctionSpec, needsOfFunction, physicalName } from '@chorus/blueprint';
import { Duration, NestedStack, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  CfnFunction,
  DockerImageFunction,
  LoggingFormat,
  SnapStartConf,
  SystemLogLevel,
  Tracing,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { architectureOf } from '../architecture.ts';
import { functionImage } from '../function-image.ts';
import { functionLogName, liveAlias, nextAlias } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { readLink } from './feature-store-link.ts';
import { environmentOf } from './function-environment.ts';
import { functionRole } from './function-role.ts';
import { nameRoleOnce } from './name-role-once.ts';
import type { Service } from './service.ts';

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
function keepWarm(stack: NestedStack, spec: FunctionSpec, live: Alias): void {
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

/**
 * Adds the aliases: `next` of the version that is made now, and `live` of the one that answers, by its number, so that
 * making a version changes nothing that answers. A function that has none yet answers with its first one at once.
 *
 * @returns the alias `live`
 */
function addAliases(deployed: DockerImageFunction, live: string | undefined): Alias {
  deployed.addAlias(nextAlias, { description: 'The version that a release tries' });
  return new Alias(deployed, `Alias${liveAlias}`, {
    aliasName: liveAlias,
    description: 'The version that answers',
    version:
      live === undefined
        ? deployed.currentVersion
        : Version.fromVersionAttributes(deployed, 'Live', { lambda: deployed, version: live }),
  });
}

function addFunction(
  stack: NestedStack,
  spec: FunctionSpec,
  service: Service,
  stage: StageOptions,
): void {
  const functionName = physicalName(spec.name, stage.name);
  const { temporaryStorageMb } = spec;
  const log = new LogGroup(stack, `Log-${spec.name}`, {
    logGroupName: functionLogName(spec.name, stage.name),
    retention: stage.logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = functionRole(stack, spec, log, service, stage);
  const deployed = new DockerImageFunction(stack, spec.name, {
    functionName,
    description: descriptions[spec.kind](spec.name),
    code: functionImage(spec, service),
    architecture: architectureOf(spec) === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
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
      // What a rollback goes back to; but one that a failed deployment made goes with it.
      // Environments that it keeps ready are a matter of the release, which also ends them.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
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
  keepWarm(stack, spec, addAliases(deployed, stage.pins[spec.name]?.live));
}

/** Adds the nested stack of the functions, each with its role, log and aliases. */
export function addModels(scope: Construct, service: Service, stage: StageOptions): NestedStack {
  const stack = new NestedStack(scope, 'Models', { description: 'Chorus: functions' });
  for (const spec of service.blueprint.functions) addFunction(stack, spec, service, stage);
  return stack;
}
