import { apiArn, arn, bucketArn, globalArn, type Place, toolkitArns } from './arns.ts';
import type { OwnNames } from './stage-names.ts';
import type { Statement } from './statement.ts';

/** CloudFormation's rights over what has ids instead of names. The tag of another stage keeps it from this one. */
export function executionOverIds(place: Place, own: OwnNames): readonly Statement[] {
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
