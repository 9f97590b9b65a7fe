/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** The bucket of rows and of what is made of them. Region and credentials the AWS SDK finds itself. */
export interface DataSettings {
  readonly bucket: string;
  /** Whether S3 is somewhere else than at AWS, where buckets have no host names of their own. */
  readonly hasOwnEndpoint: boolean;
}

/**
 * Reads TRAINING_BUCKET, and whether there is an AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
 *
 * @throws {ConfigurationError} when the bucket is not named
 */
export function readSettings(): DataSettings {
  const bucket = process.env['TRAINING_BUCKET'];
  if (!bucket)
    throw new ConfigurationError('TRAINING_BUCKET is not set: it says where the rows are');
  return {
    bucket,
    hasOwnEndpoint: Boolean(process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']),
  };
}
