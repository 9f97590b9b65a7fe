import { setTimeout } from 'node:timers/promises';
import {
  type DBCluster,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import { ExecuteStatementCommand, type RDSDataClient } from '@aws-sdk/client-rds-data';
import { databaseName } from '../../database-names.ts';
import type { DatabaseTools } from '../aws-tools.ts';
import { DatabaseResumingError } from '../errors.ts';

export interface DatabaseClients {
  readonly rds: RDSClient;
  readonly rdsData: RDSDataClient;
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

async function describe(rds: RDSClient, cluster: string): Promise<DBCluster | undefined> {
  try {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: cluster });
    return (await rds.send(command)).DBClusters?.[0];
  } catch (error) {
    if (nameOf(error) === 'DBClusterNotFoundFault') return undefined;
    throw error;
  }
}

/** Deletes a cluster with its instances, without a snapshot, and waits. */
async function remove(rds: RDSClient, cluster: string, pollMs: number): Promise<void> {
  const found = await describe(rds, cluster);
  if (found === undefined) return;
  if (found.DeletionProtection === true)
    await rds.send(
      new ModifyDBClusterCommand({
        DBClusterIdentifier: cluster,
        DeletionProtection: false,
        ApplyImmediately: true,
      }),
    );
  for (const { DBInstanceIdentifier } of found.DBClusterMembers ?? [])
    await rds
      .send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }))
      .catch((error: unknown) => {
        // It is being deleted already.
        if (nameOf(error) !== 'InvalidDBInstanceStateFault') throw error;
      });
  await rds.send(
    new DeleteDBClusterCommand({
      DBClusterIdentifier: found.DBClusterIdentifier,
      SkipFinalSnapshot: true,
      DeleteAutomatedBackups: true,
    }),
  );
  while ((await describe(rds, cluster)) !== undefined) await setTimeout(pollMs);
}

/** The feature store's database. @param pollMs how often one that is being deleted is looked at, in milliseconds */
export function databaseTools({ rds, rdsData }: DatabaseClients, pollMs: number): DatabaseTools {
  return {
    async execute({ cluster, secret }, sql) {
      try {
        const { records = [] } = await rdsData.send(
          new ExecuteStatementCommand({
            resourceArn: cluster,
            secretArn: secret,
            database: databaseName,
            sql,
          }),
        );
        return records.map(([first]) => String(first?.stringValue ?? first?.longValue ?? ''));
      } catch (error) {
        if (nameOf(error) === 'DatabaseResumingException')
          throw new DatabaseResumingError('the database wakes up', { cause: error });
        throw error;
      }
    },
    remove: (cluster) => remove(rds, cluster, pollMs),
  };
}
