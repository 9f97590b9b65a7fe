import { createHmac, sign } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import {
  type StartedAuthorizer,
  seconds,
  stage,
  startAuthorizer,
  unauthorized,
} from './testing/authorizer.ts';
import { compact, makeKey, signToken } from './testing/issuer.ts';

let api: StartedAuthorizer;
beforeEach(async () => {
  api = await startAuthorizer();
});
afterEach(() => api.close());

describe('a token of the issuer', () => {
  it('lets its caller ask every route of the stage, since the answer is kept for the token', async () => {
    const answer = await api.judge(signToken(api.first(), api.claims()));
    expect(answer).toMatchObject({ effect: 'Allow', who: 'user-7', notes: { effect: 'Allow' } });
    expect(answer.statement).toEqual({
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: `${stage}/*`,
    });
  });

  it.each(['RS256', 'ES256', 'EdDSA'] as const)('may be signed by %s', async (alg) => {
    api.local.keys.push(makeKey('another', alg));
    const [, key = api.first()] = api.local.keys;
    expect(await api.judge(signToken(key, api.claims()))).toMatchObject({ effect: 'Allow' });
  });

  it.each([
    ['one of several audiences', { aud: ['else', 'phone'] }, 'Allow', 'user-7'],
    [
      'no aud but a client_id, as the access tokens of Cognito',
      { aud: undefined, client_id: 'web' },
      'Allow',
      'user-7',
    ],
    [
      'no user, as that of a program',
      { aud: undefined, sub: undefined, client_id: 'web' },
      'Allow',
      'web',
    ],
    ['another aud', { aud: 'else' }, 'Deny', 'user-7'],
    [
      'another aud, and a client_id of this API',
      { aud: 'else', client_id: 'web' },
      'Deny',
      'user-7',
    ],
    ['another client_id', { aud: undefined, client_id: 'else' }, 'Deny', 'user-7'],
    ['nobody to be for', { aud: undefined }, 'Deny', 'user-7'],
    ['both clients as one text', { aud: 'web phone' }, 'Deny', 'user-7'],
  ])('with %s', async (_name, others, effect, who) => {
    expect(await api.judge(signToken(api.first(), api.claims(others)))).toMatchObject({
      effect,
      who,
    });
  });

  it('may come with the scheme in small letters', async () => {
    const token = signToken(api.first(), api.claims());
    expect(await api.judge(token, `bearer ${token}`)).toMatchObject({ effect: 'Allow' });
  });
});

describe('unknown (401) is a caller', () => {
  const foreign = makeKey('first');
  /** The published key, as those who mix up algorithms use it: as a password. */
  const publicText = () => api.first().publicKey.export({ type: 'spki', format: 'pem' });

  it.each<[string, () => string, string]>([
    [
      'whose token has expired',
      () => signToken(api.first(), api.claims({ exp: seconds() - 1 })),
      'expired',
    ],
    [
      'whose token never expires',
      () => signToken(api.first(), api.claims({ exp: undefined })),
      'malformed',
    ],
    [
      'whose token is not valid yet',
      () => signToken(api.first(), api.claims({ nbf: seconds() + 600 })),
      'not-yet-valid',
    ],
    [
      'with a token of another issuer',
      () => signToken(api.first(), api.claims({ iss: 'https://else.example' })),
      'issuer',
    ],
    [
      'with a token of nobody',
      () => signToken(api.first(), api.claims({ iss: undefined })),
      'issuer',
    ],
    [
      'whose token another key has signed',
      () => signToken({ ...foreign, kid: 'first' }, api.claims()),
      'signature',
    ],
    [
      'whose token names a key that there is not',
      () => signToken({ ...foreign, kid: 'second' }, api.claims()),
      'unknown-key',
    ],
    [
      'whose token names no key',
      () => signToken(api.first(), api.claims(), { kid: undefined }),
      'malformed',
    ],
    [
      'whose token has an extension that is not known',
      () => signToken(api.first(), api.claims(), { crit: ['x'], x: 1 }),
      'malformed',
    ],
    [
      'whose token says another algorithm than its key',
      () => signToken(api.first(), api.claims(), { alg: 'RS512' }),
      'algorithm',
    ],
    [
      'whose token says none',
      () => compact({ alg: 'none', kid: 'first' }, api.claims(), () => Buffer.alloc(0)),
      'malformed',
    ],
    [
      'whose token says none, and has a signature',
      () =>
        compact({ alg: 'none', kid: 'first' }, api.claims(), (input) =>
          sign('sha256', input, api.first().privateKey),
        ),
      'algorithm',
    ],
    [
      'who takes the public key for a password',
      () =>
        compact({ alg: 'HS256', kid: 'first' }, api.claims(), (input) =>
          createHmac('sha256', publicText()).update(input).digest(),
        ),
      'algorithm',
    ],
    ['who sends no token but a word', () => 'secret', 'malformed'],
    ['who sends nothing', () => '', 'malformed'],
  ])('%s', async (_name, token, refusal) => {
    expect(await api.judge(token())).toEqual(unauthorized(refusal));
  });

  it('without a word of the token in the error, which is logged', async () => {
    const encoded = (text: string) => Buffer.from(text).toString('base64url');
    const tokens = [
      `${encoded('{"alg":"RS256"}')}.${encoded('ada@example.com {"sub":')}.AAAA`,
      signToken({ ...foreign, kid: 'ada@example.com' }, api.claims()),
      signToken(api.first(), api.claims({ iss: 'https://ada@example.com' })),
    ];
    for (const token of tokens) {
      const event = { authorizationToken: `Bearer ${token}`, methodArn: `${stage}/POST/x` };
      const context = { requestId: 'r-1', deadlineMs: 0, functionArn: 'arn', notes: {} };
      const error = await api.handler(event, context).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'UnauthorizedError' });
      expect(inspect([error, context.notes], { depth: 9 })).not.toContain('ada@example.com');
    }
  });

  it('with credentials of another scheme', async () => {
    expect(await api.judge('', 'Basic dXNlcjpzZWNyZXQ=')).toEqual(unauthorized('malformed'));
  });

  it('whose token has been changed anywhere', async () => {
    const token = signToken(api.first(), api.claims());
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom('A', 'b', '7', '-', '_', '.'),
        async (at, letter) => {
          const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
          // The last letter of a signature has bits that count for nothing.
          fc.pre(changed !== token && at < token.length - 1);
          expect(await api.judge(changed)).toMatchObject({ failure: 'Unauthorized' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('who sends anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await api.judge(text, text)).toEqual(unauthorized('malformed'));
      }),
      { numRuns: 50 },
    );
  });
});

describe('asked whether it is ready', () => {
  const ready = () =>
    api.handler(
      { chorus: 'ready' },
      { requestId: 'r-1', deadlineMs: Date.now() + 10_000, functionArn: 'arn', notes: {} },
    );

  it('it says so once it has the keys', async () => {
    expect(await ready()).toEqual({ ready: true });
    expect(api.local.requests).toContain('/pool/keys');
  });

  it('it fails when the issuer is none', async () => {
    api.local.faults.set('/pool/.well-known/openid-configuration', 404);
    await expect(ready()).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
  });
});

describe('the environment', () => {
  it.each([
    ['JWT_ISSUER', ''],
    ['JWT_ISSUER', 'login.example.com'],
    ['JWT_ISSUER', 'http://login.example.com'],
    ['JWT_AUDIENCE', ' '],
  ])('is refused with %s=%s', (name, value) => {
    vi.stubEnv(name, value);
    expect(readSettings).toThrow(name);
  });
});
