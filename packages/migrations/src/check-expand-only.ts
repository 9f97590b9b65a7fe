import { MigrationOrderError } from './errors.ts';
import { findContractions, type Migration } from './find-contractions.ts';

/**
 * Makes sure that migrations may run while the code from before them answers: they only add. One that says on purpose what it
 * takes away (`contracts`) is allowed when it is the only one that a database does not have yet: what used it went with a
 * release before.
 *
 * @param applied names of those that the database has. @default none is known: only what is said on purpose may contract
 * @throws {MigrationOrderError} naming each statement, and what to do
 */
export async function checkExpandOnly(
  migrations: readonly Migration[],
  applied?: readonly string[],
): Promise<void> {
  const pending = migrations.filter(({ name }) => applied?.includes(name) !== true);
  const contractions = await findContractions(
    pending.filter(({ contracts }) => contracts === undefined),
  );
  if (contractions.length > 0) {
    const each = contractions.map(
      ({ migration, statement, reason }) => `${migration}: "${statement}" ${reason}`,
    );
    throw new MigrationOrderError(
      `Migrations run while the code from before them answers, so they only add. ${each.join('; ')}. First release code that does without it; then say contracts: '<why>' in a migration that is released alone`,
      contractions,
    );
  }
  const said = pending.filter(({ contracts }) => contracts !== undefined);
  if (applied === undefined || said.length === 0 || pending.length === 1) return;
  throw new MigrationOrderError(
    `${said.map(({ name, contracts }) => `${name} contracts (${contracts})`).join(', ')}, and is not alone: ${pending.map(({ name }) => name).join(', ')} are to be applied. Release those before it first, and it by itself afterwards`,
    [],
  );
}
