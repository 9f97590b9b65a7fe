import { afterEach, expect, it, vi } from 'vitest';
import { s3Settings, setTraceId } from './env.ts';
import { traceId } from './testing/env.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['token', undefined])(
  'credentials have a session token where there is one: %s',
  (token) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', token);
    expect(s3Settings().credentials).toStrictEqual({
      accessKeyId: 'key',
      secretAccessKey: 'secret',
      ...(token !== undefined && { sessionToken: token }),
    });
  },
);

it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'credentials are none without %s',
  (name) => {
    for (const half of [undefined, '']) {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      vi.stubEnv(name, half);
      expect(s3Settings().credentials).toBeUndefined();
    }
  },
);

it('the trace of an invocation is in the environment, and gone with the next that has none', () => {
  vi.stubEnv('_X_AMZN_TRACE_ID', undefined);
  setTraceId('Root=1');
  expect(traceId()).toBe('Root=1');
  for (let count = 0; count < 2; count += 1) {
    setTraceId(undefined);
    expect(traceId()).toBeUndefined();
  }
});
