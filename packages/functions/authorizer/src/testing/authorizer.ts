import { vi } from 'vitest';
import { readSettings } from '../env.ts';
import { createAuthorizerHandler } from '../handler.ts';
import { type Key, type LocalIssuer, startIssuer } from './issuer.ts';

/** The API whose callers are judged. */
export const stage = 'arn:aws:execute-api:us-east-1:123456789012:abcdef1234/live';

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** What is said of a caller: `Allow` or `Deny`, with whom and where; or the message of the failure. */
interface Judged {
  readonly effect?: string | undefined;
  readonly who?: string;
  readonly statement?: Readonly<Record<string, string>> | undefined;
  readonly failure?: string;
  readonly notes: Readonly<Record<string, string | number | boolean>>;
}

/** An authorizer of a local issuer, for the clients `web` and `phone`. */
export interface StartedAuthorizer {
  readonly local: LocalIssuer;
  readonly handler: ReturnType<typeof createAuthorizerHandler>;
  /** Returns the issuer's first key. */
  first(): Key;
  /** Returns the claims of a token for this API, but for some. */
  claims(others?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  judge(token: string, authorizationToken?: string): Promise<Judged>;
  close(): Promise<void>;
}

/** The judgement of a caller that is unknown. */
export const unauthorized = (refusal: string): Judged => ({
  failure: 'Unauthorized',
  notes: { refusal },
});

/** Starts an issuer, and the authorizer of its tokens. */
export async function startAuthorizer(): Promise<StartedAuthorizer> {
  const local = await startIssuer();
  vi.stubEnv('JWT_ISSUER', local.issuer);
  vi.stubEnv('JWT_AUDIENCE', 'web phone');
  const handler = createAuthorizerHandler(readSettings());
  return {
    local,
    handler,
    first() {
      const [key] = local.keys;
      if (key === undefined) throw new Error('the issuer has no key');
      return key;
    },
    claims: (others = {}) => ({
      iss: local.issuer,
      aud: 'web',
      sub: 'user-7',
      exp: seconds() + 600,
      ...others,
    }),
    async judge(token, authorizationToken = `Bearer ${token}`) {
      const notes: Record<string, string | number | boolean> = {};
      const context = {
        requestId: 'r-1',
        deadlineMs: Date.now() + 10_000,
        functionArn: 'arn',
        notes,
      };
      const event = { type: 'TOKEN', authorizationToken, methodArn: `${stage}/POST/predict/x` };
      try {
        const answer = (await handler(event, context)) as {
          readonly principalId: string;
          readonly policyDocument: { readonly Statement: readonly Record<string, string>[] };
        };
        const [statement] = answer.policyDocument.Statement;
        return { effect: statement?.['Effect'], who: answer.principalId, statement, notes };
      } catch (error) {
        return { failure: (error as Error).message, notes };
      }
    },
    async close() {
      vi.useRealTimers();
      vi.unstubAllEnvs();
      await local.close();
    },
  };
}
