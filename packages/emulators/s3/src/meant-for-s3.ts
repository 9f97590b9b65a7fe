import type { IncomingMessage } from 'node:http';
import { isFormUpload } from './authorization.ts';
import { bucketOfHost } from './request.ts';

type Head = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Headers that S3 alone has, so that they tell its requests even without a signature. */
const headersOfS3 =
  /^x-amz-(?:acl$|bucket-|checksum-|content-sha256$|copy-source|decoded-content-length$|expected-bucket-owner$|grant-|meta-|metadata-directive$|mp-object-size$|object-|request-payer$|sdk-checksum-algorithm$|server-side-encryption|storage-class$|tagging|trailer$|website-)/;

/**
 * Tells whether a request speaks to S3 by its signature alone: Signature Version 4 with the scope `s3` in the header or in a
 * presigned URL, or Version 2, which S3 alone has. For servers that share one port among services.
 */
export function isS3Request(request: Pick<Head, 'url' | 'headers'>): boolean {
  const { authorization = '' } = request.headers;
  const query = new URLSearchParams((request.url ?? '').replace(/^[^?]*\??/, ''));
  return (
    /^AWS4-\S+ .*Credential=[^,]*\/s3\/aws4_request/.test(authorization) ||
    /^AWS [^\s:]+:/.test(authorization) ||
    /\/s3\/aws4_request$/.test(query.get('X-Amz-Credential') ?? '') ||
    (query.has('AWSAccessKeyId') && query.has('Signature'))
  );
}

/**
 * Tells whether a request without a signature looks as if S3 was meant, which then refuses it in its own words: it names a
 * bucket that exists, has a header of S3's, or is a form with a file for a bucket. Ask for the routes of other services
 * on the same port first: a bucket can have the name of one.
 *
 * @param hasBucket whether a bucket of that name exists
 */
export function looksLikeS3(request: Head, hasBucket: (name: string) => boolean): boolean {
  const { method, url = '/', headers } = request;
  const [, segment = '', rest] = /^\/([^/?]*)(\/[^?])?/.exec(url) ?? [];
  const host = bucketOfHost(headers.host ?? '');
  return (
    hasBucket(segment) ||
    (host !== undefined && hasBucket(host)) ||
    Object.keys(headers).some((name) => headersOfS3.test(name)) ||
    (rest === undefined && isFormUpload(method, headers['content-type']))
  );
}
