import { createHash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../verify-header.ts';
import { Sha256 } from './sha256.ts';

/** A request that a test sends to an AWS service without its SDK. */
export interface RawRequest {
  readonly url: string;
  /** The name in the signature: `dynamodb`. */
  readonly service: string;
  readonly credentials: Credentials;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** @default now */
  readonly date?: Date;
}

/** Returns the headers of a request with the signature that AWS's own library makes. */
export async function signHeaders(request: RawRequest): Promise<Record<string, string>> {
  const { service, credentials, method = 'GET', body = '' } = request;
  const url = new URL(request.url);
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) {
    query[name] ??= [];
    query[name].push(value);
  }
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers: {
        host: url.host,
        'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
        ...request.headers,
      },
    },
    { signingDate: request.date ?? new Date() },
  );
  return signed.headers;
}

/** Sends a signed request. */
export async function signedFetch(request: RawRequest): Promise<Response> {
  const { url, method = 'GET', body } = request;
  const { host: _, ...headers } = await signHeaders(request);
  return fetch(url, { method, headers, ...(body !== undefined && { body }) });
}
