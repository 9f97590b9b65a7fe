import type { FaultyS3 } from '@chorus/emulator-s3/testing';
import { vi } from 'vitest';

/** Sets the variables of a function whose weights are in this S3, in the bucket `weights`. */
export function stubVariables(
  { endpoint, credentials }: Pick<FaultyS3, 'endpoint' | 'credentials'>,
  folder: string,
  key: string,
): void {
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  vi.stubEnv('MODEL_BUCKET', 'weights');
  vi.stubEnv('MODEL_KEY', key);
}
