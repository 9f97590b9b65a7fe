import { createHash, createHmac } from 'node:crypto';
import { region } from '@chorus/emulator-aws';
import { type Headers, type HttpParts, httpBytes } from './http-bytes.ts';
import type { Targets } from './targets.ts';

const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Returns a query in the order and form that signatures want. */
function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
}

/**
 * A request to an AWS service, signed with Signature Version 4, whatever is wrong with it otherwise.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedBytes(
  { host, credentials }: Targets,
  service: 's3' | 'lambda' | 'states',
  date: Date,
  { method, path, headers = {}, body }: HttpParts,
): Buffer {
  const [pathname = '/', query = ''] = path.split(/\?(.*)/s);
  const stamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const hash = sha256(body ?? '');
  const all: Headers = { host, ...headers, 'x-amz-content-sha256': hash, 'x-amz-date': stamp };
  const covered = Object.keys(all)
    .filter((name) => name === 'host' || name.startsWith('x-amz-'))
    .sort();
  const canonical = [
    method,
    service === 's3' ? pathname : pathname.split('/').map(escaped).join('/'),
    canonicalQuery(query),
    ...covered.map((name) => `${name}:${all[name]?.trim()}`),
    '',
    covered.join(';'),
    hash,
  ].join('\n');
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${credentials.secretAccessKey}`, stamp.slice(0, 8)),
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${covered.join(';')}, Signature=${signature.toString('hex')}`;
  return httpBytes(host, {
    method,
    path,
    headers: { ...all, authorization },
    ...(body !== undefined && { body }),
  });
}
