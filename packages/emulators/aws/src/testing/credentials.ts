import type { Credentials } from '../verify-header.ts';

/** The keys that clients of a test sign with. */
export const testCredentials: Credentials = {
  accessKeyId: 'LOCALTEST',
  secretAccessKey: 'secret-of-tests',
};
