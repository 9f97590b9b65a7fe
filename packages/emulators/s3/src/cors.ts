import type { IncomingMessage, ServerResponse } from 'node:http';
import { S3Error } from './errors.ts';
import { isPresigned } from './presigned.ts';
import { parseRequest } from './request.ts';

/** Headers a web page may send: what a presigned upload binds. */
const allowedHeaders: ReadonlySet<string> = new Set(['content-type']);

/**
 * Lets web pages of any origin PUT with presigned URLs (S3 User Guide, "Using cross-origin resource sharing"; the rules
 * are those `infra` gives such buckets). A page's question beforehand, OPTIONS, is answered here.
 *
 * @returns whether the request is answered
 */
export function shareAcrossOrigins(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  response: ServerResponse,
): boolean {
  if (headers.origin === undefined) return false;
  const isQuestion = method === 'OPTIONS';
  const wanted = (headers['access-control-request-headers'] ?? '').toLowerCase().split(/[\s,]+/);
  const isAllowed =
    (isQuestion ? headers['access-control-request-method'] : method) === 'PUT' &&
    wanted.every((name) => name === '' || allowedHeaders.has(name));
  if (!isAllowed) return false;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-methods', 'PUT');
  if (!isQuestion) return false;
  response.writeHead(200, {
    'access-control-allow-headers': [...allowedHeaders].join(', '),
    'access-control-max-age': '3600',
    'content-length': '0',
  });
  response.end();
  return true;
}

/**
 * Tells uploads of web pages from everything else a page may send.
 *
 * @param buckets those that take uploads from web pages
 * @returns whether a request is a presigned PUT into one of these buckets, or a browser's question before it
 */
export function isPageUpload(request: IncomingMessage, buckets: ReadonlySet<string>): boolean {
  if (request.method !== 'PUT' && request.method !== 'OPTIONS') return false;
  try {
    const { bucket, query } = parseRequest(request, '');
    return buckets.has(bucket) && isPresigned(query);
  } catch (error) {
    if (error instanceof S3Error) return false;
    throw error;
  }
}
