import { createHmac } from 'node:crypto';
import type { Credentials } from '@chorus/emulator-aws';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import { expired, sameText } from './signature.ts';

/** Query parameters that are part of the resource; S3 Developer Guide, "Signing and authenticating REST requests". */
const signedParameters =
  /^(?:acl|delete|lifecycle|location|logging|notification|partNumber|policy|requestPayment|response-.+|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website)$/;

/**
 * Verifies a presigned URL of the old Signature Version 2 (`AWSAccessKeyId`, `Expires`, `Signature`), which boto3 and
 * `aws s3 presign` still make for us-east-1 unless told otherwise.
 * @param now Epoch milliseconds.
 * @throws {S3Error} AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch
 */
export function verifyPresignedV2(request: S3Request, credentials: Credentials, now: number): void {
  const { query, headers } = request;
  const expires = query.get('Expires') ?? '';
  const signature = query.get('Signature') ?? '';
  if (!/^\d{1,12}$/.test(expires)) {
    throw new S3Error('AccessDenied', 'Query-string authentication requires the Expires parameter');
  }
  if (now > Number(expires) * 1000) throw expired(Number(expires) * 1000, now);
  if (query.get('AWSAccessKeyId') !== credentials.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId');
  }
  const stringToSign = [
    request.method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    expires,
    ...amzHeaders(request),
    resource(request),
  ].join('\n');
  const expected = createHmac('sha1', credentials.secretAccessKey)
    .update(stringToSign)
    .digest('base64');
  if (!sameText(signature, expected)) {
    throw new S3Error('SignatureDoesNotMatch', undefined, { StringToSign: stringToSign });
  }
}

function amzHeaders(request: S3Request): string[] {
  const headers = new Map<string, string>();
  for (const [name, value] of [...request.query, ...Object.entries(request.headers)]) {
    if (name.toLowerCase().startsWith('x-amz-')) headers.set(name.toLowerCase(), value.trim());
  }
  return [...headers].map(([name, value]) => `${name}:${value}`).sort();
}

function resource(request: S3Request): string {
  const path = request.virtualHost ? `/${request.bucket}${request.path}` : request.path;
  const parameters = [...request.query]
    .filter(([name]) => signedParameters.test(name))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .sort();
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}
