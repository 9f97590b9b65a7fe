import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@chorus/emulator-postgres';
import { startRedis } from '@chorus/emulator-redis';
import type { MigrationReport } from '@chorus/features';
import { StartError } from './errors.ts';
import { shown } from './shown-url.ts';

/** Servers that are there already, instead of embedded ones. */
export interface FeatureServers {
  readonly databaseUrl?: string | undefined;
  readonly cacheUrl?: string | undefined;
}

export interface FeatureStoreOptions {
  readonly servers: FeatureServers;
  /** The folder of all data of the local cloud, absolute. */
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

/** The addresses of PostgreSQL and its cache. */
export interface FeatureAddresses {
  readonly databaseUrl: string;
  readonly cacheUrl: string;
  /** The embedded database's file with its password, for PGPASSFILE. */
  readonly passwordFile?: string;
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

/** Writes the password of the embedded database for `psql`, into libpq's own file of passwords. */
async function writePasswordFile(directory: string, password: string): Promise<string> {
  const file = join(directory, 'features-db.pgpass');
  await mkdir(directory, { recursive: true });
  await rm(file, { force: true });
  await writeFile(file, `*:*:*:*:${password}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}

/**
 * Returns the remedy for a database that cannot be prepared: its files are not to blame when disk or memory is used
 * up.
 */
function adviceFor(error: unknown, files: string): string {
  for (let each = error; each instanceof Error; each = each.cause)
    // PostgreSQL's class of "insufficient resources".
    if ('code' in each && String(each.code).startsWith('53'))
      return `The disk of ${files}, or the memory, is used up: free some and start again.`;
    // The words of `pg` for a connection that was not there in time; its files are as they were.
    else if (each.message === 'timeout expired')
      return 'The machine was too busy to open it in time: start again.';
  return `Delete ${files} to start with a new one: everything in it is made again.`;
}

/**
 * Opens the feature store: an embedded PostgreSQL in a process of its own and an embedded cache in this one, each
 * unless there is a server for it. Its tables are made while the caller goes on: `ready`.
 */
export async function openFeatureStore(options: FeatureStoreOptions): Promise<FeatureStore> {
  const { servers, directory, compileCache, hostAddress, report } = options;
  const addresses = [...new Set([loopback, hostAddress])];
  // Any program of this machine reaches the ports; only the functions, and the reader of the file, know the password.
  const password = randomBytes(24).toString('base64url');
  const [database, passwordFile, cache] = await Promise.all([
    servers.databaseUrl === undefined
      ? startPostgres({
          directory,
          name: 'features-db',
          addresses,
          password,
          compileCache,
          onEnd: (why) =>
            report(
              `The embedded PostgreSQL has ended (${why}): answers come without features of new places. Start again to have it back.`,
            ),
        })
      : undefined,
    servers.databaseUrl === undefined ? writePasswordFile(directory, password) : undefined,
    servers.cacheUrl === undefined ? startRedis({ addresses, password, report }) : undefined,
  ]);
  const seenFrom = (address: string): FeatureAddresses => {
    const index = addresses.indexOf(address);
    return {
      databaseUrl:
        servers.databaseUrl ??
        `postgres://postgres:${password}@${address}:${database?.ports[index]}/postgres`,
      cacheUrl: servers.cacheUrl ?? `redis://:${password}@${address}:${cache?.ports[index]}`,
      ...(passwordFile !== undefined && { passwordFile }),
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
          `The embedded PostgreSQL could not be prepared: ${why}. ${adviceFor(error, database.files)}`,
          { cause: error },
        );
      // Functions answer without features then, and ask again; so may a caller that looks at just that.
      report(
        `PostgreSQL at ${shown(here.databaseUrl)} could not be prepared (${why}): answers come without features of places. Start again when it is there.`,
      );
    }
  }
  const ready = prepare();
  // Told to those that wait for it; closing before that is no failure.
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
