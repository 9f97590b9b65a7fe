import { createHmac, sign } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createAuthorizerHandler } from './handler.ts';
import { compact, type LocalIssuer, makeKey, signToken, startIssuer } from './testing/issuer.ts';

let local: LocalIssuer;
let handler: ReturnType<typeof createAuthorizerHandler>;

beforeEach(async () => {
  local = await startIssuer();
  vi.stubEnv('JWT_ISSUER', local.issuer);
  vi.stubEnv('JWT_AUDIENCE', 'web phone');
  handler = createAuthorizerHandler(readSettings());
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await local.close();
});

const stage = 'arn:aws:execute-api:us-east-1:123456789012:abcdef1234/live';
const seconds = () => Math.floor(Date.now() / 1000);

const first = () => {
  const [key] = local.keys;
  if (key === undefined) throw new Error('the issuer has no key');
  return key;
};

/** Claims of a token for this API. */
const claims = (others: Readonly<Record<string, unknown>> = {}) => ({
  iss: local.issuer,
  aud: 'web',
  sub: 'user-7',
  exp: seconds() + 600,
  ...others,
});

/** Returns `Allow` or `Deny` with whom and where, or the message of the failure. */
async function judge(token: string, authorizationToken = `Bearer ${token}`) {
  const notes: Record<string, string | number | boolean> = {};
  const context = { requestId: 'r-1', deadlineMs: Date.now() + 10_000, functionArn: 'arn', notes };
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
}

const unauthorized = (refusal: string) => ({ failure: 'Unauthorized', notes: { refusal } });

describe('a token of the issuer', () => {
  it('lets its caller ask every route of the stage, since the answer is kept for the token', async () => {
    const answer = await judge(signToken(first(), claims()));
    expect(answer).toMatchObject({ effect: 'Allow', who: 'user-7', notes: { effect: 'Allow' } });
    expect(answer.statement).toEqual({
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: `${stage}/*`,
    });
  });

  it.each(['RS256', 'ES256', 'EdDSA'] as const)('may be signed by %s', async (alg) => {
    local.keys.push(makeKey('another', alg));
    const [, key = first()] = local.keys;
    expect(await judge(signToken(key, claims()))).toMatchObject({ effect: 'Allow' });
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
    expect(await judge(signToken(first(), claims(others)))).toMatchObject({ effect, who });
  });

  it('may come with the scheme in small letters', async () => {
    const token = signToken(first(), claims());
    expect(await judge(token, `bearer ${token}`)).toMatchObject({ effect: 'Allow' });
  });
});

describe('unknown (401) is a caller', () => {
  const foreign = makeKey('first');
  /** The published key, as those who mix up algorithms use it: as a password. */
  const publicText = () => first().publicKey.export({ type: 'spki', format: 'pem' });

  it.each<[string, () => string, string]>([
    [
      'whose token has expired',
      () => signToken(first(), claims({ exp: seconds() - 1 })),
      'expired',
    ],
    [
      'whose token never expires',
      () => signToken(first(), claims({ exp: undefined })),
      'malformed',
    ],
    [
      'whose token is not valid yet',
      () => signToken(first(), claims({ nbf: seconds() + 600 })),
      'not-yet-valid',
    ],
    [
      'with a token of another issuer',
      () => signToken(first(), claims({ iss: 'https://else.example' })),
      'issuer',
    ],
    ['with a token of nobody', () => signToken(first(), claims({ iss: undefined })), 'issuer'],
    [
      'whose token another key has signed',
      () => signToken({ ...foreign, kid: 'first' }, claims()),
      'signature',
    ],
    [
      'whose token names a key that there is not',
      () => signToken({ ...foreign, kid: 'second' }, claims()),
      'unknown-key',
    ],
    [
      'whose token names no key',
      () => signToken(first(), claims(), { kid: undefined }),
      'malformed',
    ],
    [
      'whose token has an extension that is not known',
      () => signToken(first(), claims(), { crit: ['x'], x: 1 }),
      'malformed',
    ],
    [
      'whose token says another algorithm than its key',
      () => signToken(first(), claims(), { alg: 'RS512' }),
      'algorithm',
    ],
    [
      'whose token says none',
      () => compact({ alg: 'none', kid: 'first' }, claims(), () => Buffer.alloc(0)),
      'malformed',
    ],
    [
      'whose token says none, and has a signature',
      () =>
        compact({ alg: 'none', kid: 'first' }, claims(), (input) =>
          sign('sha256', input, first().privateKey),
        ),
      'algorithm',
    ],
    [
      'who takes the public key for a password',
      () =>
        compact({ alg: 'HS256', kid: 'first' }, claims(), (input) =>
          createHmac('sha256', publicText()).update(input).digest(),
        ),
      'algorithm',
    ],
    ['who sends no token but a word', () => 'secret', 'malformed'],
    ['who sends nothing', () => '', 'malformed'],
  ])('%s', async (_name, token, refusal) => {
    expect(await judge(token())).toEqual(unauthorized(refusal));
  });

  it('with credentials of another scheme', async () => {
    expect(await judge('', 'Basic dXNlcjpzZWNyZXQ=')).toEqual(unauthorized('malformed'));
  });

  it('whose token has been changed anywhere', async () => {
    const token = signToken(first(), claims());
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom('A', 'b', '7', '-', '_', '.'),
        async (at, letter) => {
          const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
          // The last letter of a signature has bits that count for nothing.
          fc.pre(changed !== token && at < token.length - 1);
          expect(await judge(changed)).toMatchObject({ failure: 'Unauthorized' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('who sends anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await judge(text, text)).toEqual(unauthorized('malformed'));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the keys of the issuer', () => {
  const keyRequests = () => local.requests.filter((path) => path === '/pool/keys').length;

  it('are asked for once, for any number of tokens', async () => {
    for (const sub of ['a', 'b', 'c']) await judge(signToken(first(), claims({ sub })));
    expect(local.requests).toEqual(['/pool/.well-known/openid-configuration', '/pool/keys']);
  });

  it('are asked for again when a token names a new one, which then counts', async () => {
    await judge(signToken(first(), claims()));
    const next = makeKey('next');
    local.keys.push(next);
    expect(await judge(signToken(next, claims()))).toMatchObject({ effect: 'Allow' });
    expect(keyRequests()).toBe(2);
  });

  it('are not asked for each time that a stranger makes up a name', async () => {
    const stranger = makeKey('stranger');
    for (const kid of ['a', 'b', 'c', 'd'])
      expect(await judge(signToken({ ...stranger, kid }, claims()))).toEqual(
        unauthorized('unknown-key'),
      );
    expect(keyRequests()).toBe(2);
    expect(await judge(signToken(first(), claims()))).toMatchObject({ effect: 'Allow' });
  });

  it('count no longer an hour after the issuer has withdrawn them', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const old = first();
    await judge(signToken(old, claims()));
    local.keys.splice(0, 1, makeKey('next'));
    vi.setSystemTime(Date.now() + 3_600_001);
    expect(await judge(signToken(old, claims()))).toEqual(unauthorized('unknown-key'));
  });

  it('count longer while the issuer cannot be reached', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await judge(signToken(first(), claims()));
    local.faults.set('/pool/keys', 503);
    vi.setSystemTime(Date.now() + 3_600_001);
    expect(await judge(signToken(first(), claims()))).toMatchObject({ effect: 'Allow' });
    const asked = local.requests.length;
    expect(await judge(signToken(first(), claims()))).toMatchObject({ effect: 'Allow' });
    expect(local.requests).toHaveLength(asked);
  });
});

describe('nothing is said of a caller (500)', () => {
  const description = '/pool/.well-known/openid-configuration';

  it.each<[string, string, number | string, string]>([
    ['its description is missing', description, 404, 'status 404'],
    ['its description is no JSON', description, '<html>', 'is no JSON'],
    [
      'its description is of another',
      description,
      '{"issuer":"https://else.example"}',
      'the same to the letter',
    ],
    ['its keys cannot be read', '/pool/keys', 500, 'status 500'],
    ['its keys are none', '/pool/keys', '{"keys":"none"}', 'cannot be used'],
  ])('when the issuer answers, but %s', async (_name, path, fault, message) => {
    local.faults.set(path, fault);
    const token = signToken(first(), claims());
    expect((await judge(token)).failure).toContain(message);
    local.faults.clear();
    expect(await judge(token)).toMatchObject({ effect: 'Allow' });
  });

  it('when the issuer cannot be reached', async () => {
    const token = signToken(first(), claims());
    await local.close();
    expect((await judge(token)).failure).toContain('cannot be read');
  });

  it('when the issuer fails just as a new key is asked for', async () => {
    await judge(signToken(first(), claims()));
    local.faults.set('/pool/keys', 503);
    const next = makeKey('next');
    expect((await judge(signToken(next, claims()))).failure).toContain('status 503');
  });

  it('when its keys are at an address that anyone on the way could change', async () => {
    const elsewhere = { issuer: local.issuer, jwks_uri: 'ftp://127.0.0.1/keys' };
    local.faults.set(description, JSON.stringify(elsewhere));
    expect((await judge(signToken(first(), claims()))).failure).toContain('names no keys');
  });
});

describe('asked whether it is ready', () => {
  const ready = () =>
    handler(
      { chorus: 'ready' },
      { requestId: 'r-1', deadlineMs: Date.now() + 10_000, functionArn: 'arn', notes: {} },
    );

  it('it says so once it has the keys', async () => {
    expect(await ready()).toEqual({ ready: true });
    expect(local.requests).toContain('/pool/keys');
  });

  it('it fails when the issuer is none', async () => {
    local.faults.set('/pool/.well-known/openid-configuration', 404);
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
