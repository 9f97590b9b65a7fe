import type { FeatureStoreSpec } from '@chorus/blueprint';
import { Fn, NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { addCache } from './cache.ts';
import { addDatabase } from './database.ts';
import { addDatabaseProxy } from './database-proxy.ts';
import { publishLink } from './feature-store-link.ts';
import { addNetwork } from './network.ts';

/** What a release needs to make the database's user, which only an administrator can. */
export interface DeployedFeatureStore {
  readonly databaseArn: string;
  /** Of the secret with the administrator's password, which RDS keeps. */
  readonly secretArn: string;
}

/**
 * The nested stack of the feature store, in zones that are named or in the first two of the account. The CDK would ask
 * the account which there are, and templates are made without one.
 */
class ZonedStack extends NestedStack {
  private readonly zones: readonly string[] | undefined;

  constructor(scope: Construct, id: string, zones: readonly string[] | undefined) {
    super(scope, id, { description: 'Chorus: feature store' });
    this.zones = zones;
  }

  override get availabilityZones(): string[] {
    return [...(this.zones ?? [0, 1].map((index) => Fn.select(index, Fn.getAzs())))];
  }
}

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
): DeployedFeatureStore {
  const stack = new ZonedStack(scope, 'Features', options.zones);
  const network = addNetwork(stack, options.databaseProxy === true);
  const database = addDatabase(stack, spec, network, options);
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
  return {
    databaseArn: cluster.attrDbClusterArn,
    secretArn: cluster.attrMasterUserSecretSecretArn,
  };
}
