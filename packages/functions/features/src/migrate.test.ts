import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataVersion } from './data-version.ts';
import { applyMigrations, migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { postgresServers, type TestDatabase } from './testing/postgres.ts';

const names = migrations.map(({ name }) => name);

describe.each(postgresServers)('migrations of $name', (server) => {
  let database: TestDatabase;
  let client: pg.Client;

  // One for all of them, emptied: to open one takes longer than to migrate it.
  beforeAll(async () => {
    database = await server.create();
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    client = new pg.Client(database.url);
    await client.connect();
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
  afterEach(() => client.end());

  const one = async (sql: string): Promise<unknown> =>
    Object.values((await client.query(sql)).rows[0] ?? {})[0];

  it('make the schema and bring the data, and the second time nothing', async () => {
    expect(await migrate(database.url)).toEqual({ applied: names, seeded: true });
    expect(await one('SELECT version FROM feature_version')).toBe(dataVersion);
    expect(await one(`SELECT country FROM cells WHERE cell = '837a6efffffffff'`)).toBe('KE');
    expect(await migrate(database.url)).toEqual({ applied: [], seeded: false });
  });

  it('at once are done by one of them, and the other waits', async () => {
    const reports = await Promise.all([migrate(database.url), migrate(database.url)]);
    expect(reports.flatMap(({ applied }) => applied)).toEqual(names);
    expect(reports.map(({ seeded }) => seeded).toSorted()).toEqual([false, true]);
  });

  it('replace data of another version, all of it', async () => {
    await migrate(database.url);
    const cells = await one('SELECT count(*)::int FROM cells');
    await client.query(`UPDATE feature_version SET version = 'old'`);
    await client.query(`INSERT INTO cells VALUES ('gone', 'XX', 1)`);
    expect(await migrate(database.url)).toEqual({ applied: [], seeded: true });
    expect(await one('SELECT count(*)::int FROM cells')).toBe(cells);
    expect(await one('SELECT version FROM feature_version')).toBe(dataVersion);
  });

  it('refuse one that was changed after it had been applied', async () => {
    const first = { name: '0001-a', sql: 'CREATE TABLE a (x int)' };
    await applyMigrations(client, [first]);
    const changed = { ...first, sql: 'CREATE TABLE a (x text)' };
    await expect(applyMigrations(client, [changed])).rejects.toThrow(
      expect.objectContaining({
        name: 'MigrationError',
        message: expect.stringContaining('0001-a was changed'),
      }),
    );
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    const steps = [
      { name: '0001-a', sql: 'CREATE TABLE a (x int)' },
      { name: '0002-b', sql: 'CREATE TABLE b (x int); SELECT * FROM nowhere' },
    ];
    await expect(applyMigrations(client, steps)).rejects.toThrow(
      'migration 0002-b failed: relation "nowhere" does not exist',
    );
    expect(await one(`SELECT to_regclass('a') IS NOT NULL`)).toBe(true);
    expect(await one(`SELECT to_regclass('b') IS NULL`)).toBe(true);
    expect(await applyMigrations(client, steps.slice(0, 1))).toEqual([]);
  });

  it('leave nothing of one that cannot be entered into their list', async () => {
    const sql = 'ALTER TABLE schema_migrations ADD reason text NOT NULL';
    await expect(applyMigrations(client, [{ name: '0001-a', sql }])).rejects.toThrow('reason');
    expect(await applyMigrations(client, [{ name: '0002-b', sql: 'SELECT 1' }])).toEqual([
      '0002-b',
    ]);
  });
});
