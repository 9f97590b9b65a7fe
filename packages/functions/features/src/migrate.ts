import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { connectionOptions } from './database-options.ts';
import { MigrationError } from './errors.ts';
import { type Migration, migrations } from './migrations.ts';

/** The result of a run of the migrations. */
export interface MigrationReport {
  /** Names of the migrations that were applied now, in order. */
  readonly applied: readonly string[];
  /** Whether the data was replaced: it was missing, or of another version. */
  readonly seeded: boolean;
}

/** Longest wait for a connection: a database that slept needs more than 10 s to wake up. */
const connectMs = 20_000;

/** Any number will do, as long as nothing else in the database locks by it. */
const lockId = 7_216_001;

/**
 * Brings the database at `databaseUrl` up to date, schema first, then data, over a connection of its own. To call it again
 * changes nothing; two at once wait for each other.
 *
 * @throws MigrationError for a migration that was changed after it had been applied, or that the database refuses.
 */
export async function migrate(databaseUrl: string): Promise<MigrationReport> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...(await connectionOptions(databaseUrl)),
    application_name: 'chorus-features-migrate',
    connectionTimeoutMillis: connectMs,
  });
  // A connection that breaks fails the query that runs; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const applied = await applyMigrations(client, migrations);
    // The data is 180 KB of text that no other event needs.
    const { seed } = await import('./seed/seed.ts');
    return { applied, seeded: await inTransaction(client, () => seed(client)) };
  } finally {
    await client.end();
  }
}

/**
 * Applies the steps that `schema_migrations` does not have, each in a transaction with its entry there.
 *
 * @returns the names of those applied.
 * @throws MigrationError as `migrate` does.
 */
export async function applyMigrations(
  client: ClientBase,
  steps: readonly Migration[],
): Promise<readonly string[]> {
  await inTransaction(client, () =>
    client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
      name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
    )`),
  );
  const applied: string[] = [];
  for (const step of steps) {
    if (await inTransaction(client, () => applyOne(client, step))) {
      applied.push(step.name);
    }
  }
  return applied;
}

async function applyOne(client: ClientBase, { name, sql }: Migration): Promise<boolean> {
  const checksum = createHash('sha256').update(sql).digest('hex');
  const { rows } = await client.query('SELECT checksum FROM schema_migrations WHERE name = $1', [
    name,
  ]);
  if (rows.length > 0) {
    if (rows[0].checksum !== checksum) {
      throw new MigrationError(
        `migration ${name} was changed after it had been applied; undo that, and add a new one`,
      );
    }
    return false;
  }
  try {
    await client.query(sql);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`migration ${name} failed: ${reason}`, { cause });
  }
  await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [
    name,
    checksum,
  ]);
  return true;
}

/** One at a time in the whole database: the lock ends with the transaction, also when this process dies. */
async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockId]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that is gone has nothing left to undo; the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
