import { createBreaker } from './breaker.ts';
import { type CacheClient, connectMs, createCacheClient } from './cache-client.ts';
import { problemOf } from './errors.ts';
import { within } from './within.ts';

/** Longest wait for an answer, in milliseconds; a healthy cache needs less than one. */
const commandMs = 150;
/** After a failure, how long nobody asks. */
const pauseMs = 1_000;

/**
 * A cache that may be away: every answer can also be `undefined`, "it cannot be asked", and comes within
 * 200 ms to connect and 150 ms to answer. After a failure it is left alone for a second. Nothing here throws.
 */
export interface Cache {
  /** The value, or null when there is none. */
  get(key: string): Promise<string | null | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** True when the key was not there, and now is for `ttlMs`. */
  claim(key: string, ttlMs: number): Promise<boolean | undefined>;
  remove(key: string): Promise<void>;
  /** The last failure in a few words, until a command succeeds. */
  problem(): string | undefined;
  close(): void;
}

/** Connects with the first command, not before: a socket does not survive a snapshot. */
export function createCache(cacheUrl: string): Cache {
  const breaker = createBreaker(pauseMs);
  let connection: Promise<CacheClient> | undefined;
  let problem: string | undefined;

  async function connect(): Promise<CacheClient> {
    const client = createCacheClient(cacheUrl);
    const opening = client.connect();
    // The reason arrives with the command that fails; without a listener it is printed.
    client.on('error', (error) => {
      problem = problemOf(error);
    });
    client.on('end', () => {
      connection = undefined;
    });
    try {
      await within(connectMs, opening, () => new Error(`no connection within ${connectMs} ms`));
      return client;
    } catch (error) {
      client.disconnect();
      throw error;
    }
  }

  async function attempt<T>(
    command: (client: CacheClient) => Promise<T>,
    isRepeat = false,
  ): Promise<T | undefined> {
    if (breaker.isOpen()) {
      return undefined;
    }
    const isFresh = connection === undefined;
    connection ??= connect();
    const used = connection;
    let isLate = false;
    try {
      const client = await used;
      const answer = await within(commandMs, command(client), () => {
        isLate = true;
        // What still arrives would be taken for the answer to a later command.
        client.disconnect();
        return new Error(`no answer within ${commandMs} ms`);
      });
      problem = undefined;
      return answer;
    } catch (error) {
      if (connection === used) {
        connection = undefined;
      }
      // A connection from an earlier invocation may have died while Lambda froze the process.
      if (!isFresh && !isLate && !isRepeat) {
        return attempt(command, true);
      }
      problem = problemOf(error);
      breaker.trip();
      return undefined;
    }
  }

  return {
    get: (key) => attempt((client) => client.get(key)),
    async set(key, value, ttlMs) {
      await attempt((client) => client.set(key, value, 'PX', ttlMs));
    },
    claim: (key, ttlMs) =>
      attempt(async (client) => (await client.set(key, '1', 'PX', ttlMs, 'NX')) !== null),
    async remove(key) {
      await attempt((client) => client.del(key));
    },
    problem: () => problem,
    close() {
      connection?.then(
        (client) => client.disconnect(),
        () => {},
      );
    },
  };
}
