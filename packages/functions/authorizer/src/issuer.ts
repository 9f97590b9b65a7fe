import { JwtParseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { IssuerUnavailableError } from './errors.ts';

/** Longest wait for one answer of the issuer, in milliseconds. */
const longestWaitMs = 3000;

/** Returns what is at an address. @throws {IssuerUnavailableError} unless it is answered with 200 in time */
async function fetchBytes(address: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(address, {
      // A key has to come from the address that the issuer names.
      redirect: 'error',
      signal: AbortSignal.timeout(longestWaitMs),
    });
    const bytes = await response.arrayBuffer();
    if (response.status === 200) return bytes;
    throw new Error(`status ${response.status}`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IssuerUnavailableError(`${address} cannot be read: ${reason}`, { cause });
  }
}

function parse(address: string, bytes: ArrayBuffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (cause) {
    throw new IssuerUnavailableError(`${address} is no JSON`, { cause });
  }
}

/**
 * Returns the address of the issuer's keys, as its own description says.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 * @throws {IssuerUnavailableError} if the description cannot be read, or is of another issuer
 */
async function discoverKeys(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: said, jwks_uri: keys } = parse(address, await fetchBytes(address));
  if (said !== issuer)
    throw new IssuerUnavailableError(
      `${address} describes ${JSON.stringify(said)}: JWT_ISSUER has to be the same to the letter, it is ${JSON.stringify(issuer)}`,
    );
  if (typeof keys !== 'string' || URL.parse(keys)?.protocol !== URL.parse(issuer)?.protocol)
    throw new IssuerUnavailableError(`${address} names no keys: jwks_uri ${JSON.stringify(keys)}`);
  return keys;
}

/**
 * Checks signature, issuer and times of a token, and returns its claims.
 *
 * @throws {JwtBaseError} if one is wrong
 * @throws {IssuerUnavailableError} if its key is unknown and the issuer cannot be asked
 */
export type Verify = (token: string) => Promise<JwtPayload>;

/** @throws {IssuerUnavailableError} */
async function openVerifier(issuer: string): Promise<Verify> {
  const verifier = JwtVerifier.create(
    {
      issuer,
      jwksUri: await discoverKeys(issuer),
      // Whom a token is for is judged later: such a caller is known.
      audience: null,
      customJwtCheck({ header, payload }) {
        // The library takes a token without an end, and extensions that it does not know.
        if (payload.exp === undefined || 'crit' in header) throw new JwtParseError('exp or crit');
      },
    },
    // A key that is not known is asked for at most every ten seconds, however many tokens name one.
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchBytes } }) },
  );
  try {
    await verifier.hydrate();
  } catch (cause) {
    if (cause instanceof IssuerUnavailableError) throw cause;
    throw new IssuerUnavailableError(`the keys of ${issuer} cannot be used`, { cause });
  }
  return (token) => verifier.verify(token);
}

/** How long keys are believed before the issuer is asked anew: it may have withdrawn one. */
const keptMs = 3_600_000;

/** How soon the issuer is asked again when it cannot be reached then. */
const againMs = 60_000;

/**
 * Makes a function that returns the issuer's check of tokens. Its keys are kept for an hour, and longer while the issuer cannot be
 * reached. A token with a key that is not among them has the issuer asked at once, so that new keys count from the start.
 */
export function createIssuer(issuer: string): () => Promise<Verify> {
  let opened: { readonly verify: Verify; readonly until: number } | undefined;
  return async () => {
    if (opened !== undefined && Date.now() < opened.until) return opened.verify;
    try {
      opened = { verify: await openVerifier(issuer), until: Date.now() + keptMs };
    } catch (error) {
      if (opened === undefined) throw error;
      opened = { ...opened, until: Date.now() + againMs };
    }
    return opened.verify;
  };
}
