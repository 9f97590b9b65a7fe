import { afterEach, expect, it, vi } from 'vitest';
import { s3Settings } from './env.ts';

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
