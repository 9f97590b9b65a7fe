import { region } from '@chorus/emulator-aws';
import { vi } from 'vitest';
import type { FaultyS3 } from './faulty-s3.ts';

/** Sets the variables by which clients find a store, and sign. `vi.unstubAllEnvs` takes them back. */
export function stubS3({
  endpoint,
  credentials,
}: Pick<FaultyS3, 'endpoint' | 'credentials'>): void {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  vi.stubEnv('AWS_REGION', region);
}
