import type { MigrationReport } from '@chorus/features';
import { type Cache, startCache } from './cache/start-cache.ts';
import { type Database, startDatabase } from './database/start-database.ts';
import { StartError } from './errors.ts';
import { shown } from './shown-url.ts';

/** Servers that are there already, instead of embedded ones. */
export interface FeatureServers {
  readonly databaseUrl?: string | undefined;
  readonly cacheUrl?: string | undefined;
}

export interface FeatureStoreOptions {
  readonly servers: FeatureServers;
  /** Where everything of the local cloud is kept, absolute. */
  readonly directory: string;
  /** Folder for V8's compile cache. */
  readonly compileCache: string;
  /** Address of this machine as functions see it; the servers listen there and at 127.0.0.1. */
  readonly hostAddress: string;
  /** Brings the database's tables and rows up to date, and says what it did. */
  migrate(databaseUrl: string): Promise<MigrationReport>;
  /** Called with a line for a person when something takes its time or went wrong. */
  report(line: string): void;
}

/** Where PostgreSQL and its cache are. */
export interface FeatureAddresses {
  readonly databaseUrl: string;
  readonly cacheUrl: string;
}

/** The feature store of one start. */
export interface FeatureStore {
  /** As this machine reaches it. */
  readonly here: FeatureAddresses;
  /** As functions reach it. */
  readonly forFunctions: FeatureAddresses;
  /** Resolves when the database can be asked. @throws {StartError} if the embedded one cannot be opened or prepared */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

// Any password will do; none would mean to the functions that they are to ask AWS for a token.
const postgresUrl = (address: string, port: number | undefined): string =>
  `postgres://postgres:local@${address}:${port}/postgres`;
const redisUrl = (address: string, port: number | undefined): string =>
  `redis://${address}:${port}`;

/**
 * Opens the feature store: an embedded PostgreSQL in a process of its own and an embedded cache in this one, each
 * unless there is a server for it. Its tables are made while the caller goes on: `ready`.
 */
export async function openFeatureStore(options: FeatureStoreOptions): Promise<FeatureStore> {
  const { servers, directory, compileCache, hostAddress, report } = options;
  const addresses = [...new Set([loopback, hostAddress])];
  const [database, cache]: [Database | undefined, Cache | undefined] = await Promise.all([
    servers.databaseUrl === undefined
      ? startDatabase({ directory, addresses, compileCache, report })
      : undefined,
    servers.cacheUrl === undefined ? startCache({ addresses }) : undefined,
  ]);
  const seenFrom = (address: string): FeatureAddresses => {
    const index = addresses.indexOf(address);
    return {
      databaseUrl: servers.databaseUrl ?? postgresUrl(address, database?.ports[index]),
      cacheUrl: servers.cacheUrl ?? redisUrl(address, cache?.ports[index]),
    };
  };
  const here = seenFrom(loopback);

  async function prepare(): Promise<void> {
    const started = performance.now();
    try {
      // A database that is not there yet lets its clients wait.
      const { applied, seeded } = await options.migrate(here.databaseUrl);
      const took = Math.round(performance.now() - started);
      if (applied.length > 0 || seeded)
        report(`Started PostgreSQL with the features of places in ${took} ms`);
    } catch (error) {
      // If it could not be opened at all, that is what is to be said.
      await database?.ready;
      const why = error instanceof Error ? error.message || error.name : error;
      if (database !== undefined)
        throw new StartError(
          `The embedded PostgreSQL could not be prepared: ${why}. Delete ${database.files} to start with a new one: everything in it is made again.`,
          { cause: error },
        );
      // Functions answer without features then, and ask again; so may whoever looks at just that.
      report(
        `PostgreSQL at ${shown(here.databaseUrl)} could not be prepared (${why}): answers come without features of places. Start again when it is there.`,
      );
    }
  }
  const ready = prepare();
  // Told to whoever waits for it; closing before that is no failure.
  ready.catch(() => {});

  return {
    here,
    forFunctions: seenFrom(hostAddress),
    ready,
    async close() {
      await Promise.all([database?.close(), cache?.close()]);
    },
  };
}
