/** The only file of this package that touches `process.env`: where the feature store is. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** The addresses of the feature store's database and cache. */
export interface FeaturesSettings {
  /** `postgres://user:password@host:port/database`; without a password an IAM token is one. */
  readonly databaseUrl: string;
  /** `redis://host:port`, `rediss://` for TLS; `?cluster=true` for the cluster protocol. */
  readonly cacheUrl: string;
}

/**
 * Reads FEATURES_DATABASE_URL and FEATURES_CACHE_URL. A deployment without a feature store sets neither.
 *
 * @throws ConfigurationError naming the variable, never its value, which may hold a password.
 */
export function readSettings(): FeaturesSettings | undefined {
  const isSet = (variable: string) => (process.env[variable] ?? '') !== '';
  if (!isSet('FEATURES_DATABASE_URL') && !isSet('FEATURES_CACHE_URL')) return undefined;
  return {
    databaseUrl: readUrl('FEATURES_DATABASE_URL', ['postgres:', 'postgresql:']),
    cacheUrl: readUrl('FEATURES_CACHE_URL', ['redis:', 'rediss:']),
  };
}

function readUrl(variable: string, protocols: readonly string[]): string {
  const text = process.env[variable] ?? '';
  if (!protocols.includes(URL.parse(text)?.protocol ?? '')) {
    throw new ConfigurationError(`${variable}: expected a URL that starts with ${protocols[0]}//`);
  }
  return text;
}

/** AWS_REGION, for the signature of IAM tokens. */
export function region(): string | undefined {
  return process.env['AWS_REGION'];
}
