import { DatabaseResumingError } from './errors.ts';
import { output, type Run } from './release-run.ts';

/** The database, and the user that the functions are of it. */
export interface UserOptions {
  readonly database: string;
  readonly user: string;
  /** What PostgreSQL itself holds the user to. */
  readonly connectionLimit: number;
}

/**
 * PostgreSQL that makes the user of the functions, or brings it up to date: it logs in by IAM, owns what its migrations
 * make, and has no other rights. One statement, as the Data API takes no more, and the same however often it runs.
 */
export function userStatement({ database, user, connectionLimit }: UserOptions): string {
  return `DO $$ BEGIN
IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${user}') THEN CREATE ROLE ${user} LOGIN; END IF;
ALTER ROLE ${user} CONNECTION LIMIT ${connectionLimit};
GRANT rds_iam TO ${user};
GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${database} TO ${user};
GRANT USAGE, CREATE ON SCHEMA public TO ${user};
END $$`;
}

/** How often a database that sleeps is asked: it takes some 15 s to wake up. */
const waking = { attempts: 12, pauseMs: 5000 };

/** Runs a statement in the feature store's database, which may have to wake up for it. */
export async function runStatement(
  run: Pick<Run, 'tools' | 'signal' | 'stage'>,
  place: { readonly cluster: string; readonly secret: string },
  sql: string,
): Promise<readonly string[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run.tools.database.execute(place, sql);
    } catch (error) {
      if (!(error instanceof DatabaseResumingError) || attempt === waking.attempts) throw error;
      await run.tools.pause(waking.pauseMs, run.signal);
    }
  }
}

/** Makes the user of the functions in the feature store's database. */
export async function makeDatabaseUser(run: Run, options: UserOptions): Promise<void> {
  const [cluster, secret] = await Promise.all([
    output(run, 'Foundation', 'DatabaseArn'),
    output(run, 'Foundation', 'DatabaseSecret'),
  ]);
  await runStatement(run, { cluster, secret }, userStatement(options));
}
