import { type OwnNames, rolePath } from './stage-names.ts';

/** An account and a region of it. They are written out, so that policies hold as much as IAM lets them. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Returns the place of an account and a region. */
export function placeOf(account: string, region: string): Place {
  const partition = region.startsWith('cn-')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return { partition, region, account };
}

/** Returns an ARN of a place. */
export function arn({ partition, region, account }: Place, service: string, name: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${name}`;
}

/** Returns an ARN of a service that has no regions. */
export function globalArn({ partition, account }: Place, service: string, name: string): string {
  return `arn:${partition}:${service}::${account}:${name}`;
}

/** Returns the ARN of a bucket, or of objects in one. */
export function bucketArn({ partition }: Place, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

/** Returns the ARN of resources of API Gateway, which has no accounts in them. */
export function apiArn({ partition, region }: Place, path: string): string {
  return `arn:${partition}:apigateway:${region}::/${path}`;
}

/** The services whose resources have names of ours. */
export const namedServices = [
  'batch',
  'cloudformation',
  'cloudwatch',
  'codedeploy',
  'dynamodb',
  'elasticache',
  'events',
  'lambda',
  'logs',
  'rds',
  's3',
  'scheduler',
  'sns',
  'sqs',
  'ssm',
  'states',
] as const;

export type NamedService = (typeof namedServices)[number];

/**
 * The ARNs of what has names of ours, by the service that has them. IAM takes no wildcard for a service, so each is
 * written out.
 *
 * @param prefix what the names begin with: `chorus-staging-`
 */
export function namedArns(
  place: Place,
  prefix: string,
): Readonly<Record<NamedService, readonly string[]>> {
  const here = (service: string) => (name: string) => arn(place, service, `${name}${prefix}*`);
  return {
    batch: ['compute-environment/', 'job-queue/', 'job-definition/'].map(here('batch')),
    cloudformation: [arn(place, 'cloudformation', `stack/${prefix}*/*`)],
    cloudwatch: [
      ...['alarm:'].map(here('cloudwatch')),
      globalArn(place, 'cloudwatch', `dashboard/${prefix}*`),
    ],
    codedeploy: ['application:', 'deploymentgroup:'].map(here('codedeploy')),
    // With its indexes, whose names come after the table's.
    dynamodb: ['table/'].map(here('dynamodb')),
    elasticache: ['serverlesscache:'].map(here('elasticache')),
    events: ['rule/', 'event-bus/'].map(here('events')),
    lambda: ['function:'].map(here('lambda')),
    logs: [
      '/aws/lambda/',
      '/aws/apigateway/',
      '/aws/batch/',
      '/aws/vendedlogs/states/',
      '/aws/rds/cluster/',
      // WAF insists on this beginning.
      'aws-waf-logs-',
    ].map((log) => here('logs')(`log-group:${log}`)),
    rds: ['cluster', 'db', 'cluster-pg', 'subgrp', 'cluster-snapshot', 'db-proxy'].map((kind) =>
      here('rds')(`${kind}:`),
    ),
    s3: [bucketArn(place, `${prefix}*`)],
    // Schedules are in groups, whose names come first.
    scheduler: ['schedule/', 'schedule-group/'].map(here('scheduler')),
    sns: [''].map(here('sns')),
    sqs: [''].map(here('sqs')),
    // `/chorus-staging/feature-store/…`, and of previews `/chorus-pr-12/…`
    ssm: [
      arn(place, 'ssm', `parameter/${prefix.replace(/-$/, '')}/*`),
      arn(place, 'ssm', `parameter/${prefix}*`),
    ],
    states: ['stateMachine:', 'express:', 'execution:', 'mapRun:'].map(here('states')),
  };
}

/** The ARNs of the roles and policies that a bootstrap's deployments make. */
export function pathArns(
  place: Place,
  { bootstrap }: OwnNames,
): { readonly roles: string; readonly policies: string } {
  return {
    roles: globalArn(place, 'iam', `role${rolePath(bootstrap)}*`),
    policies: globalArn(place, 'iam', `policy${rolePath(bootstrap)}*`),
  };
}

/** The ARNs of the resources that a CDK bootstrap makes. */
export interface Toolkit {
  readonly bucket: string;
  readonly images: string;
  readonly role: (
    name: 'deploy' | 'file-publishing' | 'image-publishing' | 'lookup' | 'cfn-exec',
  ) => string;
}

/** The ARNs of the roles, bucket and images of a CDK bootstrap. */
export function toolkitArns(place: Place, { qualifier }: OwnNames): Toolkit {
  const where = `${place.account}-${place.region}`;
  return {
    bucket: bucketArn(place, `cdk-${qualifier}-assets-${where}`),
    images: arn(place, 'ecr', `repository/cdk-${qualifier}-container-assets-${where}`),
    role: (name) => globalArn(place, 'iam', `role/cdk-${qualifier}-${name}-role-${where}`),
  };
}
