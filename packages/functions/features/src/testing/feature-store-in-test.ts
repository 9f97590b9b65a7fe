import type { InvocationContext } from '@chorus/runtime/bootstrap';
import { Redis } from 'iovalkey';
import pg from 'pg';
import { createFeaturesFunction, type FeaturesAnswer } from '../handler.ts';
import type { Limits } from '../limits.ts';
import { migrate } from '../migrate.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { type PostgresServer, postgresServers } from './postgres.ts';
import { type RedisServer, redisServers } from './redis.ts';

/** One environment of the function, as Lambda would start several. */
interface Environment {
  ask(lat: number, lon: number, event?: object): Promise<FeaturesAnswer>;
  send(event: unknown): Promise<unknown>;
  /** Returns the last invocation's notes for its log line. */
  notes(): InvocationContext['notes'];
}

/** A database with data and an empty cache, each behind a proxy that can break it, and environments that use them. */
export interface FeatureStoreInTest {
  readonly database: FaultyProxy;
  readonly cache: FaultyProxy;
  /** Straight to the servers. */
  readonly sql: pg.Client;
  readonly redis: Redis;
  /** @param limits long ones, if not given */
  start(limits?: Limits): Environment;
  /** Everything is well, the cache is empty, nothing is counted, and no environment runs. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** Limits for whatever is not about limits: a machine that is busy with other things must not look like a server that is away. */
export const patience: Limits = {
  cacheConnectMs: 20_000,
  cacheAnswerMs: 20_000,
  databaseMs: 20_000,
  claimedMs: 20_000,
};

/** Every database with every cache. */
export const serverPairs: readonly { postgres: PostgresServer; redis: RedisServer }[] =
  postgresServers.flatMap((postgres) => redisServers.map((redis) => ({ postgres, redis })));

/** @param redisDatabase number of the test file's own database, see `RedisServer.create` */
export async function startFeatureStore(
  pair: (typeof serverPairs)[number],
  redisDatabase: number,
): Promise<FeatureStoreInTest> {
  const testDatabase = await pair.postgres.create();
  const testCache = await pair.redis.create(redisDatabase);
  await migrate(testDatabase.url);
  const database = await startFaultyProxy(testDatabase.url);
  const cache = await startFaultyProxy(testCache.url);
  const sql = new pg.Client(testDatabase.url);
  await sql.connect();
  const redis = new Redis(testCache.url);
  let running: ReturnType<typeof createFeaturesFunction>[] = [];

  const stop = async (): Promise<void> => {
    await Promise.all(running.map((one) => one.close()));
    running = [];
  };
  return {
    database,
    cache,
    sql,
    redis,
    start(limits = patience) {
      const urls = { databaseUrl: database.url, cacheUrl: cache.url };
      const lambda = createFeaturesFunction(urls, limits);
      running.push(lambda);
      let notes: InvocationContext['notes'] = {};
      const send = (event: unknown): Promise<unknown> => {
        notes = {};
        const deadlineMs = Date.now() + 20_000;
        return lambda.handle(event, { requestId: 'r', deadlineMs, functionArn: 'a', notes });
      };
      return {
        send,
        ask: async (lat, lon, more = {}) => (await send({ lat, lon, ...more })) as FeaturesAnswer,
        notes: () => notes,
      };
    },
    async renew() {
      await Promise.all([database.heal(), cache.heal()]);
      await stop();
      await redis.flushdb();
      database.reset();
      cache.reset();
    },
    async close() {
      await stop();
      redis.disconnect();
      await sql.end();
      await Promise.all([database.close(), cache.close()]);
      await Promise.all([testDatabase.drop(), testCache.close()]);
    },
  };
}
