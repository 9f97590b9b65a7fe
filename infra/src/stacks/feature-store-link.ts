import { stagePrefix } from '@chorus/blueprint';
import { Aws, CfnDynamicReference, CfnDynamicReferenceService } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { databaseName, databaseUser } from '../database-names.ts';

/**
 * The facts that a function needs about the feature store. Addresses and ids are made by AWS, so Foundation writes
 * them into parameters whose names both stacks put together: an export would keep Foundation from ever changing one
 * of them.
 */
export interface FeatureStoreLink {
  /** The address of the cluster, or of the proxy before it. */
  readonly databaseHost: string;
  /** The same one's id in ARNs of `rds-db:connect`: `cluster-ABC`, `prx-0123`. */
  readonly databaseId: string;
  readonly cacheHost: string;
  readonly subnetA: string;
  readonly subnetB: string;
  /** The security group of the functions. */
  readonly securityGroup: string;
}

/** Parts of the parameters' names: `/chorus/feature-store/database-host`. */
const parameters: Readonly<Record<keyof FeatureStoreLink, string>> = {
  databaseHost: 'database-host',
  databaseId: 'database-id',
  cacheHost: 'cache-host',
  subnetA: 'subnet-a',
  subnetB: 'subnet-b',
  securityGroup: 'security-group',
};

const parameterName = (part: string, stageName: string) =>
  `/${stagePrefix(stageName)}/feature-store/${part}`;

/** Writes the parameters, in Foundation. */
export function publishLink(scope: Construct, link: FeatureStoreLink, stageName: string): void {
  for (const [key, part] of Object.entries(parameters))
    new StringParameter(scope, `Link-${part}`, {
      parameterName: parameterName(part, stageName),
      stringValue: link[key as keyof FeatureStoreLink],
    });
}

/** The parameters as CloudFormation reads them when it deploys Serving. */
export function readLink(stageName: string): FeatureStoreLink {
  const read = (key: keyof FeatureStoreLink) =>
    new CfnDynamicReference(
      CfnDynamicReferenceService.SSM,
      parameterName(parameters[key], stageName),
    ).toString();
  return {
    databaseHost: read('databaseHost'),
    databaseId: read('databaseId'),
    cacheHost: read('cacheHost'),
    subnetA: read('subnetA'),
    subnetB: read('subnetB'),
    securityGroup: read('securityGroup'),
  };
}

/** Returns the URLs at which functions find the feature store: as on the local cloud, but without a password. */
export function featureStoreUrls({
  databaseHost,
  cacheHost,
}: FeatureStoreLink): Readonly<Record<'database' | 'cache', string>> {
  return {
    database: `postgres://${databaseUser}@${databaseHost}:5432/${databaseName}`,
    // ElastiCache Serverless speaks TLS and the cluster protocol only.
    cache: `rediss://${cacheHost}:6379?cluster=true`,
  };
}

/** Returns the resource that `rds-db:connect` is allowed on: one user of the cluster, or of the proxy. */
export function databaseUserArn(databaseId: string): string {
  return `arn:${Aws.PARTITION}:rds-db:${Aws.REGION}:${Aws.ACCOUNT_ID}:dbuser:${databaseId}/${databaseUser}`;
}
