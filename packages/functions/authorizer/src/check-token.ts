import {
  JwtBaseError,
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import type { AuthorizerSettings } from './env.ts';
import { type Refusal, UnauthorizedError } from './errors.ts';
import { createIssuer } from './issuer.ts';

/** A caller whose token the issuer has signed, and which is valid now. */
interface Caller {
  /** The user, or the client that calls for itself. */
  readonly id: string;
  /** Whether the token is for a client of this API. */
  readonly isAllowed: boolean;
}

/** The library's errors, and what each says of a token. */
const refusals: readonly (readonly [abstract new (...given: never) => JwtBaseError, Refusal])[] = [
  [JwtExpiredError, 'expired'],
  [JwtNotBeforeError, 'not-yet-valid'],
  [JwtInvalidIssuerError, 'issuer'],
  [JwtInvalidSignatureAlgorithmError, 'algorithm'],
  [JwtInvalidSignatureError, 'signature'],
  [KidNotFoundInJwksError, 'unknown-key'],
  [WaitPeriodNotYetEndedJwkError, 'unknown-key'],
  [JwtBaseError, 'malformed'],
];

function refusalOf(error: unknown): Refusal | undefined {
  return refusals.find(([type]) => error instanceof type)?.[1];
}

/** A claim that is a text or a list of texts, as a list. */
function texts(claim: unknown): readonly string[] {
  return [claim].flat().filter((each) => typeof each === 'string');
}

/** Tells what a token says of its caller. */
export interface CheckToken {
  /**
   * @throws {UnauthorizedError} unless the issuer has signed it and it is valid now
   * @throws {IssuerUnavailableError} if that cannot be told
   */
  check(token: string): Promise<Caller>;
  /** Gets the issuer's keys. @throws {IssuerUnavailableError} */
  prepare(): Promise<void>;
}

/**
 * Makes the check of tokens of one issuer. `aud` says whom a token is for; only where it is missing, as in the access tokens of
 * Cognito, `client_id` does. That is how the JWT authorizers of API Gateway's HTTP APIs judge.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725 the traps of tokens, which aws-jwt-verify knows
 */
export function createCheckToken({ issuer, audience }: AuthorizerSettings): CheckToken {
  const open = createIssuer(issuer);

  async function claimsOf(token: string): Promise<JwtPayload> {
    const verify = await open();
    try {
      return await verify(token);
    } catch (cause) {
      const refusal = refusalOf(cause);
      if (refusal === undefined) throw cause;
      // Without its cause, which may quote the token, and would be logged.
      throw new UnauthorizedError(refusal);
    }
  }

  return {
    async check(token) {
      const { sub, aud, client_id: client } = await claimsOf(token);
      const meant = texts(aud ?? client);
      return {
        id: texts(sub ?? client)[0] ?? 'unnamed',
        isAllowed: meant.some((each) => audience.includes(each)),
      };
    },
    async prepare() {
      await open();
    },
  };
}
