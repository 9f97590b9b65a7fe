import { createHash, createHmac } from 'node:crypto';

/** The parts of a request that a signature covers, as they came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Path as sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name; several lines of one name joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** `s3` signs its paths as they are, every other service encodes them once more. */
  readonly service: string;
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** HMAC-SHA256 of a text. */
export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Percent-encodes all but RFC 3986's unreserved characters. */
function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The path without empty, `.` and `..` segments, as signers of every service but S3 write it. */
function normalised(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

/** @throws {URIError} if the path of an S3 request is not percent-encoded UTF-8 */
function canonicalPath({ service, path }: SignedRequest): string {
  const plain = service === 's3' ? decodeURIComponent(path) : normalised(path);
  return plain.split('/').map(uriEncode).join('/');
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [uriEncode(name), uriEncode(value)])
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/**
 * Returns the canonical request of Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param payloadHash SHA-256 of the body, or what stands in its place
 * @throws {URIError} if the path of an S3 request is not percent-encoded UTF-8
 */
export function canonicalRequest(
  request: SignedRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const headers = signedHeaders.map((name) => {
    const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
    return `${name}:${(value ?? '').trim().replace(/\s+/g, ' ')}\n`;
  });
  return [
    request.method,
    canonicalPath(request),
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Keys of the scopes seen last: a day, a region and a service each. */
const keys = new Map<string, Buffer>();

/** Returns the key of Signature Version 4 for a scope, `<yyyymmdd>/<region>/<service>/aws4_request`. */
export function signingKey(secret: string, scope: string): Buffer {
  const name = `${secret} ${scope}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = scope
    .split('/')
    .reduce<Buffer>((above, step) => hmac(above, step), Buffer.from(`AWS4${secret}`));
  if (keys.size >= 16) keys.clear();
  keys.set(name, key);
  return key;
}

/**
 * Returns the signature of a canonical request.
 *
 * @param date `20261129T010203Z`
 * @param scope `20261129/us-east-1/s3/aws4_request`
 */
export function signatureOf(
  canonical: string,
  {
    secret,
    date,
    scope,
  }: { readonly secret: string; readonly date: string; readonly scope: string },
): Buffer {
  return hmac(
    signingKey(secret, scope),
    `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`,
  );
}
