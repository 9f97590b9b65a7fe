import { canonicalRequest, signatureOf } from '../signed-request.ts';
import type { Credentials } from '../verify-header.ts';

/** A request as a test writes it to a socket. */
interface RawHead {
  readonly method: string;
  /** The request target as it goes over the wire, well-formed or not. */
  readonly target: string;
  /** With the host; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Returns the headers that sign a request to S3 of any form, for tests of what lies behind the signature. The AWS
 * library signs well-formed requests only.
 */
export function signRaw(
  { method, target, headers }: RawHead,
  { accessKeyId, secretAccessKey }: Credentials,
  now: Date = new Date(),
): Record<string, string> {
  const date = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const payload = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  const all = { ...headers, 'x-amz-date': date, 'x-amz-content-sha256': payload };
  const names = Object.keys(all)
    .filter((name) => name === 'host' || name.startsWith('x-amz-'))
    .sort();
  const [path = '', search = ''] = target.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const request = { method, path, query, headers: all, service: 's3' };
  let signature = '0'.repeat(64);
  try {
    const canonical = canonicalRequest(request, names, payload);
    signature = signatureOf(canonical, { secret: secretAccessKey, date, scope }).toString('hex');
  } catch {
    // A path that cannot be decoded cannot be signed.
  }
  return {
    'x-amz-date': date,
    'x-amz-content-sha256': payload,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
