import {
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Algorithm = 'RS256' | 'ES256' | 'EdDSA';

/** Makes keys, by the algorithm that they sign by. */
const makers: Readonly<Record<Algorithm, () => KeyPairKeyObjectResult>> = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

/** A key of the issuer. */
export interface Key {
  readonly kid: string;
  readonly alg: Algorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Makes a key. */
export function makeKey(kid: string, alg: Algorithm = 'RS256'): Key {
  return { kid, alg, ...makers[alg]() };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns a token of any header and claims, with the signature that `signed` makes of its first two parts. */
export function compact(
  header: unknown,
  claims: unknown,
  signed: (input: Buffer) => Buffer,
): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${signed(Buffer.from(input)).toString('base64url')}`;
}

/** Returns a token that is signed by a key. */
export function signToken({ kid, alg, privateKey }: Key, claims: unknown, header = {}): string {
  return compact({ alg, kid, typ: 'JWT', ...header }, claims, (input) =>
    alg === 'EdDSA'
      ? sign(null, input, privateKey)
      : sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  );
}

/** An issuer that answers on loopback. */
export interface LocalIssuer {
  readonly issuer: string;
  /** The keys that it publishes; change them to turn keys over. */
  readonly keys: Key[];
  /** Paths that were asked for. */
  readonly requests: string[];
  /** What it answers by path instead of what it should: a status, or a body. */
  readonly faults: Map<string, number | string>;
  close(): Promise<void>;
}

/** Made once, as it takes longer than all else. */
let firstKey: Key | undefined;

/** Starts an issuer at a free port, with one key. */
export async function startIssuer(): Promise<LocalIssuer> {
  firstKey ??= makeKey('first');
  const keys = [firstKey];
  const requests: string[] = [];
  const faults = new Map<string, number | string>();
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    const fault = faults.get(url);
    if (typeof fault === 'number') return response.writeHead(fault).end();
    if (fault !== undefined) return response.end(fault);
    const answers: Readonly<Record<string, unknown>> = {
      '/pool/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/pool/keys': {
        keys: keys.map(({ kid, alg, publicKey }) => ({
          ...publicKey.export({ format: 'jwk' }),
          kid,
          alg,
          use: 'sig',
        })),
      },
    };
    const answer = answers[url];
    if (answer === undefined) return response.writeHead(404).end();
    return response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool`;
  return {
    issuer,
    keys,
    requests,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
