import { namedArns, namedServices, type Place } from './arns.ts';
import { executionOverIds } from './execution-over-ids.ts';
import type { OwnNames } from './stage-names.ts';
import type { Statement } from './statement.ts';

/** Reads that AWS gives no resource to, and calls that name what only AWS names. */
const nameless = [
  'cloudfront:List*',
  'ec2:Describe*',
  'ec2:GetSecurityGroupsForVpc',
  'elasticache:Describe*',
  'iam:ListRoles',
  'lambda:GetCodeSigningConfig',
  'lambda:GetEventSourceMapping',
  'lambda:ListEventSourceMappings',
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:Describe*',
  'logs:DeleteResourcePolicy',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'rds:CreateDBProxy',
  'rds:Describe*',
  'states:ValidateStateMachineDefinition',
  'xray:CreateSamplingRule',
  'xray:DeleteSamplingRule',
  'xray:GetSamplingRules',
  'xray:ListTagsForResource',
  'xray:TagResource',
  'xray:UntagResource',
  'xray:UpdateSamplingRule',
];

/** Calls that read or change data, or run code: deployments make things, and use none of them. */
const usingData = [
  'dynamodb:*Item',
  'dynamodb:PartiQL*',
  'dynamodb:Query',
  'dynamodb:Scan',
  'events:PutEvents',
  'lambda:Invoke*',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:StartQuery',
  'rds-data:*',
  'sns:Publish*',
  'sqs:*Message',
  'sqs:PurgeQueue',
  'secretsmanager:GetSecretValue',
  'states:StartExecution',
  'states:StartSyncExecution',
];

/**
 * The rights of CloudFormation as it deploys a stage, instead of AdministratorAccess, which the CDK takes by default: the
 * services that the stacks are made of, under the stage's names; roles only within the boundary; no data.
 */
export function executionPolicy(place: Place, own: OwnNames): readonly Statement[] {
  // Those over jobs are in a policy of their own: one holds no more.
  const { batch: _, ...arns } = namedArns(place, own.prefix);
  return [
    {
      Sid: 'Named',
      Effect: 'Allow',
      Action: namedServices.flatMap((service) => (service === 'batch' ? [] : `${service}:*`)),
      Resource: Object.values(arns).flat(),
    },
    { Sid: 'Nameless', Effect: 'Allow', Action: nameless, Resource: '*' },
    { Sid: 'NoData', Effect: 'Deny', Action: usingData, Resource: '*' },
    ...executionOverIds(place, own),
  ];
}
