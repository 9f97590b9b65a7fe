/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** The table of reviews. Region, credentials and endpoint the AWS SDK finds itself. */
export interface ReadSettings {
  readonly table: string;
}

/**
 * Reads REVIEWS_TABLE.
 *
 * @throws {ConfigurationError} when the table is not named
 */
export function readSettings(): ReadSettings {
  const table = process.env['REVIEWS_TABLE'];
  if (!table)
    throw new ConfigurationError('REVIEWS_TABLE is not set: it says where reviews are kept');
  return { table };
}
