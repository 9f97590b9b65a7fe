import { startRedis } from '@chorus/emulator-redis';
import { Redis } from 'iovalkey';
import { testRedisUrl } from './env.ts';

/** An empty cache of its own. */
export interface TestCache {
  readonly url: string;
  close(): Promise<void>;
}

/** A cache that can be made to fail over, which a server that other tests use as well cannot. */
interface FailingOver extends TestCache {
  /** Another server is the primary: open connections, and the next `stale` ones, lead to what is a replica by now. */
  failOver(stale?: number): void;
}

/** A source of caches for tests. */
export interface RedisServer {
  readonly name: string;
  /** @param database of the sixteen that a Redis elsewhere has, one per test file. */
  create(database: number): Promise<TestCache>;
}

/** The local cloud's cache, with what only it can do. */
export async function startFailingOver(): Promise<FailingOver> {
  const redis = await startRedis({ addresses: ['127.0.0.1'] });
  return {
    url: `redis://127.0.0.1:${redis.ports[0]}`,
    failOver: redis.service.failOver,
    close: redis.close,
  };
}

/** The local cloud's cache in this process, so that the tests need nothing installed. */
const embedded: RedisServer = { name: 'the local cloud’s Redis', create: startFailingOver };

/** A Redis or Valkey that runs elsewhere. */
function running(url: string): RedisServer {
  return {
    name: 'Redis',
    async create(database) {
      const own = Object.assign(new URL(url), { pathname: `/${database}` }).href;
      const client = new Redis(own);
      await client.flushdb();
      return {
        url: own,
        async close() {
          await client.flushdb();
          client.disconnect();
        },
      };
    },
  };
}

const url = testRedisUrl();

/** The servers that each test of the cache runs against. */
export const redisServers: readonly RedisServer[] = [
  embedded,
  ...(url === undefined ? [] : [running(url)]),
];
