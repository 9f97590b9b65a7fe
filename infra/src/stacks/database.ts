import { type FeatureStoreSpec, physicalName } from '@chorus/blueprint';
import { CfnDeletionPolicy, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  CfnDBInstance,
  CfnDBSubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { databaseName } from '../database-names.ts';
import { isProtected, type StageOptions } from '../options.ts';
import type { Network } from './network.ts';

/** Share of the cluster's connections that the functions get, in percent; the others are for administration. */
export const functionsPercent = 20;

/** Most capacity units, of 2 GiB each, that the database grows to; behind a cache it seldom leaves the first. */
export const maxCapacity = 2;

const engine = 'aurora-postgresql';
const version = AuroraPostgresEngineVersion.VER_17_7;

export interface Database {
  readonly cluster: CfnDBCluster;
  /** Its only instance; the cluster answers once this one is there. */
  readonly writer: CfnDBInstance;
}

/**
 * Aurora PostgreSQL Serverless v2, which pauses after five minutes without a connection, and then costs its storage.
 * Functions come by IAM; the administrator's password is made, kept and changed by RDS in Secrets Manager.
 */
export function addDatabase(
  scope: Construct,
  { maxConnections }: FeatureStoreSpec,
  network: Network,
  options: StageOptions,
): Database {
  const { name: stageName, logDays } = options;
  const isKept = isProtected(options);
  const name = physicalName('features', stageName);
  const log = new LogGroup(scope, 'DatabaseLog', {
    logGroupName: `/aws/rds/cluster/${name}/postgresql`,
    retention: logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const subnets = new CfnDBSubnetGroup(scope, 'DatabaseSubnets', {
    dbSubnetGroupDescription: 'Isolated subnets of the feature store',
    subnetIds: network.subnets.map(({ subnetId }) => subnetId),
  });
  const parameters = new CfnDBClusterParameterGroup(scope, 'DatabaseParameters', {
    description: 'Feature store: TLS only, few connections, idle ones end',
    family: `${engine}${version.auroraPostgresMajorVersion}`,
    parameters: {
      'rds.force_ssl': '1',
      max_connections: String((maxConnections * 100) / functionsPercent),
      // Lambda freezes environments with their connections open, and a database with a connection never sleeps. A proxy
      // keeps its own in order, and the database awake.
      idle_session_timeout: network.proxy === undefined ? '60000' : '0',
    },
  });
  const cluster = new CfnDBCluster(scope, 'Cluster', {
    dbClusterIdentifier: name,
    engine,
    engineVersion: version.auroraPostgresFullVersion,
    databaseName,
    dbClusterParameterGroupName: parameters.ref,
    dbSubnetGroupName: subnets.ref,
    vpcSecurityGroupIds: [network.database.securityGroupId],
    serverlessV2ScalingConfiguration: { minCapacity: 0, maxCapacity, secondsUntilAutoPause: 300 },
    masterUsername: 'administrator',
    manageMasterUserPassword: true,
    enableIamDatabaseAuthentication: true,
    // Over which a release makes the user of the functions; it asks for IAM and the password.
    enableHttpEndpoint: true,
    storageEncrypted: true,
    backupRetentionPeriod: 7,
    copyTagsToSnapshot: true,
    deletionProtection: isKept,
    enableCloudwatchLogsExports: ['postgresql'],
  });
  cluster.node.addDependency(log);
  // A cluster that stayed would keep its network, and so the stack.
  const policy = isKept ? CfnDeletionPolicy.SNAPSHOT : CfnDeletionPolicy.DELETE;
  cluster.cfnOptions.deletionPolicy = policy;
  cluster.cfnOptions.updateReplacePolicy = policy;
  const writer = new CfnDBInstance(scope, 'Writer', {
    dbClusterIdentifier: cluster.ref,
    dbInstanceClass: 'db.serverless',
    engine,
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
  });
  acknowledge(
    cluster,
    'AwsSolutions-RDS11',
    'one group may reach the port, in a network without a way in: another number would hide nothing',
  );
  if (!isKept)
    acknowledge(
      cluster,
      'AwsSolutions-RDS10',
      'nothing is live yet, or the stage keeps no data: a failed deployment, or the stage, goes as a whole',
    );
  return { cluster, writer };
}
