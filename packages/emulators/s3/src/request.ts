import { type IncomingMessage, validateHeaderName, validateHeaderValue } from 'node:http';
import type { ChunkSigning } from './chunk-signatures.ts';
import { S3Error } from './errors.ts';

/** One S3 request with its address taken apart. */
export interface S3Request {
  readonly incoming: IncomingMessage;
  /** Sent back as `x-amz-request-id`. */
  readonly id: string;
  readonly method: string;
  /** Path as sent, still percent-encoded: what signatures are computed over. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Whether the bucket came from the host name instead of the path. */
  readonly virtualHost: boolean;
  /** Empty when the request is about the service. */
  readonly bucket: string;
  /** Empty when the request is about a bucket. */
  readonly key: string;
  /** By lower-case name, as they came: what signatures are computed over. */
  readonly incomingHeaders: Readonly<Record<string, string>>;
  /** By lower-case name; a presigned URL's `x-amz-…` parameters count as headers, as on S3. */
  readonly headers: Readonly<Record<string, string>>;
  /** The values that the chunks of the body are signed with, if they are. */
  readonly chunkSigning?: ChunkSigning | undefined;
}

const maxKeyBytes = 1024;

/** Parameters of the signature itself; never headers of the operation. */
const signatureParameter =
  /^x-amz-(algorithm|credential|date|expires|signature|signedheaders|security-token)$/;

/**
 * Reads bucket, key, query and headers of a request, path style (`/bucket/key`) or virtual-host style
 * (`bucket.localhost`). The key is decoded exactly once and never normalised: `//` and `..` are part of it.
 * @throws {S3Error} InvalidURI, KeyTooLongError, InvalidArgument
 */
export function parseRequest(incoming: IncomingMessage, id: string): S3Request {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const decoded = decodePath(path).slice(1);
  const hostBucket = bucketOfHost(incoming.headers.host ?? '');
  const slash = decoded.indexOf('/');
  const bucket = hostBucket ?? (slash < 0 ? decoded : decoded.slice(0, slash));
  const virtualHost = hostBucket !== undefined;
  const key = virtualHost ? decoded : slash < 0 ? '' : decoded.slice(slash + 1);
  if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error('KeyTooLongError');
  if (bucket === '' && key !== '') throw new S3Error('InvalidURI', 'The path names no bucket.');
  const method = incoming.method ?? 'GET';
  const incomingHeaders = singleHeaders(incoming);
  const headers = { ...hoistedHeaders(query), ...incomingHeaders };
  return {
    incoming,
    id,
    method,
    path,
    query,
    virtualHost,
    bucket,
    key,
    incomingHeaders,
    headers,
  };
}

/** Decodes percent-encoding; `+` stays a plus. @throws {S3Error} InvalidURI */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw new S3Error('InvalidURI', undefined, {}, { cause: error });
  }
}

/** `my.bucket` for `my.bucket.localhost:8787` and `my.bucket.s3.localhost`; nothing for `localhost` or an address. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const match = /^(.+?)(?:\.s3)?\.localhost$/.exec(name);
  return match?.[1] === 's3' ? undefined : match?.[1];
}

/**
 * `x-amz-…` parameters of a presigned URL; with Signature Version 2 also its Content-Type and Content-MD5. Checksums are left out: signers without a body put the checksum of nothing
 * there, and S3 ignores it (aws/aws-sdk#480).
 */
function hoistedHeaders(query: URLSearchParams): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [parameter, value] of query) {
    const name = parameter.toLowerCase();
    if (query.has('AWSAccessKeyId') && (name === 'content-type' || name === 'content-md5')) {
      assertHeader(name, value);
      headers[name] = value;
    }
    if (!name.startsWith('x-amz-') || signatureParameter.test(name)) continue;
    if (/^x-amz-checksum-(?!mode$|algorithm$|type$)/.test(name)) continue;
    assertHeader(name, value);
    headers[name] = value;
  }
  return headers;
}

/** Checks that a parameter can travel as a header, now or in later answers. @throws {S3Error} InvalidArgument */
export function assertHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new S3Error(
      'InvalidArgument',
      'Header value cannot be represented using ISO-8859-1.',
      { ArgumentName: name, ArgumentValue: value },
      { cause },
    );
  }
}

function singleHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
