/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** The table of predictions. Region, credentials and endpoint the AWS SDK finds itself. */
export interface ReadSettings {
  readonly table: string;
}

/**
 * Reads PREDICTIONS_TABLE.
 *
 * @throws {ConfigurationError} when the table is not named
 */
export function readSettings(): ReadSettings {
  const table = process.env['PREDICTIONS_TABLE'];
  if (!table)
    throw new ConfigurationError('PREDICTIONS_TABLE is not set: it says where predictions are');
  return { table };
}
