import type { Targets } from './targets.ts';

/** Reads the keys of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
export function readCredentials(): Targets['credentials'] {
  return {
    accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}
