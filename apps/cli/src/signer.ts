import type { CloudFormationClientResolvedConfig } from '@aws-sdk/client-cloudformation';
import type { Admit } from './http-api.ts';

/**
 * Returns what signs each request with the credentials that a client of the SDK has.
 *
 * @param service that the signature is for: `execute-api` of an API with `access: 'iam'`
 */
export async function signer(
  config: Pick<CloudFormationClientResolvedConfig, 'credentials' | 'region' | 'sha256'>,
  service: string,
): Promise<Admit> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { credentials, region, sha256 } = config;
  const signature = new SignatureV4({ credentials, region, sha256, service });
  return async ({ url, method, headers, body }) => {
    const { host, hostname, pathname, protocol } = new URL(url);
    const signed = await signature.sign({
      method,
      protocol,
      hostname,
      path: pathname,
      headers: { ...headers, host },
      body,
    });
    const { host: _, ...others } = signed.headers;
    return others;
  };
}
