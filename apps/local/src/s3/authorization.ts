import { notImplemented, S3Error } from './errors.ts';
import { verifyPresigned } from './presigned.ts';
import type { S3Request } from './request.ts';
import type { S3Credentials } from './signature.ts';

/**
 * Refuses a request that grants nothing. A presigned URL is verified here; a Signature Version 4 in the Authorization
 * header is verified before a request reaches S3, since it is the same for every service.
 *
 * @param now epoch milliseconds
 * @throws {S3Error} AccessDenied for a request without a signature, InvalidRequest for another kind of signature,
 * NotImplemented for an upload by an HTML form, and why a presigned URL grants nothing
 */
export function authorize(request: S3Request, credentials: S3Credentials, now: number): void {
  const { headers } = request.incoming;
  // The signature of a form is one of its fields.
  if (isFormUpload(request.method, headers['content-type'])) {
    throw notImplemented(
      'PostObject, uploads by HTML forms (multipart/form-data); use a presigned PUT',
    );
  }
  const isPresigned = verifyPresigned(request, credentials, now);
  if (headers.authorization === undefined) {
    if (!isPresigned) throw new S3Error('AccessDenied', 'The request carries no signature.');
    return;
  }
  if (isPresigned) {
    throw new S3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (!/^AWS4-HMAC-SHA256\s/.test(headers.authorization)) {
    throw new S3Error(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
}

/** Whether a request is what a browser sends for a form with a file (S3 API reference, "POST Object"). */
export function isFormUpload(method: string | undefined, contentType: string | undefined): boolean {
  return method === 'POST' && /^\s*multipart\/form-data\b/i.test(contentType ?? '');
}
