/** Which migrations only add to a database, so that the code that runs before and after them finds what it needs. */
export { checkExpandOnly } from './check-expand-only.ts';
export { MigrationOrderError } from './errors.ts';
export { type Contraction, findContractions, type Migration } from './find-contractions.ts';
