import type { IncomingMessage } from 'node:http';

/** Who a request on the one port is for. */
export type Destination = 'runtime' | 's3' | 'lambda' | 'states' | 'api';

/** `Credential=<key>/<date>/<region>/<service>/aws4_request`, in the header or the query (presigned URLs). */
const scope =
  /Credential=[^/\s,]+(?:\/|%2F)\d{8}(?:\/|%2F)[\w-]+(?:\/|%2F)(?<service>[\w-]+)(?:\/|%2F)aws4_request/i;

/**
 * Tells requests of the AWS SDKs from those to the HTTP API by the service named in their SigV4 signature, so that
 * no bucket name can hide a route. Unsigned requests are the API's.
 */
export function destinationOf(
  request: IncomingMessage,
): Destination | { readonly unknown: string } {
  const url = request.url ?? '/';
  if (url.startsWith('/worker/')) return 'runtime';
  const service = scope.exec(request.headers.authorization ?? url)?.groups?.['service'];
  switch (service) {
    case undefined:
    case 'execute-api':
      return 'api';
    case 's3':
    case 'lambda':
    case 'states':
      return service;
    default:
      return { unknown: service };
  }
}
