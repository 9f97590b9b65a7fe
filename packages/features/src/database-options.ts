import type { PoolConfig } from 'pg';
import { region } from './env.ts';
import { ConfigurationError } from './errors.ts';

/**
 * What `pg` needs to connect. `sslmode` of the URL is `disable` or `require`, which here always checks the certificate;
 * without it, TLS is off with a password and on with an IAM token, which RDS takes over TLS only.
 */
export function connectionOptions(databaseUrl: string): PoolConfig {
  const url = new URL(databaseUrl);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const port = Number(url.port || 5432);
  const sslMode = url.searchParams.get('sslmode');
  const secure = sslMode === null ? password === '' : sslMode !== 'disable';
  return {
    host: url.hostname,
    port,
    user,
    password: password === '' ? () => iamToken(url.hostname, port, user) : password,
    database: decodeURIComponent(url.pathname.slice(1)) || user,
    ssl: secure ? { rejectUnauthorized: true, servername: url.hostname } : false,
  };
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
