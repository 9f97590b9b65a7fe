import type { STSClientResolvedConfig } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';

/** The part of a client's configuration that signs. */
export type Signing = Pick<STSClientResolvedConfig, 'credentials' | 'region' | 'sha256'>;

/** Sends a request with a signature, as an API asks for that lets in callers with AWS credentials. */
export async function signedFetch(
  request: Request,
  { credentials, region, sha256 }: Signing,
): Promise<Response> {
  const { hostname, host, pathname, protocol } = new URL(request.url);
  const signature = new SignatureV4({ credentials, region, sha256, service: 'execute-api' });
  const body = await request.text();
  const { headers } = await signature.sign({
    method: request.method,
    protocol,
    hostname,
    path: pathname,
    headers: { ...Object.fromEntries(request.headers), host },
    ...(body !== '' && { body }),
  });
  const { host: _, ...others } = headers;
  return fetch(request.url, {
    method: request.method,
    headers: others,
    signal: request.signal,
    ...(body !== '' && { body }),
  });
}
