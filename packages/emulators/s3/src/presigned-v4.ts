import type { Credentials } from '@chorus/emulator-aws';
import { canonicalRequest, sha256, signatureOf } from '@chorus/emulator-aws';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import { expired, sameText } from './signature.ts';

const maxExpirySeconds = 7 * 24 * 3600;
const clockSkewMs = 15 * 60 * 1000;

/**
 * Verifies a presigned URL of Signature Version 4 (S3 API reference, "Authenticating requests: using query
 * parameters"): parameters, key, expiry, and the signature over method, path, query and the signed headers.
 * @param now Epoch milliseconds.
 * @throws {S3Error} AuthorizationQueryParametersError, InvalidAccessKeyId, AccessDenied, SignatureDoesNotMatch
 */
export function verifyPresignedV4(request: S3Request, credentials: Credentials, now: number): void {
  const { query } = request;
  const signature = query.get('X-Amz-Signature');
  const scope = parseScope(query.get('X-Amz-Credential'));
  const date = query.get('X-Amz-Date') ?? '';
  const signedHeaders = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  if (
    query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256' ||
    signature === null ||
    !signedHeaders.includes('host')
  ) {
    throw new S3Error('AuthorizationQueryParametersError');
  }
  if (!scope.name.startsWith(`${date.slice(0, 8)}/`)) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      `Invalid credential date. This date is not the same as X-Amz-Date: "${date.slice(0, 8)}".`,
    );
  }
  checkTime(date, query.get('X-Amz-Expires'), now);
  if (scope.accessKeyId !== credentials.accessKeyId) throw new S3Error('InvalidAccessKeyId');
  checkUnsignedHeaders(request, signedHeaders);

  const canonical = canonicalRequest(
    { ...request, service: 's3', headers: request.incomingHeaders },
    signedHeaders,
    request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  );
  const expected = signatureOf(canonical, {
    secret: credentials.secretAccessKey,
    date,
    scope: scope.name,
  });
  if (!sameText(signature, expected.toString('hex'))) {
    throw new S3Error('SignatureDoesNotMatch', undefined, {
      StringToSign: `AWS4-HMAC-SHA256\n${date}\n${scope.name}\n${sha256(canonical)}`,
      CanonicalRequest: canonical,
    });
  }
}

function parseScope(credential: string | null): { accessKeyId: string; name: string } {
  const match = /^(.+?)\/(\d{8}\/[^/]+\/s3\/aws4_request)$/.exec(credential ?? '');
  if (match === null) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      'X-Amz-Credential must be <access key>/<yyyymmdd>/<region>/s3/aws4_request.',
    );
  }
  return { accessKeyId: match[1] ?? '', name: match[2] ?? '' };
}

function checkTime(date: string, expires: string | null, now: number): void {
  const seconds = Number(expires);
  const signed = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Number.isNaN(signed) || expires === null || !/^\d+$/.test(expires)) {
    throw new S3Error('AuthorizationQueryParametersError');
  }
  if (seconds < 1 || seconds > maxExpirySeconds) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      `X-Amz-Expires must be from 1 to ${maxExpirySeconds} seconds.`,
    );
  }
  if (signed > now + clockSkewMs) throw new S3Error('AccessDenied', 'Request is not yet valid');
  const end = signed + seconds * 1000;
  if (now > end) throw expired(end, now);
}

/** A presigned URL grants what was signed: `x-amz-…` headers the signer did not see could grant more. */
function checkUnsignedHeaders(request: S3Request, signedHeaders: readonly string[]): void {
  const unsigned = Object.keys(request.incomingHeaders).filter(
    (name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error(
      'AccessDenied',
      'There were headers present in the request which were not signed',
      { HeadersNotSigned: unsigned.join(', ') },
    );
  }
}
