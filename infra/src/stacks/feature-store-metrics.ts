import { physicalName } from '@chorus/blueprint';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { period } from './metrics.ts';

/** A metric of the feature store's database, as RDS counts it. */
function databaseMetric(stageName: string, metricName: string, statistic: string): Metric {
  return new Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { DBClusterIdentifier: physicalName('features', stageName) },
    statistic,
    period,
  });
}

/** A metric of the cache before it, as ElastiCache counts it. */
function cacheMetric(stageName: string, metricName: string, statistic: string): Metric {
  return new Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    // In small letters for serverless caches.
    dimensionsMap: { clusterId: physicalName('features', stageName) },
    statistic,
    period,
  });
}

/** The metrics of the feature store. */
export interface FeatureStoreMetrics {
  readonly connections: Metric;
  /** In capacity units; 0 while the database sleeps. */
  readonly capacity: Metric;
  readonly cacheHits: Metric;
  readonly cacheMisses: Metric;
  /** In bytes. */
  readonly cacheSize: Metric;
  readonly cacheThrottles: Metric;
}

/** Metrics of the database and the cache of a stage. */
export function featureStoreMetrics(stageName: string): FeatureStoreMetrics {
  return {
    connections: databaseMetric(stageName, 'DatabaseConnections', 'Maximum'),
    capacity: databaseMetric(stageName, 'ServerlessDatabaseCapacity', 'Average'),
    cacheHits: cacheMetric(stageName, 'CacheHits', 'Sum'),
    cacheMisses: cacheMetric(stageName, 'CacheMisses', 'Sum'),
    cacheSize: cacheMetric(stageName, 'BytesUsedForCache', 'Maximum'),
    cacheThrottles: cacheMetric(stageName, 'ThrottledCmds', 'Sum'),
  };
}
