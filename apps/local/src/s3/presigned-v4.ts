import { createHash } from 'node:crypto';
import { S3Error } from './errors.ts';
import { decodePath, type S3Request } from './request.ts';
import { expired, hmac, type S3Credentials, sameText, signingKey } from './signature.ts';

const maxExpirySeconds = 7 * 24 * 3600;
const clockSkewMs = 15 * 60 * 1000;

/**
 * Verifies a presigned URL of Signature Version 4 (S3 API reference, "Authenticating requests: using query
 * parameters"): parameters, key, expiry, and the signature over method, path, query and the signed headers.
 * @param now Epoch milliseconds.
 * @throws {S3Error} AuthorizationQueryParametersError, InvalidAccessKeyId, AccessDenied, SignatureDoesNotMatch
 */
export function verifyPresignedV4(
  request: S3Request,
  credentials: S3Credentials,
  now: number,
): void {
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

  const canonical = canonicalRequest(request, signedHeaders);
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    date,
    scope.name,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const expected = hmac(signingKey(credentials.secretAccessKey, scope.name), stringToSign);
  if (!sameText(signature, expected.toString('hex'))) {
    throw new S3Error('SignatureDoesNotMatch', undefined, {
      StringToSign: stringToSign,
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
  const unsigned = Object.keys(request.incoming.headers).filter(
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

function canonicalRequest(request: S3Request, signedHeaders: readonly string[]): string {
  const query = [...request.query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [uriEncode(name), uriEncode(value)])
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const headers = signedHeaders.map((name) => {
    const { headers } = request.incoming;
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
    const text = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
  });
  return [
    request.method,
    decodePath(request.path).split('/').map(uriEncode).join('/'),
    query.join('&'),
    headers.join(''),
    signedHeaders.join(';'),
    request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
}

/** Percent-encodes all but RFC 3986's unreserved characters. */
function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
