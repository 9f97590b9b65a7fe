import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';
import { testPostgresUrl } from './env.ts';

/** An empty database of its own. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Where databases for tests come from. */
export interface PostgresServer {
  readonly name: string;
  create(): Promise<TestDatabase>;
}

/** PostgreSQL in this process: one session that all connections share. */
const pglite: PostgresServer = {
  name: 'PGlite',
  async create() {
    const db = await PGlite.create({ loadDataDir: await dataDir() });
    const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 100 });
    await server.start();
    return {
      url: `postgres://postgres:postgres@${server.getServerConn()}/postgres`,
      async drop() {
        await server.stop();
        await db.close();
      },
    };
  },
};

/** A PostgreSQL that runs elsewhere. */
function running(url: string): PostgresServer {
  const execute = async (sql: string): Promise<void> => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  return {
    name: 'PostgreSQL',
    async create() {
      const name = `chorus_${randomUUID().replaceAll('-', '')}`;
      await execute(`CREATE DATABASE ${name}`);
      return {
        url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
        drop: () => execute(`DROP DATABASE ${name} WITH (FORCE)`),
      };
    },
  };
}

const url = testPostgresUrl();

/** What tests of the database run against, each. */
export const postgresServers: readonly PostgresServer[] = [
  pglite,
  ...(url === undefined ? [] : [running(url)]),
];
