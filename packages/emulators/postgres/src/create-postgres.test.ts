import { type AddressInfo, createServer, type Server } from 'node:net';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPostgres, type PostgresEmulator } from './index.ts';

const failures: unknown[] = [];
let postgres: PostgresEmulator;
let server: Server;
let client: pg.Client;

beforeEach(async () => {
  postgres = createPostgres({ password: 'of-this-test', fail: (error) => failures.push(error) });
  server = createServer(postgres.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new pg.Client(`postgres://any:of-this-test@127.0.0.1:${port}/postgres`);
  client.on('error', () => {});
  await client.connect();
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

it('is in memory without a folder, and new each time', async () => {
  for (const text of ['CREATE TABLE t (n int)', 'INSERT INTO t VALUES (1), (2)'])
    await client.query(text);
  expect((await client.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 2 }]);
  await postgres.ready;
  await postgres.close();
  expect(failures).toEqual([]);
});

it('ends its connections when it is closed, whatever they have prepared, and calls that no failure', async () => {
  await client.query({ name: 'kept', text: 'SELECT $1::int AS n', values: [1] });
  const ended = new Promise((resolve) => client.once('end', resolve));
  await postgres.close();
  await ended;
  expect(failures).toEqual([]);
});
