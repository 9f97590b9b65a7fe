import { LocalCloudError } from '@chorus/emulator-files';

/** The embedded PostgreSQL cannot be opened; the message says why and what to do. */
export class PostgresError extends LocalCloudError {
  override readonly name = 'PostgresError';
}
