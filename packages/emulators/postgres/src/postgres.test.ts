import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds, message } from './messages.ts';
import { type PostgresProcess, startPostgres } from './start-postgres.ts';

const password = 'of-this-test';
let directory: string;
let database: PostgresProcess;
let connectionString: string;
const pools: pg.Pool[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-database-'));
  database = await startPostgres({
    directory,
    name: 'features-db',
    addresses: ['127.0.0.1'],
    password,
    compileCache: join(tmpdir(), 'node-compile-cache'),
    onEnd: () => {},
  });
  connectionString = `postgres://any:${password}@127.0.0.1:${database.ports[0]}/postgres`;
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

function open(max = 1): pg.Pool {
  const pool = new pg.Pool({ connectionString, max });
  // Some tests cut connections.
  pool.on('error', () => {});
  pools.push(pool);
  return pool;
}

describe('the embedded PostgreSQL', () => {
  it('keeps clients that come before it is ready waiting, and answers them', async () => {
    const { rows } = await open().query('SELECT $1::int + 1 AS two', [1]);
    expect(rows).toEqual([{ two: 2 }]);
    await database.ready;
  });

  it('lets no statement of another client into a transaction', async () => {
    const all = Array.from({ length: 4 }, () => open(5));
    await open().query('CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)');

    async function increment(pool: pg.Pool): Promise<void> {
      const client = await pool.connect();
      await client.query('BEGIN');
      const { rows } = await client.query('SELECT n FROM counter');
      await client.query('UPDATE counter SET n = $1', [rows[0].n + 1]);
      await client.query('COMMIT');
      client.release();
    }
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => increment(all[index % 4] ?? open())),
    );
    expect((await open().query('SELECT n FROM counter')).rows).toEqual([{ n: 200 }]);
  });

  it('undoes what a client that dies had not committed, and goes on with the others', async () => {
    await open().query('CREATE TABLE kept (n int)');
    const dying = new pg.Client({ connectionString });
    dying.on('error', () => {});
    await dying.connect();
    await dying.query('BEGIN');
    await dying.query('INSERT INTO kept VALUES (1)');
    const waiting = open().query('SELECT count(*)::int AS n FROM kept');
    // As a process that is killed leaves its socket.
    (
      dying as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
  });

  it('goes on after a failed transaction, which stays failed until its end', async () => {
    const client = await open().connect();
    await client.query('BEGIN');
    await expect(client.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });

  it('keeps the prepared statements of two clients apart, whatever they are called', async () => {
    const [first, second] = [open(), open()];
    const ask = (pool: pg.Pool, text: string) => pool.query({ name: 'same', text, values: [20] });
    for (let round = 0; round < 2; round += 1) {
      expect((await ask(first, 'SELECT $1::int + 1 AS n')).rows).toEqual([{ n: 21 }]);
      expect((await ask(second, 'SELECT $1::int * 2 AS n')).rows).toEqual([{ n: 40 }]);
    }
    expect(
      (await open().query('SELECT count(*)::int AS n FROM pg_prepared_statements')).rows,
    ).toEqual([{ n: 2 }]);
    await first.end();
    await second.end();
    pools.splice(0, pools.length, ...pools.filter((pool) => pool !== first && pool !== second));
    const left = async () =>
      (await open().query('SELECT count(*)::int AS n FROM pg_prepared_statements')).rows[0].n;
    await expect.poll(left).toBe(0);
  });

  it('carries values and results of megabytes, and reports errors of either protocol', async () => {
    const value = 'ü'.repeat(1_000_000);
    const { rows } = await open().query('SELECT $1::text AS a, repeat($1, 2) AS b', [value]);
    expect(rows).toEqual([{ a: value, b: value + value }]);
    await expect(open().query('SELEC')).rejects.toMatchObject({ code: '42601' });
    await expect(open().query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
  });

  it('refuses rows from STDIN, which it could not take, and goes on', async () => {
    const pool = open();
    await pool.query('CREATE TABLE rows (n int)');
    await expect(pool.query('COPY rows FROM STDIN')).rejects.toThrow('takes no rows from STDIN');
    await expect(pool.query('COPY rows FROM STDIN', [])).rejects.toThrow('takes no rows');
    expect((await pool.query('SELECT count(*)::int AS copy FROM rows')).rows).toEqual([
      { copy: 0 },
    ]);
  });

  it('says that it has no TLS', async () => {
    const client = new pg.Client({ connectionString, ssl: true });
    await expect(client.connect()).rejects.toThrow('does not support SSL');
  });

  it('takes a request to cancel, and survives what is no PostgreSQL at all', async () => {
    const port = database.ports[0] ?? 0;
    const cancel = Buffer.alloc(16);
    [16, 80_877_102, 1, 1].forEach((value, index) => void cancel.writeInt32BE(value, index * 4));
    const startup = Buffer.from('\0\0\0\x11\0\x03\0\0user\0a\0\0\0');
    const secret = message(kinds.password, `${password}\0`);
    const unknown = Buffer.concat([startup, secret, Buffer.from('z\0\0\0\x04')]);
    const http = Buffer.from('GET / HTTP/1.1\r\n\r\n');
    for (const bytes of [cancel, unknown, http, Buffer.alloc(64, 0xff)]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      socket.write(bytes);
      await once(socket, 'close');
    }
    expect((await open().query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
