import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Blueprint, physicalName } from '@chorus/blueprint';
import type { Migration } from '@chorus/migrations';
import { databaseName, databaseUser, userConnections } from '../database-names.ts';
import { InvocationError } from '../errors.ts';
import { nextAlias } from '../names.ts';
import { makeDatabaseUser } from './database-user.ts';
import type { Run } from './release-run.ts';

/** How often the feature store is asked to migrate, and how long it is given in between: a database that slept takes
 * some 15 s to wake, longer than its function waits. */
const migration = { attempts: 6, pauseMs: 10_000 };

/** Reads the migrations of the feature store's package; none without a feature store. */
export async function migrationsOf(
  { featureStore }: Blueprint,
  root: string,
): Promise<readonly Migration[]> {
  if (featureStore === undefined) return [];
  const file = join(root, featureStore.source, 'src/migrations.ts');
  const { migrations }: { readonly migrations: readonly Migration[] } = await import(
    pathToFileURL(file).href
  );
  return migrations;
}

/** Makes the user that the functions are in the feature store's database. */
export async function prepareDatabase(run: Run): Promise<string> {
  const { featureStore } = run.blueprint;
  if (featureStore === undefined) return 'no feature store';
  const connectionLimit = userConnections(featureStore);
  await makeDatabaseUser(run, { database: databaseName, user: databaseUser, connectionLimit });
  return `${databaseUser}, with at most ${connectionLimit} connections`;
}

/**
 * Brings the feature store's database up to date, by the next version of its function: no one else reaches it.
 *
 * @throws {InvocationError} if it cannot be done; to migrate again changes nothing
 */
export async function migrate({ tools, blueprint, stage, signal }: Run): Promise<string> {
  const { functions, featureStore } = blueprint;
  const migrates = functions.find(({ source }) => source === featureStore?.source);
  if (migrates === undefined) return 'no feature store';
  const name = physicalName(migrates.name, stage);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const report = await tools.functions.invoke(name, nextAlias, { chorus: 'migrate' });
      const { applied } = Object(report) as { readonly applied?: unknown };
      return Array.isArray(applied) && applied.length > 0 ? applied.join(', ') : 'nothing to apply';
    } catch (error) {
      const isHopeless = error instanceof InvocationError && error.errorType === 'MigrationError';
      if (isHopeless || attempt === migration.attempts) throw error;
      await tools.pause(migration.pauseMs, signal);
    }
  }
}
