export { createPostgres, type PostgresEmulator, type PostgresOptions } from './create-postgres.ts';
export { PostgresError } from './errors.ts';
export {
  type PostgresProcess,
  type ProcessOptions,
  startPostgres,
} from './start-postgres.ts';
