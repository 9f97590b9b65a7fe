import { timingSafeEqual } from 'node:crypto';
import { canonicalRequest, type SignedRequest, sha256, signatureOf } from './signed-request.ts';

/** A pair of keys that requests are signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The reason for which a signature is not accepted; every service translates it into its own errors. */
export interface SignatureRefusal {
  readonly reason: 'incomplete' | 'unknown key' | 'mismatch' | 'time' | 'not signed' | 'payload';
  readonly message: string;
}

/** How far the clocks of caller and service may be apart, in milliseconds; the same as on AWS. */
const clockSkewMs = 15 * 60 * 1000;

const header =
  /^AWS4-HMAC-SHA256 +Credential=(?<key>[^\s,/]+)\/(?<scope>(?<day>\d{8})\/[\w-]+\/(?<service>[\w-]+)\/aws4_request) *, *SignedHeaders=(?<names>[^\s,]+) *, *Signature=(?<signature>[0-9a-f]{64})$/;

/** The end of every refusal of credentials: how to get the right ones. */
export const whereCredentialsAre =
  'The credentials of this local cloud are its own: npx -y pnpm@12 chorus env prints the lines to export.';

const refuse = (reason: SignatureRefusal['reason'], message: string): SignatureRefusal => ({
  reason,
  message,
});

/** Epoch milliseconds of `20261129T010203Z`; NaN for anything else. */
function timeOf(date: string): number {
  return Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}

/**
 * Verifies a Signature Version 4 in the `Authorization` header, in constant time.
 *
 * @param body the body's bytes; undefined where the service compares the body with `x-amz-content-sha256` itself
 * @param now epoch milliseconds
 * @returns why the request is refused; undefined when its signature is right
 */
export function verifyHeader(
  request: Omit<SignedRequest, 'service'>,
  credentials: Credentials,
  now: number,
  body?: Uint8Array,
): SignatureRefusal | undefined {
  const { headers } = request;
  const match = header.exec(headers['authorization'] ?? '')?.groups;
  if (match === undefined)
    return refuse(
      'incomplete',
      'Authorization must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature.',
    );
  const { key = '', scope = '', day = '', service = '', names = '', signature = '' } = match;
  if (key !== credentials.accessKeyId)
    return refuse('unknown key', `The access key ${key} is not known. ${whereCredentialsAre}`);
  if (headers['x-amz-security-token'] !== undefined)
    return refuse(
      'unknown key',
      'The local cloud knows no session tokens: unset AWS_SESSION_TOKEN.',
    );
  const date = headers['x-amz-date'] ?? '';
  const signed = timeOf(date);
  if (Number.isNaN(signed) || !date.startsWith(day))
    return refuse('incomplete', 'X-Amz-Date must be a time of the day that Credential names.');
  if (Math.abs(now - signed) > clockSkewMs)
    return refuse(
      'time',
      `The request was signed at ${date}, more than 15 minutes from now (${new Date(now).toISOString()}). Check the clock.`,
    );
  const signedHeaders = names.split(';');
  const missing = Object.keys(headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (missing.length > 0 || !signedHeaders.includes('host'))
    return refuse('not signed', `Headers that are not signed: ${missing.join(', ') || 'host'}.`);

  const claimed = headers['x-amz-content-sha256'];
  const actual = body === undefined ? undefined : sha256(body);
  if (claimed !== undefined && actual !== undefined && claimed !== actual)
    return refuse('payload', 'x-amz-content-sha256 is not the SHA-256 of the body.');
  const payloadHash = claimed ?? actual;
  if (payloadHash === undefined)
    return refuse('incomplete', 'The header x-amz-content-sha256 is missing.');
  let canonical: string;
  try {
    canonical = canonicalRequest({ ...request, service }, signedHeaders, payloadHash);
  } catch {
    return refuse('mismatch', 'The path is not percent-encoded UTF-8.');
  }
  const expected = signatureOf(canonical, { secret: credentials.secretAccessKey, date, scope });
  return timingSafeEqual(Buffer.from(signature, 'hex'), expected)
    ? undefined
    : refuse(
        'mismatch',
        `The signature is not the one of this request and this key. ${whereCredentialsAre}`,
      );
}
