import type { IncomingMessage, ServerResponse } from 'node:http';

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
