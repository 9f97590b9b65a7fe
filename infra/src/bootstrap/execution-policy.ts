import {
  apiArn,
  arn,
  bucketArn,
  globalArn,
  namedArns,
  namedServices,
  type Place,
  pathArns,
  toolkitArns,
} from './arns.ts';
import { bootstrapName, type OwnNames } from './stage-names.ts';
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

/** The services that may be given a role of ours. */
const passedTo = [
  'apigateway',
  'batch',
  'codedeploy',
  'ecs-tasks',
  'events',
  'lambda',
  'rds',
  'scheduler',
  'states',
];

/** The services that make a role of their own in an account that has none yet. */
const linkedTo = ['batch', 'elasticache', 'ops.apigateway', 'rds', 'wafv2', 'replicator.lambda'];

const host = (service: string) => `${service}.amazonaws.com`;

/** What has ids instead of names. The tag of another stage keeps it from this one. */
function ids(place: Place, own: OwnNames): readonly Statement[] {
  const toolkit = toolkitArns(place, own);
  return [
    {
      Sid: 'Ids',
      Effect: 'Allow',
      Action: ['apigateway:*', 'cloudfront:*', 'ec2:*', 'rds:*', 'wafv2:*'],
      Resource: [
        ...['restapis', 'usageplans', 'apikeys', 'domainnames', 'tags', 'account'].map((kind) =>
          apiArn(place, `${kind}*`),
        ),
        ...[
          'distribution',
          'function',
          'origin-access-control',
          'cache-policy',
          'origin-request-policy',
          'response-headers-policy',
        ].map((kind) => globalArn(place, 'cloudfront', `${kind}/*`)),
        // Those that a database has by default, and what a proxy is called.
        ...[
          'og:default',
          'pg:default',
          'cluster-pg:default',
          'db-proxy:prx-',
          'target-group:prx-',
        ].map((name) => arn(place, 'rds', `${name}*`)),
        // ElastiCache has its own way into a network.
        ...[
          'internet-gateway',
          'vpc',
          'vpc-endpoint',
          'subnet',
          'route-table',
          'security-group',
          'security-group-rule',
        ].map((kind) => arn(place, 'ec2', `${kind}/*`)),
        arn(place, 'wafv2', 'regional/*'),
      ],
    },
    {
      Sid: 'DatabaseSecret',
      Effect: 'Allow',
      Action: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
      Resource: arn(place, 'secretsmanager', 'secret:rds!cluster-*'),
    },
    {
      Sid: 'ReadKeys',
      Effect: 'Allow',
      Action: 'kms:DescribeKey',
      Resource: arn(place, 'kms', 'key/*'),
    },
    {
      Sid: 'KeysForServices',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: arn(place, 'kms', 'key/*'),
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      Sid: 'Images',
      Effect: 'Allow',
      Action: [
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
        'ecr:GetRepositoryPolicy',
        'ecr:SetRepositoryPolicy',
      ],
      Resource: toolkit.images,
    },
    {
      Sid: 'Assets',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: `${toolkit.bucket}/*`,
    },
    // Names and all of a bucket's settings are ours, objects are not.
    {
      Sid: 'NoObjects',
      Effect: 'Deny',
      Action: ['s3:DeleteObject*', 's3:GetObject*', 's3:PutObject*', 's3:RestoreObject'],
      Resource: bucketArn(place, `${own.prefix}*/*`),
    },
    // The topic of alarms is the bootstrap's: a deployment that could subscribe to it would hear of what it breaks.
    {
      Sid: 'NoAlarms',
      Effect: 'Deny',
      Action: 'sns:*',
      Resource: arn(place, 'sns', `${own.prefix}*alarms`),
    },
  ];
}

/** CloudFormation's rights over roles, as long as they have the stage's boundary. */
export function executionOverRoles(place: Place, names: OwnNames): readonly Statement[] {
  const own = pathArns(place, names);
  return [
    {
      Sid: 'BoundedRoles',
      Effect: 'Allow',
      Action: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
      ],
      Resource: own.roles,
      Condition: {
        StringEquals: {
          'iam:PermissionsBoundary': globalArn(
            place,
            'iam',
            `policy/${bootstrapName(names.bootstrap, 'boundary')}`,
          ),
        },
      },
    },
    {
      Sid: 'Roles',
      Effect: 'Allow',
      Action: [
        'iam:DeleteRole',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:List*',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      Resource: own.roles,
    },
    {
      Sid: 'Policies',
      Effect: 'Allow',
      Action: [
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:List*',
        'iam:SetDefaultPolicyVersion',
        'iam:TagPolicy',
        'iam:UntagPolicy',
      ],
      Resource: own.policies,
    },
    {
      Sid: 'PassRoles',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: own.roles,
      Condition: { StringEquals: { 'iam:PassedToService': passedTo.map(host) } },
    },
    // Nested stacks are made with the role of the stack that they are in.
    {
      Sid: 'PassItself',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: toolkitArns(place, names).role('cfn-exec'),
      Condition: { StringEquals: { 'iam:PassedToService': host('cloudformation') } },
    },
    {
      Sid: 'RolesOfServices',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: globalArn(place, 'iam', 'role/aws-service-role/*'),
      Condition: { StringEquals: { 'iam:AWSServiceName': linkedTo.map(host) } },
    },
  ];
}

/** CloudFormation's rights over what gives messages of queues to functions. */
export function executionOverConsumers(place: Place, own: OwnNames): readonly Statement[] {
  return [
    // Lambda names mappings of queues by itself; whose they are tells the function that gets the messages.
    {
      Sid: 'Consumers',
      Effect: 'Allow',
      Action: [
        'lambda:CreateEventSourceMapping',
        'lambda:DeleteEventSourceMapping',
        'lambda:UpdateEventSourceMapping',
      ],
      Resource: '*',
      Condition: { ArnLike: { 'lambda:FunctionArn': namedArns(place, own.prefix).lambda } },
    },
    {
      Sid: 'TagsOfConsumers',
      Effect: 'Allow',
      Action: ['lambda:ListTags', 'lambda:TagResource', 'lambda:UntagResource'],
      Resource: arn(place, 'lambda', 'event-source-mapping:*'),
    },
  ];
}

/** CloudFormation's rights over queues and definitions of jobs. It runs none. */
export function executionOverJobs(place: Place, own: OwnNames): readonly Statement[] {
  return [
    {
      Sid: 'Jobs',
      Effect: 'Allow',
      Action: [
        'batch:Create*',
        'batch:Delete*',
        'batch:Deregister*',
        'batch:Register*',
        'batch:TagResource',
        'batch:UntagResource',
        'batch:Update*',
      ],
      Resource: namedArns(place, own.prefix).batch,
    },
    { Sid: 'ReadJobs', Effect: 'Allow', Action: 'batch:Describe*', Resource: '*' },
  ];
}

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
    ...ids(place, own),
  ];
}
