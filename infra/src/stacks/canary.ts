import { type Canary, physicalName } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge.ts';
import { functionArn, liveAlias } from '../names.ts';
import type { StageOptions } from '../options.ts';
import type { Service } from './service.ts';

/** CodeDeploy's own configurations, which every account has. */
const configurations: Readonly<Record<Canary, string>> = {
  'all-at-once': 'CodeDeployDefault.LambdaAllAtOnce',
  '10-percent-5-minutes': 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  '10-percent-15-minutes': 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
};

/** Alarms that end a deployment and take it back, by their names. */
export const stoppingAlarms = ['api-errors', 'function-errors'] as const;

/** CodeDeploy moves the alias `live` of the functions, and looks at alarms, which cannot be named in a policy. */
function deployRole(stack: NestedStack, { blueprint }: Service, stageName: string): Role {
  const arns = (qualifier?: typeof liveAlias) =>
    blueprint.functions.map(({ name }) => functionArn(stack, name, stageName, qualifier));
  const role = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    description: 'Moves the aliases of the functions',
    inlinePolicies: {
      move: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'MoveAliases',
            actions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
            resources: arns(),
          }),
          new PolicyStatement({
            sid: 'WaitForEnvironments',
            actions: ['lambda:GetProvisionedConcurrencyConfig'],
            resources: arns(liveAlias),
          }),
          new PolicyStatement({
            sid: 'ReadAlarms',
            actions: ['cloudwatch:DescribeAlarms'],
            resources: ['*'],
          }),
        ],
      }),
    },
  });
  acknowledgeWildcard(role, '*', 'CloudWatch tells of all alarms or of none');
  return role;
}

/**
 * Adds the nested stack of CodeDeploy: an application, and for each function a group of its name, by which a release moves
 * the function's alias `live` to another version, some requests first. An alarm, or a failure, moves it back.
 */
export function addCanary(scope: Construct, service: Service, options: StageOptions): NestedStack {
  const { name: stageName, canary = 'all-at-once' } = options;
  const stack = new NestedStack(scope, 'Canary', { description: 'Chorus: how aliases move' });
  const application = new CfnApplication(stack, 'Application', {
    applicationName: physicalName('functions', stageName),
    computePlatform: 'Lambda',
  });
  const role = deployRole(stack, service, stageName);
  for (const { name } of service.blueprint.functions)
    new CfnDeploymentGroup(stack, `Group-${name}`, {
      applicationName: application.ref,
      deploymentGroupName: physicalName(name, stageName),
      serviceRoleArn: role.roleArn,
      deploymentConfigName: configurations[canary],
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      alarmConfiguration: {
        enabled: true,
        alarms: stoppingAlarms.map((alarm) => ({ name: physicalName(alarm, stageName) })),
      },
    });
  return stack;
}
