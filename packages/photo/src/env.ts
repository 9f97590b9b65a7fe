import { ConfigurationError } from '@chorus/runtime/errors';

/**
 * Returns the bucket with uploaded photos, of UPLOADS_BUCKET.
 *
 * @throws ConfigurationError when it is not set.
 */
export function uploadsBucket(): string {
  const bucket = process.env['UPLOADS_BUCKET'];
  if (!bucket) {
    throw new ConfigurationError('UPLOADS_BUCKET is not set: it says where uploaded photos are');
  }
  return bucket;
}
