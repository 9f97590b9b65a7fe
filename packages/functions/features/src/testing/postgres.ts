import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { createPostgres } from '@chorus/emulator-postgres';
import pg from 'pg';
import { testPostgresUrl } from './env.ts';

/** An empty database of its own. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A source of databases for tests. */
export interface PostgresServer {
  readonly name: string;
  create(): Promise<TestDatabase>;
}

/** The local cloud's PostgreSQL, in this process and in memory. */
const embedded: PostgresServer = {
  name: 'the local cloud’s PostgreSQL',
  async create() {
    const password = randomUUID();
    const postgres = createPostgres({ password, fail: console.error });
    const server = createServer(postgres.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      async drop() {
        server.close();
        await postgres.close();
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

/** The servers that each test of the database runs against. */
export const postgresServers: readonly PostgresServer[] = [
  embedded,
  ...(url === undefined ? [] : [running(url)]),
];
