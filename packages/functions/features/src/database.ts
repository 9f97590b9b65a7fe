import { within } from '@chorus/runtime/within';
import type { Pool, PoolClient } from 'pg';
import { createBreaker } from './breaker.ts';
import { connectionOptions, takesSettings } from './database-options.ts';
import { problemOf } from './errors.ts';
import type { Limits } from './limits.ts';

/**
 * Most connections of one environment, which Lambda gives one event at a time; times the function's concurrency, this is
 * what the database must bear.
 */
export const maxConnections = 1;

/** The pause after a failed connection before the next attempt, in milliseconds. */
const pauseMs = 500;

/** Reads the database, over connections that are opened by the first query and replaced when they break. */
export interface Database {
  /**
   * Runs a query that is safe to repeat: one over a connection that broke while it lay idle is.
   *
   * @throws what `pg` throws, or an Error that says the time is up.
   */
  query(text: string, values: readonly unknown[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Opens nothing yet: Lambda may take a snapshot of this process, and a socket does not survive that. */
export function createDatabase(databaseUrl: string, { databaseMs }: Limits): Database {
  let pool: Promise<Pool> | undefined;
  const breaker = createBreaker(pauseMs);
  let problem = 'it could not be reached';

  async function open(): Promise<Pool> {
    // Not at the top: an answer from the cache needs no database client.
    const { default: pg } = await import('pg');
    const opened = new pg.Pool({
      ...(await connectionOptions(databaseUrl)),
      ...(takesSettings(databaseUrl) ? { statement_timeout: databaseMs } : {}),
      application_name: 'chorus-features',
      max: maxConnections,
      connectionTimeoutMillis: databaseMs,
      idleTimeoutMillis: 60_000,
      // IAM tokens are asked for anew, and a failed-over writer is left behind.
      maxLifetimeSeconds: 900,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    // An idle connection that breaks is removed by the pool; without a listener it would end the process.
    opened.on('error', (error) => {
      problem = problemOf(error);
    });
    // Nor may one that is lent out and ended by the server while Lambda froze this process: its query tells.
    opened.on('connect', (client) => client.on('error', () => {}));
    return opened;
  }

  async function connect(): Promise<PoolClient> {
    if (breaker.isOpen()) {
      throw new Error(`the database failed a moment ago: ${problem}`);
    }
    pool ??= open();
    try {
      return await (await pool).connect();
    } catch (error) {
      problem = problemOf(error);
      breaker.trip();
      throw error;
    }
  }

  async function attempt(text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
    const client = await connect();
    try {
      const late = () => new Error(`the database did not answer within ${databaseMs} ms`);
      const { rows } = await within(databaseMs, client.query(text, [...values]), late);
      client.release();
      return rows;
    } catch (error) {
      // Only after an error that the server itself reports (it has an SQLSTATE) may the connection still be good.
      client.release(!hasSqlState(error) || isBroken(error));
      throw error;
    }
  }

  return {
    async query(text, values) {
      try {
        return await attempt(text, values);
      } catch (error) {
        if (!isBroken(error)) {
          throw error;
        }
        return attempt(text, values);
      }
    },
    async close() {
      await (await pool)?.end();
    },
  };
}

function hasSqlState(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}

/** A connection that was lost: by the network, or by a server that restarts (SQLSTATE 57P01 and 57P02) or ends idle sessions (57P05). */
function isBroken(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = 'code' in error ? String(error.code) : '';
  return (
    ['ECONNRESET', 'EPIPE', '57P01', '57P02', '57P05'].includes(code) ||
    /^Connection terminated unexpectedly|not queryable/.test(error.message)
  );
}
