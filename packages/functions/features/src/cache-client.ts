import { Cluster, Redis, type RedisOptions } from 'iovalkey';

/** The part of the client that is used; the same for one server and for a cluster. */
export type CacheClient = Redis | Cluster;

/**
 * Creates a client for `redis://`, `rediss://` (TLS) and, with `?cluster=true`, the cluster protocol (ElastiCache
 * Serverless speaks no other). It connects when told to, and never by itself again: its user decides when that is
 * worth a wait.
 */
export function createCacheClient(cacheUrl: string, connectMs: number): CacheClient {
  const url = new URL(cacheUrl);
  const secure = url.protocol === 'rediss:';
  const options: RedisOptions = {
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(secure ? { tls: { servername: url.hostname } } : {}),
    connectTimeout: connectMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    lazyConnect: true,
    retryStrategy: () => null,
    // A cache that is still loading its data is no cache yet.
    enableReadyCheck: false,
    connectionName: 'chorus-features',
  };
  const port = Number(url.port || 6379);
  if (url.searchParams.get('cluster') !== 'true') {
    return new Redis({ ...options, host: url.hostname, port, db: Number(url.pathname.slice(1)) });
  }
  return new Cluster([{ host: url.hostname, port }], {
    redisOptions: options,
    lazyConnect: true,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    slotsRefreshTimeout: connectMs,
    clusterRetryStrategy: () => null,
    // The certificate is for the names that the cluster tells, not for what they resolve to.
    dnsLookup: (address, answer) => answer(null, address),
  });
}
