/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** The tokens that are taken. */
export interface AuthorizerSettings {
  /** The tokens' `iss`, and where the issuer's own description begins. */
  readonly issuer: string;
  /** The clients that a token may be for. */
  readonly audience: readonly string[];
}

/** Tells whether nobody on the way can read or change what the issuer says. */
function isPrivate(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

/**
 * Reads JWT_ISSUER, and JWT_AUDIENCE, whose entries have spaces between them.
 *
 * @throws {ConfigurationError} when one is missing, or the issuer's address is not https
 */
export function readSettings(): AuthorizerSettings {
  const issuer = process.env['JWT_ISSUER'] ?? '';
  if (!isPrivate(issuer))
    throw new ConfigurationError(
      `JWT_ISSUER is ${JSON.stringify(issuer)}: set it to the https address of the issuer whose tokens are taken`,
    );
  const audience = (process.env['JWT_AUDIENCE'] ?? '').split(' ').filter((each) => each !== '');
  if (audience.length === 0)
    throw new ConfigurationError(
      'JWT_AUDIENCE is not set: it names the clients that tokens may be for, with spaces between them',
    );
  return { issuer, audience };
}
