import type { Credentials } from '@chorus/emulator-aws';
import { verifyPresignedV2 } from './presigned-v2.ts';
import { verifyPresignedV4 } from './presigned-v4.ts';
import type { S3Request } from './request.ts';

/** Tells whether a URL has parts of a signature of Version 4 in its query. */
function hasVersion4(query: URLSearchParams): boolean {
  return (
    query.has('X-Amz-Algorithm') || query.has('X-Amz-Credential') || query.has('X-Amz-Signature')
  );
}

/** Tells whether a URL has parts of a signature in its query, of either version. */
export function isPresigned(query: URLSearchParams): boolean {
  return hasVersion4(query) || query.has('AWSAccessKeyId') || query.has('Signature');
}

/**
 * Verifies a presigned URL, of Signature Version 4 or 2.
 *
 * @param now epoch milliseconds
 * @returns whether the request has one; `false` means that nothing was verified
 * @throws {S3Error} why the URL grants nothing
 */
export function verifyPresigned(
  request: S3Request,
  credentials: Credentials,
  now: number,
): boolean {
  const { query } = request;
  if (!isPresigned(query)) return false;
  if (hasVersion4(query)) verifyPresignedV4(request, credentials, now);
  else verifyPresignedV2(request, credentials, now);
  return true;
}
