import type { IncomingMessage } from 'node:http';

/** The parts of a request that are judged: the address that received it, its method and its headers. */
export type ReceivedRequest = Pick<IncomingMessage, 'method' | 'headers'> & {
  readonly socket: Pick<IncomingMessage['socket'], 'localAddress' | 'localPort'>;
};

/** Addresses of this machine that no name server decides about: `*.localhost` is loopback by RFC 6761. */
const loopbackName = /^(?:127\.0\.0\.1|localhost|\[::1\]|(?:[\w-]+\.)+localhost)$/i;

/** The AWS CLI puts this before the host of StartSyncExecution; no name server can know such a name either. */
const synchronousPrefix = /^sync-(?=127\.0\.0\.1$)/;

/** True for an authority (`host:port`) that only a program that means this server can have written. */
function isOurs(
  authority: string | undefined,
  { localAddress, localPort }: ReceivedRequest['socket'],
): boolean {
  const match = /^(?<name>[^:]+|\[[\da-f:]+\])(?::(?<port>\d+))?$/i.exec(authority ?? '')?.groups;
  if (match === undefined || Number(match['port'] ?? 80) !== localPort) return false;
  const name = (match['name'] ?? '').replace(synchronousPrefix, '');
  // Containers reach the cloud at the gateway of their network, which is the address it listens at.
  return loopbackName.test(name) || name === localAddress;
}

/** True for the origin of a page that this server itself has served. */
function isOwnOrigin(origin: string, socket: ReceivedRequest['socket']): boolean {
  return origin.startsWith('http://') && isOurs(origin.slice('http://'.length), socket);
}

/**
 * Says why a request may come from a web page or another machine. Such a server runs code as the developer, so it
 * answers only programs of this machine: the host must be this server's (a page that had its own name resolve to
 * 127.0.0.1 sends another), and a page of another origin is refused, whatever it asks for.
 *
 * @param mayShare true when the resource asked for takes requests from pages of other origins
 * @returns the rule that the request breaks; undefined when it may come in
 */
export function whyStrange(
  { headers, method, socket }: ReceivedRequest,
  mayShare: boolean,
): string | undefined {
  const { host, origin } = headers;
  if (!isOurs(host, socket))
    return `This server answers to 127.0.0.1, localhost, [::1] and *.localhost with its port ${socket.localPort} only, not to the host "${host ?? ''}".`;
  if (mayShare) return undefined;
  if (origin !== undefined)
    return isOwnOrigin(origin, socket)
      ? undefined
      : `This server takes no requests from web pages of other origins (${origin}), but for presigned uploads into a bucket that allows them.`;
  // Browsers leave Origin out of some requests, and say where those come from here.
  const site = headers['sec-fetch-site'] ?? 'none';
  const isVisit =
    headers['sec-fetch-mode'] === 'navigate' && (method === 'GET' || method === 'HEAD');
  if (site === 'none' || site === 'same-origin' || isVisit) return undefined;
  return `This server takes no requests from web pages of other origins (Sec-Fetch-Site: ${String(site)}).`;
}
