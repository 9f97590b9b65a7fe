import type { IncomingMessage } from 'node:http';
import { isS3Request, looksLikeS3 } from '@chorus/emulator-s3';

/** The service that a request on the one port is for; `unknown` is an AWS service that is not here. */
export type Destination =
  | 'runtime'
  | 's3'
  | 'batch'
  | 'lambda'
  | 'states'
  | 'sts'
  | 'dynamodb'
  | 'events'
  | 'logs'
  | 'scheduler'
  /** Ours, for `chorus` itself. */
  | 'chorus'
  | 'sqs'
  | 'sns'
  | 'api'
  | 'page'
  | { readonly unknown: string };

/** `Credential=<key>/<date>/<region>/<service>/aws4_request` of a SigV4 signature. */
const scope = /Credential=[^\s,]+\/\d{8}\/[\w-]+\/(?<service>[\w-]+)\/aws4_request/;

/** The facts that tell requests without a signature apart. */
export interface Known {
  /** Whether the HTTP API has a route for a path. */
  isRoute(path: string): boolean;
  /** Whether a path belongs to a page. */
  isPage(path: string): boolean;
  hasBucket(name: string): boolean;
}

/**
 * Tells requests of the AWS SDKs from those to the HTTP API by the service named in their SigV4 signature, so that
 * no bucket name can hide a route. Requests without a signature are the API's, but for presigned S3 URLs and for
 * those that S3 refuses in its own words.
 */
export function destinationOf(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { isRoute, isPage, hasBucket }: Known,
): Destination {
  const { url = '/', headers } = request;
  if (url.startsWith('/worker/')) return 'runtime';
  const service = scope.exec(headers.authorization ?? '')?.groups?.['service'];
  switch (service) {
    case undefined: {
      if (isS3Request(request)) return 's3';
      const [path = ''] = url.split('?');
      if (isRoute(path)) return 'api';
      if (isPage(path)) return 'page';
      return looksLikeS3(request, hasBucket) ? 's3' : 'api';
    }
    case 'execute-api':
      return 'api';
    case 's3':
    case 'batch':
    case 'lambda':
    case 'states':
    case 'sts':
    case 'dynamodb':
    case 'events':
    case 'logs':
    case 'scheduler':
    case 'chorus':
    case 'sqs':
    case 'sns':
      return service;
    default:
      return { unknown: service };
  }
}
