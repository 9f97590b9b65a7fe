import type { Contraction } from './find-contractions.ts';

/** Migrations that would take from the code that runs what it still uses. */
export class MigrationOrderError extends Error {
  override readonly name = 'MigrationOrderError';
  /** The statements that do, by migration; none when a contraction is only not alone. */
  readonly contractions: readonly Contraction[];

  constructor(message: string, contractions: readonly Contraction[]) {
    super(message);
    this.contractions = contractions;
  }
}
