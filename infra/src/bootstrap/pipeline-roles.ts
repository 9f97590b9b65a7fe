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
    // A model that is not live yet is deployed with its newest version.
    {
      Sid: 'ReadModels',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: bucketArn(place, `${own.prefix}models-*`),
    },
    ...denyTagsOfOthers(own),
    ...denyNamesOfOthers(place, own, ['lambda', 'cloudformation', 's3']),
  ];
}

/** What only a preview may: it ends with all that it has. A person ends a stage, with rights of their own. */
function endPreview(place: Place, { bootstrap, prefix }: OwnNames): readonly Statement[] {
  if (bootstrap !== previews) return [];
  const { cloudformation, rds, s3 } = namedArns(place, prefix);
  return [
    {
      Sid: 'EndPreview',
      Effect: 'Allow',
      Action: [
        'cloudformation:DeleteStack',
        'rds:DeleteDBCluster',
        'rds:DeleteDBInstance',
        'rds:ModifyDBCluster',
        's3:DeleteBucket',
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:ListBucket',
        's3:ListBucketVersions',
      ],
      Resource: [...cloudformation, ...rds, ...s3],
    },
    // Which have expired, CloudFormation tells of all stacks or of none.
    {
      Sid: 'FindPreviews',
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStacks', 'cloudformation:ListStacks'],
      Resource: '*',
    },
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
  // CloudFormation names it after its stack.
  const pages = bucketArn(place, `${prefix}*serving-*`);
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
        'cloudformation:CancelUpdateStack',
        'cloudformation:ContinueUpdateRollback',
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
        'lambda:DeleteProvisionedConcurrencyConfig',
        'lambda:GetAlias',
        'lambda:GetFunction',
        'lambda:GetFunctionConcurrency',
        'lambda:GetFunctionConfiguration',
        'lambda:InvokeFunction',
        'lambda:ListAliases',
        'lambda:ListProvisionedConcurrencyConfigs',
        'lambda:ListVersionsByFunction',
        'lambda:PutProvisionedConcurrencyConfig',
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
      Action: ['rds-data:ExecuteStatement', 'rds:DescribeDBClusters'],
      Resource: arn(place, 'rds', `cluster:${prefix}*`),
    },
    {
      Sid: 'DatabaseAdministrator',
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: arn(place, 'secretsmanager', 'secret:rds!cluster-*'),
      // RDS tags the secret with the cluster that it is of. Production's name has no wildcard, which would take in others.
      Condition: {
        ArnLike: {
          'aws:ResourceTag/aws:rds:primaryDBClusterArn': arn(
            place,
            'rds',
            `cluster:${prefix}${own.bootstrap === previews ? '*-' : ''}features`,
          ),
        },
      },
    },
    {
      Sid: 'ReadKey',
      Effect: 'Allow',
      Action: 'apigateway:GET',
      Resource: ['apikeys', 'apikeys/*'].map((path) => apiArn(place, path)),
    },
    ...endPreview(place, own),
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
