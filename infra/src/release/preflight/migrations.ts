import { checkExpandOnly, MigrationOrderError } from '@chorus/migrations';
import { runStatement } from '../database-user.ts';
import { migrationsOf } from '../migrate.ts';
import { type Release, stackName } from '../release-run.ts';
import type { Check } from './check.ts';

/** Returns the migrations that the database has; none when there is no database, or none has been applied. */
async function appliedIn(release: Release): Promise<readonly string[] | undefined> {
  const foundation = await release.tools.stacks.read(stackName(release, 'Foundation'));
  const { DatabaseArn: cluster, DatabaseSecret: secret } = foundation?.outputs ?? {};
  if (cluster === undefined || secret === undefined) return undefined;
  const place = { cluster, secret };
  const exists = "SELECT 1 FROM pg_tables WHERE tablename = 'schema_migrations'";
  if ((await runStatement(release, place, exists)).length === 0) return undefined;
  return runStatement(release, place, 'SELECT name FROM schema_migrations');
}

/** Looks whether the migrations only add, since they run while the code from before them answers. */
export const checkMigrations: Check = async (release) => {
  const migrations = await migrationsOf(release.blueprint, release.root);
  // To ask the database wakes it up, which only one that contracts is worth.
  const contracts = migrations.some((each) => each.contracts !== undefined);
  const applied = contracts ? await appliedIn(release) : undefined;
  try {
    await checkExpandOnly(migrations, applied);
    return [];
  } catch (error) {
    if (error instanceof MigrationOrderError) return [error.message];
    throw error;
  }
};
