/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** Where runs are written down. Region and credentials the AWS SDK finds itself. */
export interface RecordSettings {
  /** The table of runs. */
  readonly table: string;
  /** The bucket of training data, and of reports. */
  readonly bucket: string;
  /** Whether S3 is somewhere else than at AWS, where buckets have no host names of their own. */
  readonly hasOwnEndpoint: boolean;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new ConfigurationError(`${name} is not set: it says where runs are kept`);
  return value;
}

/**
 * Reads PIPELINE_RUNS_TABLE and TRAINING_BUCKET, and whether there is an AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
 *
 * @throws {ConfigurationError} naming the variable that is missing
 */
export function readSettings(): RecordSettings {
  return {
    table: needed('PIPELINE_RUNS_TABLE'),
    bucket: needed('TRAINING_BUCKET'),
    hasOwnEndpoint: Boolean(process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']),
  };
}
