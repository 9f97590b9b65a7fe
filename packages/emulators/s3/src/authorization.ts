import type { Credentials } from '@chorus/emulator-aws';
import { s3Names, verifyHeader, whereCredentialsAre } from '@chorus/emulator-aws';
import { notImplemented, S3Error } from './errors.ts';
import { verifyPresigned } from './presigned.ts';
import type { S3Request } from './request.ts';

/**
 * Refuses a request that grants nothing: verifies its presigned URL, or the Signature Version 4 in its header.
 *
 * @param now epoch milliseconds
 * @throws {S3Error} AccessDenied for a request without a signature, InvalidRequest for another kind of signature,
 * NotImplemented for an upload by an HTML form, and why a signature grants nothing
 */
export function authorize(request: S3Request, credentials: Credentials, now: number): void {
  const { method, path, query, incomingHeaders: headers } = request;
  // The signature of a form is one of its fields.
  if (isFormUpload(method, headers['content-type'])) {
    throw notImplemented(
      'PostObject, uploads by HTML forms (multipart/form-data); use a presigned PUT',
    );
  }
  const isPresigned = verifyPresigned(request, credentials, now);
  if (headers['authorization'] === undefined) {
    if (!isPresigned)
      throw new S3Error('AccessDenied', `The request is not signed. ${whereCredentialsAre}`);
    return;
  }
  if (isPresigned) {
    throw new S3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (!/^AWS4-HMAC-SHA256\s/.test(headers['authorization'])) {
    throw new S3Error(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  const refusal = verifyHeader({ method, path, query, headers }, credentials, now);
  if (refusal !== undefined) throw new S3Error(s3Names[refusal.reason], refusal.message);
}

/** Tells whether a request is what a browser sends for a form with a file (S3 API reference, "POST Object"). */
export function isFormUpload(method: string | undefined, contentType: string | undefined): boolean {
  return method === 'POST' && /^\s*multipart\/form-data\b/i.test(contentType ?? '');
}
