import { apiArn, arn, bucketArn, namedArns, type Place, toolkitArns } from './arns.ts';
import { denyNamesOfOthers, denyTagsOfOthers } from './deny-others.ts';
import { type OwnNames, previews } from './stage-names.ts';
import type { Statement } from './statement.ts';

/** Reads what is live, for an assembly that keeps it; changes nothing. */
export function assembleRights(place: Place, own: OwnNames): readonly Statement[] {
  const { lambda, cloudformation } = namedArns(place, own.prefix);
  return [
    {
      Sid: 'ReadLive',
      Effect: 'Allow',
      Action: ['lambda:GetAlias', 'lambda:GetFunctionConfiguration'],
      Resource: lambda,
    },
    {
      Sid: 'ReadStacks',
      Effect: 'Allow',
      Action: 'cloudformation:DescribeStacks',
      Resource: cloudformation,
    },
    ...denyTagsOfOthers(own),
    ...denyNamesOfOthers(place, own, ['lambda', 'cloudformation']),
  ];
}

/** What only a preview may: its data ends with it. */
function endData(place: Place, { bootstrap, prefix }: OwnNames): readonly Statement[] {
  if (bootstrap !== previews) return [];
  return [
    {
      Sid: 'EndData',
      Effect: 'Allow',
      Action: [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:ListBucket',
        's3:ListBucketVersions',
      ],
      Resource: bucketArn(place, `${prefix}*`),
    },
    { Sid: 'FindExpired', Effect: 'Allow', Action: 'cloudformation:ListStacks', Resource: '*' },
  ];
}

/** Calls of AWS that a release looks around with, and that take no resource. */
const looksAround = [
  'ec2:DescribeAvailabilityZones',
  'lambda:GetAccountSettings',
  'servicequotas:GetServiceQuota',
  'sts:GetCallerIdentity',
];

/**
 * The rights of a release. What CloudFormation makes, it makes with its own role; this one hands it templates, tries
 * what was made, moves aliases, and goes back.
 */
export function deployRights(place: Place, own: OwnNames): readonly Statement[] {
  const { prefix, qualifier } = own;
  const { cloudformation, codedeploy, lambda, states } = namedArns(place, prefix);
  const toolkit = toolkitArns(place, own);
  const models = bucketArn(place, `${prefix}models-*`);
  const pages = bucketArn(place, `${prefix}*pages*`);
  return [
    {
      Sid: 'Toolkit',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: [
        toolkit.role('deploy'),
        toolkit.role('file-publishing'),
        toolkit.role('image-publishing'),
      ],
    },
    {
      Sid: 'ToolkitVersion',
      Effect: 'Allow',
      Action: 'ssm:GetParameter',
      Resource: arn(place, 'ssm', `parameter/cdk-bootstrap/${qualifier}/version`),
    },
    { Sid: 'FindImages', Effect: 'Allow', Action: 'ecr:DescribeImages', Resource: toolkit.images },
    { Sid: 'LookAround', Effect: 'Allow', Action: looksAround, Resource: '*' },
    {
      Sid: 'Stacks',
      Effect: 'Allow',
      Action: [
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
        'cloudformation:UpdateStack',
        'cloudformation:UpdateTerminationProtection',
      ],
      Resource: cloudformation,
    },
    {
      Sid: 'Functions',
      Effect: 'Allow',
      Action: [
        'lambda:GetAlias',
        'lambda:GetFunction',
        'lambda:GetFunctionConfiguration',
        'lambda:InvokeFunction',
        'lambda:ListAliases',
        'lambda:ListVersionsByFunction',
        'lambda:UpdateAlias',
      ],
      Resource: lambda,
    },
    {
      Sid: 'Canary',
      Effect: 'Allow',
      Action: [
        'codedeploy:CreateDeployment',
        'codedeploy:GetApplicationRevision',
        'codedeploy:GetDeployment',
        'codedeploy:GetDeploymentGroup',
        'codedeploy:ListDeployments',
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:StopDeployment',
      ],
      Resource: codedeploy,
    },
    {
      Sid: 'CanaryKinds',
      Effect: 'Allow',
      Action: 'codedeploy:GetDeploymentConfig',
      Resource: arn(place, 'codedeploy', 'deploymentconfig:*'),
    },
    {
      Sid: 'TryWorkflows',
      Effect: 'Allow',
      Action: ['states:DescribeStateMachine', 'states:StartSyncExecution'],
      Resource: states,
    },
    {
      Sid: 'ModelVersions',
      Effect: 'Allow',
      Action: ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
      Resource: [models, pages],
    },
    {
      Sid: 'DatabaseUser',
      Effect: 'Allow',
      Action: 'rds-data:ExecuteStatement',
      Resource: arn(place, 'rds', `cluster:${prefix}*`),
    },
    {
      Sid: 'DatabaseAdministrator',
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: arn(place, 'secretsmanager', 'secret:rds!cluster-*'),
      // RDS tags the secret with the cluster that it is of.
      Condition: {
        ArnLike: {
          'aws:ResourceTag/aws:rds:primaryDBClusterArn': arn(place, 'rds', `cluster:${prefix}*`),
        },
      },
    },
    {
      Sid: 'ReadKey',
      Effect: 'Allow',
      Action: 'apigateway:GET',
      Resource: ['apikeys', 'apikeys/*'].map((path) => apiArn(place, path)),
    },
    ...endData(place, own),
    ...denyTagsOfOthers(own),
    ...denyNamesOfOthers(place, own, [
      'cloudformation',
      'codedeploy',
      'lambda',
      'rds',
      's3',
      'states',
    ]),
  ];
}
