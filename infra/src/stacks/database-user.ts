import { physicalName } from '@chorus/blueprint';
import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import type { Database } from './database.ts';
import { databaseName, databaseUser } from './feature-store-link.ts';
import { nameRoleOnce } from './name-role-once.ts';

/**
 * PostgreSQL that makes the user of the functions, or brings it up to date: it logs in by IAM, owns what its migrations
 * make, and has no other rights. One statement, as the Data API takes no more, and the same however often it runs.
 *
 * @param connectionLimit what PostgreSQL itself holds the user to
 */
export function userStatement(connectionLimit: number): string {
  return `DO $$ BEGIN
IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${databaseUser}') THEN CREATE ROLE ${databaseUser} LOGIN; END IF;
ALTER ROLE ${databaseUser} CONNECTION LIMIT ${connectionLimit};
GRANT rds_iam TO ${databaseUser};
GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${databaseName} TO ${databaseUser};
GRANT USAGE, CREATE ON SCHEMA public TO ${databaseUser};
END $$`;
}

/**
 * Makes the database's user when Foundation is deployed, through the Data API: it needs neither a way into the network
 * nor the password, which stays in Secrets Manager. Its role is the only one that may read that.
 */
export function addDatabaseUser(
  scope: Construct,
  { cluster, writer }: Database,
  connectionLimit: number,
  { name: stageName, logDays }: StageOptions,
): void {
  const name = physicalName('database-user', stageName);
  const secretArn = cluster.attrMasterUserSecretSecretArn;
  const log = new LogGroup(scope, 'DatabaseUserLog', {
    logGroupName: `/aws/lambda/${name}`,
    retention: logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'DatabaseUserRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: 'Makes the user of the feature store',
    inlinePolicies: {
      make: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'WriteOwnLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [log.logGroupArn],
          }),
          new PolicyStatement({
            sid: 'RunStatements',
            actions: ['rds-data:ExecuteStatement'],
            resources: [cluster.attrDbClusterArn],
          }),
          new PolicyStatement({
            sid: 'AsAdministrator',
            actions: ['secretsmanager:GetSecretValue'],
            resources: [secretArn],
          }),
        ],
      }),
    },
  });
  const call = {
    service: 'RDSData',
    action: 'executeStatement',
    parameters: {
      resourceArn: cluster.attrDbClusterArn,
      secretArn,
      database: databaseName,
      sql: userStatement(connectionLimit),
    },
    physicalResourceId: PhysicalResourceId.of(name),
    // The answer says nothing, and the request names the secret.
    outputPaths: ['numberOfRecordsUpdated'],
  };
  const user = new AwsCustomResource(scope, 'DatabaseUser', {
    functionName: name,
    role: role.withoutPolicyUpdates(),
    logGroup: log,
    installLatestAwsSdk: false,
    resourceType: 'Custom::DatabaseUser',
    onCreate: call,
    onUpdate: call,
  });
  user.node.addDependency(writer);
  // The CDK puts the function that makes such calls into the stack, for all of them.
  for (const child of scope.node.children) if (child instanceof LambdaFunction) nameRoleOnce(child);
}
