import { afterEach, expect, it, vi } from 'vitest';
import { uploadsBucket } from './env.ts';

afterEach(() => vi.unstubAllEnvs());

it('the bucket of uploaded photos is the one that the environment names', () => {
  vi.stubEnv('UPLOADS_BUCKET', 'uploads');
  expect(uploadsBucket()).toBe('uploads');
});

it.each([undefined, ''])('a bucket of %j is a mistake in the configuration', (bucket) => {
  vi.stubEnv('UPLOADS_BUCKET', bucket);
  expect(() => uploadsBucket()).toThrow('UPLOADS_BUCKET is not set: it says where');
});
