import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StartedAuthorizer, startAuthorizer, unauthorized } from './testing/authorizer.ts';
import { makeKey, signToken } from './testing/issuer.ts';

let api: StartedAuthorizer;
beforeEach(async () => {
  api = await startAuthorizer();
});
afterEach(() => api.close());

describe('the keys of the issuer', () => {
  const keyRequests = () => api.local.requests.filter((path) => path === '/pool/keys').length;

  it('are asked for once, for any number of tokens', async () => {
    for (const sub of ['a', 'b', 'c']) await api.judge(signToken(api.first(), api.claims({ sub })));
    expect(api.local.requests).toEqual(['/pool/.well-known/openid-configuration', '/pool/keys']);
  });

  it('are asked for again when a token names a new one, which then counts', async () => {
    await api.judge(signToken(api.first(), api.claims()));
    const next = makeKey('next');
    api.local.keys.push(next);
    expect(await api.judge(signToken(next, api.claims()))).toMatchObject({ effect: 'Allow' });
    expect(keyRequests()).toBe(2);
  });

  it('are not asked for each time that a stranger makes up a name', async () => {
    const stranger = makeKey('stranger');
    for (const kid of ['a', 'b', 'c', 'd'])
      expect(await api.judge(signToken({ ...stranger, kid }, api.claims()))).toEqual(
        unauthorized('unknown-key'),
      );
    expect(keyRequests()).toBe(2);
    expect(await api.judge(signToken(api.first(), api.claims()))).toMatchObject({
      effect: 'Allow',
    });
  });

  it('count no longer an hour after the issuer has withdrawn them', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const old = api.first();
    await api.judge(signToken(old, api.claims()));
    api.local.keys.splice(0, 1, makeKey('next'));
    vi.setSystemTime(Date.now() + 3_600_001);
    expect(await api.judge(signToken(old, api.claims()))).toEqual(unauthorized('unknown-key'));
  });

  it('count longer while the issuer cannot be reached', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await api.judge(signToken(api.first(), api.claims()));
    api.local.faults.set('/pool/keys', 503);
    vi.setSystemTime(Date.now() + 3_600_001);
    expect(await api.judge(signToken(api.first(), api.claims()))).toMatchObject({
      effect: 'Allow',
    });
    const asked = api.local.requests.length;
    expect(await api.judge(signToken(api.first(), api.claims()))).toMatchObject({
      effect: 'Allow',
    });
    expect(api.local.requests).toHaveLength(asked);
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
    api.local.faults.set(path, fault);
    const token = signToken(api.first(), api.claims());
    expect((await api.judge(token)).failure).toContain(message);
    api.local.faults.clear();
    expect(await api.judge(token)).toMatchObject({ effect: 'Allow' });
  });

  it('when the issuer cannot be reached', async () => {
    const token = signToken(api.first(), api.claims());
    await api.local.close();
    expect((await api.judge(token)).failure).toContain('cannot be read');
  });

  it('when the issuer fails just as a new key is asked for', async () => {
    await api.judge(signToken(api.first(), api.claims()));
    api.local.faults.set('/pool/keys', 503);
    const next = makeKey('next');
    expect((await api.judge(signToken(next, api.claims()))).failure).toContain('status 503');
  });

  it('when its keys are at an address that anyone on the way could change', async () => {
    const elsewhere = { issuer: api.local.issuer, jwks_uri: 'ftp://127.0.0.1/keys' };
    api.local.faults.set(description, JSON.stringify(elsewhere));
    expect((await api.judge(signToken(api.first(), api.claims()))).failure).toContain(
      'names no keys',
    );
  });
});
