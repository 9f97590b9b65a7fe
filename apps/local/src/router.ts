import type { IncomingMessage } from 'node:http';
import { isS3Request } from './s3/index.ts';

/** Who a request on the one port is for; `unknown` is an AWS service that is not here. */
export type Destination =
  | 'runtime'
  | 's3'
  | 'lambda'
  | 'states'
  | 'api'
  | { readonly unknown: string };

/** `Credential=<key>/<date>/<region>/<service>/aws4_request` of a SigV4 signature. */
const scope = /Credential=[^\s,]+\/\d{8}\/[\w-]+\/(?<service>[\w-]+)\/aws4_request/;

/**
 * Tells requests of the AWS SDKs from those to the HTTP API by the service named in their SigV4 signature, so that
 * no bucket name can hide a route. Requests without a signature are the API's, but for presigned S3 URLs.
 */
export function destinationOf(request: Pick<IncomingMessage, 'url' | 'headers'>): Destination {
  const { url = '/', headers } = request;
  if (url.startsWith('/worker/')) return 'runtime';
  const service = scope.exec(headers.authorization ?? '')?.groups?.['service'];
  switch (service) {
    case undefined:
      return url.includes('?') && isS3Request(request) ? 's3' : 'api';
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
