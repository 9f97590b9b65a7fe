import type { IncomingMessage } from 'node:http';

/**
 * Rewrites an absolute request target (`GET http://127.0.0.1:8787/v2 HTTP/1.1`), which clients send to a proxy and
 * every server must take (RFC 9112, 3.2.2), into a path; its authority then stands for the Host header.
 *
 * @returns false for a target that is neither a path nor an absolute `http` URL
 */
export function acceptTarget(request: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  const target = request.url ?? '';
  if (target.startsWith('/')) return true;
  const absolute = /^http:\/\/(?<authority>[^/?#]+)(?<path>[/?].*)?$/i.exec(target)?.groups;
  if (absolute === undefined) return false;
  const { authority = '', path = '/' } = absolute;
  request.headers.host = authority;
  request.url = path.startsWith('/') ? path : `/${path}`;
  return true;
}
