import { physicalName } from '@chorus/blueprint';
import { Fn } from 'aws-cdk-lib';
import type { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDBProxy, CfnDBProxyTargetGroup } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { type Database, functionsPercent } from './database.ts';
import { databaseUserArn } from './feature-store-link.ts';
import type { Network } from './network.ts';

/**
 * RDS Proxy before the database, for stages with `databaseProxy`: any number of environments share its connections. It is
 * IAM and TLS on both sides, so it knows no password either.
 *
 * @returns where the functions connect then, and the id that they may connect to
 */
export function addDatabaseProxy(
  scope: Construct,
  { cluster, writer }: Database,
  { subnets }: Network,
  group: SecurityGroup,
  { name: stageName }: StageOptions,
): { readonly host: string; readonly id: string } {
  const role = new Role(scope, 'ProxyRole', {
    assumedBy: new ServicePrincipal('rds.amazonaws.com'),
    description: 'The proxy before the feature store connects to it',
    inlinePolicies: {
      connect: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'Connect',
            actions: ['rds-db:connect'],
            resources: [databaseUserArn(cluster.attrDbClusterResourceId)],
          }),
        ],
      }),
    },
  });
  const proxy = new CfnDBProxy(scope, 'DatabaseProxy', {
    dbProxyName: physicalName('features', stageName),
    engineFamily: 'POSTGRESQL',
    defaultAuthScheme: 'IAM_AUTH',
    requireTls: true,
    roleArn: role.roleArn,
    vpcSubnetIds: subnets.map(({ subnetId }) => subnetId),
    vpcSecurityGroupIds: [group.securityGroupId],
    idleClientTimeout: 300,
  });
  const targets = new CfnDBProxyTargetGroup(scope, 'DatabaseProxyTargets', {
    dbProxyName: proxy.ref,
    targetGroupName: 'default',
    dbClusterIdentifiers: [cluster.ref],
    connectionPoolConfigurationInfo: {
      maxConnectionsPercent: functionsPercent,
      maxIdleConnectionsPercent: functionsPercent / 2,
      // Then the function answers without features, rather than late.
      connectionBorrowTimeout: 2,
    },
  });
  targets.addResourceDependency(writer);
  // arn:aws:rds:us-east-1:123456789012:db-proxy:prx-0123
  return { host: proxy.attrEndpoint, id: Fn.select(6, Fn.split(':', proxy.attrDbProxyArn)) };
}
