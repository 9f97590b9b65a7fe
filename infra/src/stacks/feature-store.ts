import type { FeatureStoreSpec } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { addCache } from './cache.ts';
import { addDatabase } from './database.ts';
import { addDatabaseProxy } from './database-proxy.ts';
import { addDatabaseUser } from './database-user.ts';
import { publishLink } from './feature-store-link.ts';
import { addNetwork } from './network.ts';

/**
 * Adds the nested stack of the feature store: PostgreSQL with a cache before it, in a network of their own.
 *
 * There is no proxy by default. Functions are held to so many environments, and each to one connection, which bounds
 * the connections already (`check-feature-store.ts`); and RDS Proxy keeps a connection open, so that the database would
 * never sleep, besides its own price for at least 8 capacity units. The Data API bounds connections too, but it would be
 * a second way to ask, one that no laptop can run. `databaseProxy` is for who wants more environments than that.
 */
export function addFeatureStore(
  scope: Construct,
  spec: FeatureStoreSpec,
  options: StageOptions,
): NestedStack {
  const stack = new NestedStack(scope, 'Features', { description: 'Chorus: feature store' });
  const network = addNetwork(stack, options.databaseProxy === true);
  const database = addDatabase(stack, spec, network, options);
  // Twice as many: in a deployment, the environments of the version before keep theirs until they are idle for a minute.
  addDatabaseUser(stack, database, 2 * spec.maxConnections, options);
  const { cluster } = database;
  const entrance =
    network.proxy === undefined
      ? { host: cluster.attrEndpointAddress, id: cluster.attrDbClusterResourceId }
      : addDatabaseProxy(stack, database, network, network.proxy, options);
  const cache = addCache(stack, network, options);
  const [subnetA, subnetB] = network.subnets;
  publishLink(
    stack,
    {
      databaseHost: entrance.host,
      databaseId: entrance.id,
      cacheHost: cache.attrEndpointAddress,
      subnetA: subnetA.subnetId,
      subnetB: subnetB.subnetId,
      securityGroup: network.functions.securityGroupId,
    },
    options.name,
  );
  return stack;
}
