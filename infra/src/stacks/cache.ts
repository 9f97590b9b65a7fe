import { physicalName } from '@chorus/blueprint';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import type { Network } from './network.ts';

/**
 * ElastiCache Serverless for Valkey before the database. What it holds can be asked for again, so it has no snapshots;
 * its limits bound what a spike may cost. TLS is always on; who may come is said by its security group.
 */
export function addCache(
  scope: Construct,
  { subnets, cache }: Network,
  { name: stageName }: StageOptions,
): CfnServerlessCache {
  return new CfnServerlessCache(scope, 'ServerlessCache', {
    serverlessCacheName: physicalName('features', stageName),
    description: 'Features of places, before the database',
    engine: 'valkey',
    majorEngineVersion: '8',
    cacheUsageLimits: {
      dataStorage: { maximum: 1, unit: 'GB' },
      ecpuPerSecond: { maximum: 5000 },
    },
    subnetIds: subnets.map(({ subnetId }) => subnetId),
    securityGroupIds: [cache.securityGroupId],
    snapshotRetentionLimit: 0,
  });
}
