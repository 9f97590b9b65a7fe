import { within } from '@chorus/runtime/within';
import { createBreaker } from './breaker.ts';
import { type CacheClient, createCacheClient } from './cache-client.ts';
import { problemOf } from './errors.ts';
import type { Limits } from './limits.ts';

/** The pause after a failure in which the cache is not asked, in milliseconds. */
const pauseMs = 1_000;

/**
 * A cache that may be away: every answer can also be `undefined`, "it cannot be asked", and comes within the limits. After
 * a failure it is left alone for a second. Nothing here throws.
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

/** A connection or an answer that is not there in time. */
class LateError extends Error {}

/**
 * A server that answers, but is not the one to ask: after a failover a connection still leads to what is a replica by
 * now, or to one that only loads its data. A new connection finds the primary.
 */
const isMisplaced = (error: Error): boolean =>
  /^(?:READONLY|LOADING|MASTERDOWN) /.test(error.message);

/** Connects with the first command, not before: a socket does not survive a snapshot. */
export function createCache(cacheUrl: string, limits: Limits): Cache {
  const connectMs = limits.cacheConnectMs + (cacheUrl.startsWith('rediss:') ? 600 : 0);
  const breaker = createBreaker(pauseMs);
  let connection: Promise<CacheClient> | undefined;
  let problem: string | undefined;
  /** The socket's error; the command that failed for it says no more than that the connection is closed. */
  let reason: string | undefined;

  async function connect(): Promise<CacheClient> {
    const client = createCacheClient(cacheUrl, connectMs);
    reason = undefined;
    client.on('error', (error) => {
      reason = problemOf(error);
    });
    try {
      const late = () => new LateError(`no connection within ${connectMs} ms`);
      // A cluster's client connects to the node that answers only when it is asked something.
      const asked = client.connect().then(() => client.ping());
      await within(connectMs, asked, late);
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
    let client: CacheClient | undefined;
    try {
      client = await used;
      const late = () => new LateError(`no answer within ${limits.cacheAnswerMs} ms`);
      const answer = await within(limits.cacheAnswerMs, command(client), late);
      problem = undefined;
      return answer;
    } catch (error) {
      const isReply = error instanceof Error && error.name === 'ReplyError';
      if (client !== undefined && isReply && !isMisplaced(error)) {
        // It is well enough to say what it does not like, e.g. that its memory is full.
        problem = error.message;
        return undefined;
      }
      // Other requests on this connection need not wait as long.
      client?.disconnect();
      if (connection === used) {
        connection = undefined;
      }
      // A connection from an earlier invocation may have died while Lambda froze the process.
      if (!isFresh && !isRepeat && !(error instanceof LateError)) {
        return attempt(command, true);
      }
      problem = error instanceof LateError ? error.message : (reason ?? problemOf(error));
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
