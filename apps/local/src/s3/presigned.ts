import type { IncomingMessage } from 'node:http';
import { verifyPresignedV2 } from './presigned-v2.ts';
import { verifyPresignedV4 } from './presigned-v4.ts';
import type { S3Request } from './request.ts';
import type { S3Credentials } from './signature.ts';

/**
 * Verifies a presigned URL; does nothing for other requests. Header signatures are accepted for any credentials,
 * because the local cloud listens on loopback only and its callers are the developer's own programs; a presigned URL
 * is handed to others, so what it grants and for how long is worth testing.
 * @throws {S3Error} why the URL grants nothing
 */
export function verifyPresigned(request: S3Request, credentials: S3Credentials, now: number): void {
  const { query } = request;
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Credential')) {
    verifyPresignedV4(request, credentials, now);
  } else if (query.has('AWSAccessKeyId')) {
    verifyPresignedV2(request, credentials, now);
  }
}

/**
 * Whether a request speaks to S3, by its signature alone: SigV4 scope `s3` in the header or in a presigned URL, or the
 * old `AWSAccessKeyId` form, which nobody but S3 has. For servers that share one port among services.
 */
export function isS3Request(request: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  const { authorization = '' } = request.headers;
  const query = new URLSearchParams((request.url ?? '').replace(/^[^?]*\??/, ''));
  return (
    /^AWS4-\S+ .*Credential=[^,]*\/s3\/aws4_request/.test(authorization) ||
    /\/s3\/aws4_request$/.test(query.get('X-Amz-Credential') ?? '') ||
    (query.has('AWSAccessKeyId') && query.has('Signature'))
  );
}
